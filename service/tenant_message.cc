#include "service/tenant_message.h"

#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
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
constexpr size_t kMaxDisplayNameBytes = 1024;

}  // namespace

absl::StatusOr<std::string> DisplayNameOf(Store& store, TenantNumber tenant) {
  // Reading needs no epoch.
  const Documents documents(store, Owner{tenant});
  SEATWISE_ASSIGN_OR_RETURN(std::optional<std::string> name, documents.Get(kFolder, kDisplayName));
  return std::move(name).value_or("");
}

absl::Status SetDisplayName(Tenant& tenant, absl::string_view display_name) {
  return tenant.documents().Put(kFolder, {std::string(kDisplayName), std::string(display_name)});
}

v1::Tenant TenantMessage(const TenantEntry& entry, const TenantSettings& settings,
                         absl::string_view display_name) {
  v1::Tenant tenant;
  tenant.set_name(TenantName(entry.id.value()));
  tenant.set_tenant_id(entry.id.value());
  *tenant.mutable_settings() = ToBareProto(settings);
  tenant.set_display_name(std::string(display_name));
  *tenant.mutable_create_time() = ToTimestamp(entry.created_at);
  const std::string digest = Sha256Of(absl::StrCat(EtagOf(settings), "/", display_name));
  tenant.set_etag(absl::BytesToHexString(digest.substr(0, 16)));
  return tenant;
}

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

absl::StatusOr<TenantSettings> SettingsOf(const FactsSnapshot& facts) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> settings, facts.Find(TenantSettingsKey{}));
  return settings.has_value() ? std::get<TenantSettings>(*settings) : TenantSettings{};
}

}  // namespace seatwise
