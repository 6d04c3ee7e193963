// How long a plan takes that swaps a SKU for another one in a group, and what readers notice of it:
// PlanChanges without rows, as `seatwise plan` asks, of the licensed group of nearly 10,000 members
// and of the largest. The new SKU has the plans of the old one, and seats for all, or for half.
//
//   plan_rpc_bench SERVER TENANT     on loopback; plan.sh starts all that is needed
#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/rpc/meanwhile.h"
#include "bench/rpc/queries.h"
#include "seatwise/v1/assignment_service.grpc.pb.h"
#include "seatwise/v1/change_service.grpc.pb.h"
#include "seatwise/v1/report_service.grpc.pb.h"
#include "seatwise/v1/sku_service.grpc.pb.h"

namespace seatwise::bench {
namespace {

constexpr int kRounds = 5;
constexpr int64_t kSomeMembers = 10'000;

void Check(const char* what, const grpc::Status& status) {
  if (status.ok()) return;
  std::cerr << what << ": " << status.error_message() << "\n";
  std::exit(1);
}

struct LicensedGroup {
  std::string id;
  int64_t members = 0;
};

// One server and one tenant; programs end if a call fails.
class Planner {
 public:
  Planner(const std::string& server, std::string tenant)
      : tenant_(std::move(tenant)),
        assignments_(v1::AssignmentService::NewStub(Connect(server))),
        changes_(v1::ChangeService::NewStub(Connect(server))),
        reports_(v1::ReportService::NewStub(Connect(server))),
        skus_(v1::SkuService::NewStub(Connect(server))) {}

  // All groups by which anybody holds a SKU.
  std::vector<LicensedGroup> Groups() const {
    v1::ListCostsRequest request;
    request.set_parent(tenant_);
    request.set_by(v1::COST_BY_GROUP);
    request.set_page_size(1000);
    std::vector<LicensedGroup> groups;
    for (;;) {
      grpc::ClientContext context;
      v1::ListCostsResponse page;
      Check("ListCosts", reports_->ListCosts(&context, request, &page));
      for (const v1::CostRow& row : page.rows()) {
        // Without a group: what is held directly.
        if (!row.has_group_id()) continue;
        groups.push_back({row.group_id(), MembersOf(row.group_id())});
      }
      if (page.next_page_token().empty()) return groups;
      request.set_page_token(page.next_page_token());
    }
  }

  // What the swap would be: the first SKU of the group for `sku`, which is made with its plans and
  // so many seats.
  v1::PlanChangesRequest SwapFor(const LicensedGroup& group, const std::string& sku,
                                 int64_t units) const {
    const std::string parent = absl::StrCat(tenant_, "/groups/", group.id);
    const v1::Assignment old = FirstAssignmentOf(parent);
    Create(sku, old.sku_id(), units);
    v1::PlanChangesRequest plan;
    plan.set_parent(tenant_);
    plan.add_changes()->mutable_delete_()->set_name(old.name());
    v1::Assignment& made = *plan.add_changes()->mutable_put()->mutable_assignment();
    made.set_group_id(group.id);
    made.set_sku_id(sku);
    return plan;
  }

  // Users whose licenses would differ; nothing if the call failed, which is said.
  std::optional<int64_t> Plan(const v1::PlanChangesRequest& request) const {
    grpc::ClientContext context;
    const auto reader = changes_->PlanChanges(&context, request);
    v1::PlanChangesResponse message;
    int64_t users = 0;
    while (reader->Read(&message)) users += message.plan().impact().users_affected();
    const grpc::Status status = reader->Finish();
    if (status.ok()) return users;
    std::cerr << "PlanChanges: " << status.error_message() << "\n";
    return std::nullopt;
  }

 private:
  int64_t MembersOf(const std::string& group) const {
    grpc::ClientContext context;
    v1::GetGroupStatusRequest request;
    request.set_name(absl::StrCat(tenant_, "/groups/", group));
    v1::GetGroupStatusResponse response;
    Check("GetGroupStatus", reports_->GetGroupStatus(&context, request, &response));
    return response.members();
  }

