#include "service/user_licensing_service.h"

#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "seatwise/v1/user_licensing_service.grpc.pb.h"
#include "service/call_context.h"
#include "service/errors.h"
#include "service/facts_from_proto.h"
#include "service/grpc_status.h"
#include "service/names.h"
#include "service/write_call.h"

namespace seatwise {
namespace {

constexpr int kMostUsers = 1000;
constexpr int64_t kMostAssignments = 10'000;
constexpr size_t kPageOfAssignments = 1000;

using Licenses = google::protobuf::RepeatedPtrField<v1::UserLicense>;

// What a bulk edit asks for.
struct BulkEdit {
  std::string tenant;
  std::vector<std::string> users;  // Each once, in the order given.
  Licenses licenses;
  bool replace = false;  // Other SKUs go.
  Time now;
};

template <typename Request>
absl::StatusOr<BulkEdit> EditOf(const Request& request, const Licenses& licenses, bool replace,
                                const Clock& clock) {
  SEATWISE_ASSIGN_OR_RETURN(std::string tenant, ParseTenantName(request.parent(), "parent"));
  const int users = request.user_ids_size();
  if (users < 1 || users > kMostUsers) {
    return FieldError(v1::OUT_OF_RANGE, "user_ids",
                      absl::StrCat("has ", users, " ids; give 1 to ", kMostUsers));
  }
  if (int64_t{users} * licenses.size() > kMostAssignments) {
    return FieldError(v1::OUT_OF_RANGE, "licenses",
                      absl::StrCat("are ", int64_t{users} * licenses.size(),
                                   " assignments in all; at most ", kMostAssignments));
  }
  BulkEdit edit{.tenant = std::move(tenant), .replace = replace, .now = clock.Now()};
  absl::btree_set<std::string> seen;
  for (const std::string& user : request.user_ids()) {
    if (seen.insert(user).second) edit.users.push_back(user);
  }
  seen.clear();
  for (int i = 0; i < licenses.size(); ++i) {
    if (seen.insert(licenses[i].sku_id()).second) continue;
    return FieldError(v1::REPEATED_KEY, absl::StrCat("licenses[", i, "].sku_id"),
                      "names a SKU that an earlier one names");
  }
  edit.licenses = licenses;
  return edit;
}

// One license for one user, as a fact.
InputFact AssignmentOf(const BulkEdit& edit, const std::string& user, int license,
                       FieldErrors& errors) {
  const v1::UserLicense& wanted = edit.licenses[license];
  v1::Assignment message;
  message.set_user_id(user);
  message.set_sku_id(wanted.sku_id());
  *message.mutable_disabled_plan_ids() = wanted.disabled_plan_ids();
  message.set_priority(wanted.priority());
  const std::string path = absl::StrCat("licenses[", license, "]");
  return FactOf(message,
                {.tenant = edit.tenant, .path = path, .within = {}, .absent_time = edit.now},
                errors);
}

// What a user is assigned directly.
absl::StatusOr<absl::btree_map<SkuId, Assignment>> DirectOf(const FactsSnapshot& facts,
                                                            const std::string& user) {
  absl::btree_map<SkuId, Assignment> direct;
  std::string cursor;
  do {
    SEATWISE_ASSIGN_OR_RETURN(FactPage page,
                              facts.ListAssignmentsOf(UserId(user), cursor, kPageOfAssignments));
    for (Fact& fact : page.facts) {
      auto& assignment = std::get<Assignment>(fact);
      direct.emplace(assignment.sku, std::move(assignment));
    }
    cursor = std::move(page.next);
  } while (!cursor.empty());
  return direct;
}

// What has to change for one user; what is as wanted is left alone.
absl::Status AddChanges(const BulkEdit& edit, const FactsSnapshot& facts, const std::string& user,
                        std::vector<InputChange>& changes) {
  SEATWISE_ASSIGN_OR_RETURN(auto direct, DirectOf(facts, user));
  FieldErrors errors;
  for (int i = 0; i < edit.licenses.size(); ++i) {
    InputFact wanted = AssignmentOf(edit, user, i, errors);
    SEATWISE_RETURN_IF_ERROR(errors.ToStatus());
    const auto stored = direct.find(SkuId(edit.licenses[i].sku_id()));
    if (stored != direct.end()) {
      KeepTime(stored->second, wanted);
      const bool same = wanted.fact == Fact(stored->second);
      direct.erase(stored);
      if (same) continue;
    }
    FactKey key = KeyOf(wanted.fact);
    changes.push_back({.key = std::move(key),
                       .change = std::move(wanted),
                       .precondition = {},
                       .path = absl::StrCat("licenses[", i, "]")});
  }
  if (!edit.replace) return absl::OkStatus();
  for (const auto& [sku, assignment] : direct) {
    const FactKey key = AssignmentKey{UserId(user), sku};
    changes.push_back(
        {.key = key, .change = Delete{.key = key}, .precondition = {}, .path = "user_ids"});
  }
  return absl::OkStatus();
}

absl::Status CheckUsers(const BulkEdit& edit, const FactsSnapshot& facts) {
  FieldErrors errors;
  for (const std::string& user : edit.users) {
    SEATWISE_ASSIGN_OR_RETURN(const bool exists, facts.Contains(UserId(user)));
    if (exists) continue;
    errors.Add(v1::MISSING_REFERENCE, "user_ids",
               absl::StrCat("names ", NameOf(edit.tenant, FactKey(UserId(user))),
                            ", which does not exist"));
  }
  return errors.ToStatus();
}

template <typename Request, typename Response>
absl::Status RunEdit(TenantRegistry& registry, const std::string& actor, const Request& request,
                     const Licenses& licenses, bool replace, Response& response) {
  SEATWISE_ASSIGN_OR_RETURN(const BulkEdit edit,
                            EditOf(request, licenses, replace, registry.environment().clock));
  int32_t puts = 0;
  int32_t deletes = 0;
  WriteCall call{.actor = actor, .method = MethodOf(request), .tenant = edit.tenant};
  call.want = [&](const FactsSnapshot& facts) -> absl::StatusOr<WriteIntent> {
    SEATWISE_RETURN_IF_ERROR(CheckUsers(edit, facts));
    WriteIntent intent;
    for (const std::string& user : edit.users) {
      SEATWISE_RETURN_IF_ERROR(AddChanges(edit, facts, user, intent.changes));
    }
    for (const InputChange& change : intent.changes) {
      ++(std::holds_alternative<Delete>(change.change) ? deletes : puts);
    }
    return intent;
  };
  call.answer = [&](const CommitResult& result, const std::optional<Fact>&,
                    google::protobuf::Message& message) {
    auto& answer = static_cast<Response&>(message);
    FillResult(edit.tenant, result, *answer.mutable_result());
    answer.set_assignments_put(puts);
    answer.set_assignments_deleted(deletes);
  };
  return RunWrite(registry, request, std::move(call), response);
}

class UserLicensingService final : public v1::UserLicensingService::Service {
 public:
  explicit UserLicensingService(TenantRegistry& registry) : registry_(registry) {}

