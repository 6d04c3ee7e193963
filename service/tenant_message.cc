#include "service/tenant_message.h"

#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "engine/model/fact_key.h"
#include "engine/model/spelling.h"
#include "service/errors.h"
#include "service/facts_to_proto.h"
#include "service/names.h"
#include "service/timestamps.h"
#include "storage/documents.h"

namespace seatwise {
namespace {

constexpr absl::string_view kFolder = "tenant";
constexpr absl::string_view kDisplayName = "display_name";
constexpr absl::string_view kRemovalLimit = "max_removed_percent";
constexpr size_t kMaxDisplayNameBytes = 1024;

absl::Status CheckDisplayName(absl::string_view display_name) {
  if (display_name.size() > kMaxDisplayNameBytes) {
    return FieldError(
        v1::MALFORMED, "tenant.display_name",
        absl::StrCat("has ", display_name.size(), " bytes; at most ", kMaxDisplayNameBytes));
  }
  const std::string problem = CheckText(display_name);
  if (problem.empty()) return absl::OkStatus();
  return FieldError(v1::MALFORMED, "tenant.display_name", problem);
}

}  // namespace

// Reading needs no epoch.
absl::StatusOr<TenantNotes> NotesOf(Store& store, TenantNumber tenant) {
  const Documents documents(store, Owner{tenant});
  SEATWISE_ASSIGN_OR_RETURN(std::optional<std::string> name, documents.Get(kFolder, kDisplayName));
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<std::string> limit,
                            documents.Get(kFolder, kRemovalLimit));
  TenantNotes notes = {.display_name = std::move(name).value_or("")};
  int32_t percent = 0;
  if (limit.has_value()) {
    if (!absl::SimpleAtoi(*limit, &percent)) {
      return absl::DataLossError("the limit of the removal guard cannot be read; set it again");
    }
    notes.max_removed_percent = percent;
  }
  return notes;
}

absl::Status SetNotes(Tenant& tenant, const TenantNotes& notes) {
  SEATWISE_ASSIGN_OR_RETURN(const TenantNotes old,
                            NotesOf(tenant.environment().store, tenant.entry().number));
  Documents documents = tenant.documents();
  if (notes.display_name != old.display_name) {
    SEATWISE_RETURN_IF_ERROR(
        documents.Put(kFolder, {std::string(kDisplayName), notes.display_name}));
  }
  if (notes.max_removed_percent == old.max_removed_percent) return absl::OkStatus();
  if (!notes.max_removed_percent.has_value()) return documents.Delete(kFolder, kRemovalLimit);
  return documents.Put(kFolder,
                       {std::string(kRemovalLimit), absl::StrCat(*notes.max_removed_percent)});
}

v1::Tenant TenantMessage(const TenantEntry& entry, const TenantSettings& settings,
                         const TenantNotes& notes) {
  v1::Tenant tenant;
  tenant.set_name(TenantName(entry.id.value()));
  tenant.set_tenant_id(entry.id.value());
  *tenant.mutable_settings() = ToBareProto(settings);
  tenant.set_display_name(notes.display_name);
  if (notes.max_removed_percent) tenant.set_max_removed_percent(*notes.max_removed_percent);
  *tenant.mutable_create_time() = ToTimestamp(entry.created_at);
  std::string all = absl::StrCat(EtagOf(settings), "/", notes.display_name);
  if (notes.max_removed_percent) absl::StrAppend(&all, "/", *notes.max_removed_percent);
  tenant.set_etag(absl::BytesToHexString(Sha256Of(all).substr(0, 16)));
  return tenant;
}

absl::StatusOr<TenantNotes> NotesFrom(const v1::Tenant& tenant) {
  SEATWISE_RETURN_IF_ERROR(CheckDisplayName(tenant.display_name()));
  TenantNotes notes = {.display_name = tenant.display_name()};
  if (!tenant.has_max_removed_percent()) return notes;
  const int32_t percent = tenant.max_removed_percent();
  if (percent < 0 || percent > 100) {
    return FieldError(v1::OUT_OF_RANGE, "tenant.max_removed_percent",
                      absl::StrCat("is ", percent, "; give 0 to 100"));
  }
  notes.max_removed_percent = percent;
  return notes;
}

absl::StatusOr<std::optional<int32_t>> RemovalLimitIn(const Tenant& tenant,
                                                      std::optional<int32_t> asked) {
  if (asked.has_value()) return asked;
  SEATWISE_ASSIGN_OR_RETURN(const TenantNotes notes,
                            NotesOf(tenant.environment().store, tenant.entry().number));
  return notes.max_removed_percent;
}

absl::StatusOr<TenantSettings> SettingsOf(const FactsSnapshot& facts) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> settings, facts.Find(TenantSettingsKey{}));
  return settings.has_value() ? std::get<TenantSettings>(*settings) : TenantSettings{};
}

}  // namespace seatwise