  v1::Assignment FirstAssignmentOf(const std::string& parent) const {
    grpc::ClientContext context;
    v1::ListAssignmentsRequest request;
    request.set_parent(parent);
    v1::ListAssignmentsResponse response;
    Check("ListAssignments", assignments_->ListAssignments(&context, request, &response));
    return response.assignments(0);
  }

  // A SKU with the plans of another one.
  void Create(const std::string& sku, const std::string& like, int64_t units) const {
    grpc::ClientContext get;
    v1::GetSkuRequest asked;
    asked.set_name(absl::StrCat(tenant_, "/skus/", like));
    v1::GetSkuResponse found;
    Check("GetSku", skus_->GetSku(&get, asked, &found));
    v1::ApplyChangesRequest request;
    request.set_parent(tenant_);
    v1::Sku& made = *request.add_changes()->mutable_put()->mutable_sku();
    made.set_sku_id(sku);
    *made.mutable_service_plan_ids() = found.sku().service_plan_ids();
    v1::Subscription& bought = *request.add_changes()->mutable_put()->mutable_subscription();
    bought.set_subscription_id(absl::StrCat(sku, "-units"));
    bought.set_sku_id(sku);
    bought.set_units(units);
    bought.set_status(v1::Subscription::ENABLED);
    grpc::ClientContext context;
    v1::ApplyChangesResponse response;
    Check("ApplyChanges", changes_->ApplyChanges(&context, request, &response));
  }

  const std::string tenant_;
  const std::unique_ptr<v1::AssignmentService::Stub> assignments_;
  const std::unique_ptr<v1::ChangeService::Stub> changes_;
  const std::unique_ptr<v1::ReportService::Stub> reports_;
  const std::unique_ptr<v1::SkuService::Stub> skus_;
};

// Whose members are nearest to so many.
LicensedGroup Nearest(const std::vector<LicensedGroup>& groups, int64_t members) {
  LicensedGroup best = groups.front();
  for (const LicensedGroup& group : groups) {
    if (std::abs(group.members - members) < std::abs(best.members - members)) best = group;
  }
  return best;
}

int Run(const std::string& server, const std::string& tenant) {
  const auto readers = Connect(server);
  const std::vector<std::string> ids = UserIds(readers, tenant);
  if (ids.empty()) return 1;
  const std::vector<std::string> requests = GetRequests(tenant, ids);
  const Planner planner(server, tenant);
  const std::vector<LicensedGroup> groups = planner.Groups();
  if (groups.empty()) return 1;
  PrintMeasuredHead(kRounds);
  std::vector<Measured> quiet;
  for (int round = 0; round < kRounds; ++round) quiet.push_back(DuringNothing(readers, requests));
  PrintMeasured("nothing", quiet);
  for (const int64_t members : {kSomeMembers, INT64_MAX / 2}) {
    const LicensedGroup group = Nearest(groups, members);
    for (const int64_t units : {group.members, group.members / 2}) {
      const std::string sku = absl::StrCat("bench-", group.members, "-", units);
      const v1::PlanChangesRequest swap = planner.SwapFor(group, sku, units);
      std::optional<int64_t> users;
      std::vector<Measured> rounds;
      for (int round = 0; round < kRounds; ++round) {
        rounds.push_back(During(readers, requests, [&] {
          users = planner.Plan(swap);
          return users.has_value();
        }));
      }
      PrintMeasured(absl::StrCat(group.members, " members, ", units, " seats"), rounds);
      std::cout << "  users who differ: " << *users << std::endl;
    }
  }
  return 0;
}

}  // namespace
}  // namespace seatwise::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: plan_rpc_bench SERVER TENANT\n";
    return 2;
  }
  return seatwise::bench::Run(argv[1], absl::StrCat("tenants/", argv[2]));
}