  grpc::Status AddUserLicenses(grpc::ServerContext* context,
                               const v1::AddUserLicensesRequest* request,
                               v1::AddUserLicensesResponse* response) override {
    return ToGrpcStatus(
        ::seatwise::AddUserLicenses(registry_, CallerOf(*context), *request, *response));
  }
  grpc::Status ReplaceUserLicenses(grpc::ServerContext* context,
                                   const v1::ReplaceUserLicensesRequest* request,
                                   v1::ReplaceUserLicensesResponse* response) override {
    return ToGrpcStatus(
        ::seatwise::ReplaceUserLicenses(registry_, CallerOf(*context), *request, *response));
  }
  grpc::Status RemoveAllUserLicenses(grpc::ServerContext* context,
                                     const v1::RemoveAllUserLicensesRequest* request,
                                     v1::RemoveAllUserLicensesResponse* response) override {
    return ToGrpcStatus(
        ::seatwise::RemoveAllUserLicenses(registry_, CallerOf(*context), *request, *response));
  }

 private:
  TenantRegistry& registry_;
};

}  // namespace

absl::Status AddUserLicenses(TenantRegistry& registry, const std::string& actor,
                             const v1::AddUserLicensesRequest& request,
                             v1::AddUserLicensesResponse& response) {
  if (request.licenses().empty()) return FieldRequiredError("licenses");
  return RunEdit(registry, actor, request, request.licenses(), false, response);
}

absl::Status ReplaceUserLicenses(TenantRegistry& registry, const std::string& actor,
                                 const v1::ReplaceUserLicensesRequest& request,
                                 v1::ReplaceUserLicensesResponse& response) {
  return RunEdit(registry, actor, request, request.licenses(), true, response);
}

absl::Status RemoveAllUserLicenses(TenantRegistry& registry, const std::string& actor,
                                   const v1::RemoveAllUserLicensesRequest& request,
                                   v1::RemoveAllUserLicensesResponse& response) {
  return RunEdit(registry, actor, request, Licenses(), true, response);
}

OwnedService MakeUserLicensingService(TenantRegistry& registry) {
  return {std::make_unique<UserLicensingService>(registry),
          v1::UserLicensingService::service_full_name()};
}

}  // namespace seatwise
