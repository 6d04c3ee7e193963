#include "service/tenant_calls.h"

#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/incremental/live_state.h"
#include "engine/model/fact_form.h"
#include "service/errors.h"
#include "service/facts_from_proto.h"
#include "service/names.h"
#include "service/request_id.h"
#include "service/tenant_message.h"
#include "service/tenant_reads.h"
#include "service/timestamps.h"
#include "service/update_mask.h"
#include "service/validation_status.h"
#include "service/write_call.h"

namespace seatwise {
namespace {

// The id of a tenant to be created, by its id or name.
absl::StatusOr<std::string> IdOfNew(const v1::Tenant& tenant) {
  std::string id = tenant.tenant_id();
  if (!tenant.name().empty()) {
    SEATWISE_ASSIGN_OR_RETURN(const std::string named,
                              ParseTenantName(tenant.name(), "tenant.name"));
    if (!id.empty() && id != named) {
      return FieldError(v1::CONTRADICTION, "tenant.tenant_id", "is not the one in tenant.name");
    }
    id = named;
  }
  if (id.empty()) return FieldRequiredError("tenant.tenant_id");
  // Whatever can be spelled as a name can be parsed back.
  SEATWISE_RETURN_IF_ERROR(ParseTenantName(TenantName(id), "tenant.tenant_id").status());
  return id;
}

absl::StatusOr<InputFact> SettingsFact(const v1::Tenant& tenant, absl::string_view id, Time now) {
  FieldErrors errors;
  InputFact fact =
      FactOf(tenant.settings(),
             {.tenant = id, .path = "tenant", .within = "settings", .absent_time = now}, errors);
  SEATWISE_RETURN_IF_ERROR(errors.ToStatus());
  return fact;
}

InputChange PutSettings(InputFact fact) {
  return {.key = TenantSettingsKey{},
          .change = std::move(fact),
          .precondition = {},
          .path = "tenant.settings"};
}

// What the door would say: a tenant must not come into being with settings that it refuses.
absl::Status CheckSettings(const Fact& settings) {
  FieldErrors errors;
  for (const FormFlaw& flaw : CheckForm(settings)) {
    errors.Add(ToReason(flaw.reason), absl::StrCat("tenant.settings.", flaw.field), flaw.problem);
  }
  return errors.ToStatus();
}

// Whether a tenant holds anything but settings.
absl::StatusOr<bool> HoldsFacts(const FactsSnapshot& facts) {
  for (size_t kind = 0; kind < kFactKinds; ++kind) {
    if (static_cast<FactKind>(kind) == FactKind::kTenantSettings) continue;
    SEATWISE_ASSIGN_OR_RETURN(const size_t count, facts.Count(static_cast<FactKind>(kind)));
    if (count > 0) return true;
  }
  return false;
}

}  // namespace

absl::Status TenantCalls::Get(Deadline deadline, const v1::GetTenantRequest& request,
                              v1::GetTenantResponse& response) const {
  SEATWISE_ASSIGN_OR_RETURN(const std::string id, ParseTenantName(request.name(), "name"));
  SEATWISE_ASSIGN_OR_RETURN(const TenantStatePtr state,
                            ReadTenant(registry_, id, request.min_revision(), deadline));
  SEATWISE_ASSIGN_OR_RETURN(const std::shared_ptr<Tenant> tenant, registry_.Get(id));
  SEATWISE_ASSIGN_OR_RETURN(const TenantSettings settings, SettingsOf(*state->facts));
  SEATWISE_ASSIGN_OR_RETURN(const TenantNotes notes,
                            NotesOf(registry_.environment().store, tenant->entry().number));
  *response.mutable_tenant() = TenantMessage(tenant->entry(), settings, notes);
  response.set_revision(static_cast<int64_t>(state->revision));
  return absl::OkStatus();
}

absl::Status TenantCalls::List(const v1::ListTenantsRequest& request,
                               v1::ListTenantsResponse& response) const {
  SEATWISE_ASSIGN_OR_RETURN(const PagePosition position, tokens_.Open(MethodOf(request), request));
  SEATWISE_ASSIGN_OR_RETURN(const size_t limit, PageSizeOf(request.page_size()));
  SEATWISE_ASSIGN_OR_RETURN(const std::vector<TenantEntry> entries,
                            registry_.directory().List(TenantId(position.place), limit + 1));
  for (const TenantEntry& entry : entries) {
    if (static_cast<size_t>(response.tenants_size()) == limit) {
      const std::string& last = response.tenants().rbegin()->tenant_id();
      response.set_next_page_token(tokens_.Make(MethodOf(request), request, {0, last}));
      break;
    }
    SEATWISE_RETURN_IF_ERROR(AddListed(entry, response));
  }
  return absl::OkStatus();
}

// Without loading the tenant: a list must not push out those that are in use.
absl::Status TenantCalls::AddListed(const TenantEntry& entry,
                                    v1::ListTenantsResponse& response) const {
  Store& store = registry_.environment().store;
  SEATWISE_ASSIGN_OR_RETURN(const auto facts,
                            FactsSnapshot::Open(store.TakeSnapshot(), entry.number));
  SEATWISE_ASSIGN_OR_RETURN(const TenantSettings settings, SettingsOf(*facts));
  SEATWISE_ASSIGN_OR_RETURN(const TenantNotes notes, NotesOf(store, entry.number));
  *response.add_tenants() = TenantMessage(entry, settings, notes);
  return absl::OkStatus();
}

absl::Status TenantCalls::GetStatus(Deadline deadline, const v1::GetTenantStatusRequest& request,
                                    v1::GetTenantStatusResponse& response) const {
  SEATWISE_ASSIGN_OR_RETURN(const std::string id, ParseTenantName(request.name(), "name"));
  SEATWISE_ASSIGN_OR_RETURN(const TenantStatePtr state,
                            ReadTenant(registry_, id, request.min_revision(), deadline));
  response.set_revision(static_cast<int64_t>(state->revision));
  if (state->revision > 0) *response.mutable_commit_time() = ToTimestamp(state->committed_at);
  using Setter = void (v1::GetTenantStatusResponse::*)(int64_t);
  using Response = v1::GetTenantStatusResponse;
  constexpr std::pair<FactKind, Setter> kCounts[] = {
      {FactKind::kServicePlan, &Response::set_service_plans},
      {FactKind::kPlanConflict, &Response::set_plan_conflicts},
      {FactKind::kPlanRequirement, &Response::set_plan_requirements},
      {FactKind::kPlanProhibition, &Response::set_plan_prohibitions},
      {FactKind::kSku, &Response::set_skus},
      {FactKind::kSubscription, &Response::set_subscriptions},
      {FactKind::kUser, &Response::set_users},
      {FactKind::kGroup, &Response::set_groups},
      {FactKind::kMembership, &Response::set_memberships},
      {FactKind::kAssignment, &Response::set_assignments},
      {FactKind::kObserved, &Response::set_observed_licenses},
  };
  for (const auto& [kind, set] : kCounts) {
    SEATWISE_ASSIGN_OR_RETURN(const size_t count, state->facts->Count(kind));
    (response.*set)(static_cast<int64_t>(count));
  }
  const ClaimCounts claims = state->live->Counts();
  response.set_claims_granted(claims.granted);
  response.set_claims_rejected(claims.rejected);
  response.set_users_with_claims(claims.users_with_claims);
  response.set_users_with_errors(claims.users_with_errors);
  return absl::OkStatus();
}

absl::Status TenantCalls::Create(const std::string& actor, const v1::CreateTenantRequest& request,
                                 v1::CreateTenantResponse& response) const {
  if (!request.has_tenant()) return FieldRequiredError("tenant");
  SEATWISE_ASSIGN_OR_RETURN(const std::string id, IdOfNew(request.tenant()));
  SEATWISE_ASSIGN_OR_RETURN(const TenantNotes notes, NotesFrom(request.tenant()));
  SEATWISE_RETURN_IF_ERROR(RequestKeyOf(request).status());
  const Time now = registry_.environment().clock.Now();
  SEATWISE_ASSIGN_OR_RETURN(const InputFact settings, SettingsFact(request.tenant(), id, now));
  SEATWISE_RETURN_IF_ERROR(CheckSettings(settings.fact));

  absl::StatusOr<TenantEntry> entry = registry_.directory().Find(TenantId(id));
  if (absl::IsNotFound(entry.status())) {
    if (request.validate_only()) {
      *response.mutable_tenant() = TenantMessage({.id = TenantId(id), .created_at = now},
                                                 std::get<TenantSettings>(settings.fact), notes);
      response.mutable_result();
      return absl::OkStatus();
    }
    entry = registry_.directory().Create(TenantId(id), now);
    // Somebody else was quicker.
    if (absl::IsAlreadyExists(entry.status())) entry = registry_.directory().Find(TenantId(id));
  }
  SEATWISE_RETURN_IF_ERROR(entry.status());

  WriteCall call{.actor = actor, .method = MethodOf(request), .tenant = id};
  call.want = [&](const FactsSnapshot& facts) -> absl::StatusOr<WriteIntent> {
    if (facts.revision() > 0) return AlreadyExistsError(TenantName(id));
    if (notes != TenantNotes() && !request.validate_only()) {
      SEATWISE_ASSIGN_OR_RETURN(const std::shared_ptr<Tenant> tenant, registry_.Get(id));
      SEATWISE_RETURN_IF_ERROR(SetNotes(*tenant, notes));
    }
    return WriteIntent{.changes = {PutSettings(settings)}, .shown = settings.fact};
  };
  call.answer = [&](const CommitResult& result, const std::optional<Fact>&,
                    google::protobuf::Message& message) {
    auto& answer = static_cast<v1::CreateTenantResponse&>(message);
    *answer.mutable_tenant() =
        TenantMessage(*entry, std::get<TenantSettings>(settings.fact), notes);
    FillResult(id, result, *answer.mutable_result());
  };
  return RunWrite(registry_, request, std::move(call), response);
}

absl::Status TenantCalls::Update(const std::string& actor, const v1::UpdateTenantRequest& request,
                                 v1::UpdateTenantResponse& response) const {
  if (!request.has_tenant()) return FieldRequiredError("tenant");
  SEATWISE_ASSIGN_OR_RETURN(const std::string id,
                            ParseTenantName(request.tenant().name(), "tenant.name"));
  SEATWISE_RETURN_IF_ERROR(NotesFrom(request.tenant()).status());
  SEATWISE_ASSIGN_OR_RETURN(const std::shared_ptr<Tenant> tenant, registry_.Get(id));
  v1::Tenant merged;
  TenantNotes notes;
  WriteCall call{.actor = actor, .method = MethodOf(request), .tenant = id};
  call.shown_key = TenantSettingsKey{};
  call.want = [&](const FactsSnapshot& facts) -> absl::StatusOr<WriteIntent> {
    SEATWISE_ASSIGN_OR_RETURN(const TenantSettings settings, SettingsOf(facts));
    SEATWISE_ASSIGN_OR_RETURN(notes,
                              NotesOf(registry_.environment().store, tenant->entry().number));
    merged = TenantMessage(tenant->entry(), settings, notes);
    const std::string& etag = request.tenant().etag();
    if (!etag.empty() && etag != merged.etag()) {
      return EtagMismatchError(merged.name(), merged.etag());
    }
    SEATWISE_RETURN_IF_ERROR(ApplyUpdate(request.update_mask(), request.tenant(), merged));
    SEATWISE_ASSIGN_OR_RETURN(notes, NotesFrom(merged));
    SEATWISE_ASSIGN_OR_RETURN(InputFact fact, SettingsFact(merged, id, facts.commit_time()));
    WriteIntent intent{.changes = {}, .shown = fact.fact};
    if (fact.fact != Fact(settings)) intent.changes.push_back(PutSettings(std::move(fact)));
    return intent;
  };
  call.answer = [&](const CommitResult& result, const std::optional<Fact>& shown,
                    google::protobuf::Message& message) {
    auto& answer = static_cast<v1::UpdateTenantResponse&>(message);
    if (shown.has_value()) {
      *answer.mutable_tenant() =
          TenantMessage(tenant->entry(), std::get<TenantSettings>(*shown), notes);
    }
    FillResult(id, result, *answer.mutable_result());
  };
  SEATWISE_RETURN_IF_ERROR(RunWrite(registry_, request, std::move(call), response));
  // Empty if this is an old answer: what it did was done then.
  const bool done = merged.name().empty() || request.validate_only();
  return done ? absl::OkStatus() : SetNotes(*tenant, notes);
}

absl::Status TenantCalls::Delete(const v1::DeleteTenantRequest& request,
                                 v1::DeleteTenantResponse&) const {
  SEATWISE_ASSIGN_OR_RETURN(const std::string id, ParseTenantName(request.name(), "name"));
  SEATWISE_RETURN_IF_ERROR(RequestKeyOf(request).status());
  absl::StatusOr<std::shared_ptr<Tenant>> tenant = registry_.Get(id);
  if (absl::IsNotFound(tenant.status()) && request.allow_missing()) return absl::OkStatus();
  SEATWISE_RETURN_IF_ERROR(tenant.status());
  const TenantStatePtr state = (*tenant)->Published();
  if (!request.etag().empty()) {
    SEATWISE_ASSIGN_OR_RETURN(const TenantSettings settings, SettingsOf(*state->facts));
    SEATWISE_ASSIGN_OR_RETURN(const TenantNotes notes,
                              NotesOf(registry_.environment().store, (*tenant)->entry().number));
    const std::string present = TenantMessage((*tenant)->entry(), settings, notes).etag();
    if (request.etag() != present) return EtagMismatchError(request.name(), present);
  }
  SEATWISE_ASSIGN_OR_RETURN(const bool holds_facts, HoldsFacts(*state->facts));
  if (holds_facts && !request.cascade()) {
    return ErrorOf(v1::IN_USE, absl::StrCat(TenantName(id), " holds facts; set cascade"),
                   {{"name", TenantName(id)}});
  }
  if (request.validate_only()) return absl::OkStatus();
  SEATWISE_RETURN_IF_ERROR(registry_.directory().Delete(TenantId(id)));
  registry_.Forget(id);
  return absl::OkStatus();
}

}  // namespace seatwise
