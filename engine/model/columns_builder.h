// Makes Columns from facts that arrive in bulk and in any order within their kind. The order of the
// kinds is fixed, since later ones name earlier ones by number:
//
//   ColumnsBuilder builder(settings, catalog);
//   builder.SetUsers(ids, usage_locations, created_at, addresses, executor);
//   builder.SetGroups(ids);            // then users() and groups() can look ids up
//   builder.AddMemberships(...);       // as the rest, any number of times
//   builder.AddEdge(...);
//   builder.AddDirect(...);
//   builder.AddInherited(...);
//   ColumnsBuilder::Repeats repeats = builder.Finish(executor);
//   Columns columns = std::move(builder).Take();                  // only if there were no repeats
//
// References are numbers, so they cannot dangle; what can still be wrong is a key given twice, and
// Finish finds those. One thread at a time, but the tables may be read from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "base/executor.h"
#include "base/time.h"
#include "engine/model/address_clashes.h"
#include "engine/model/columns.h"

namespace seatwise {

// Users directly in groups, as parallel arrays.
struct MembershipBatch {
  // Rows of one group, which follow those of the run before, up to `end`.
  struct Run {
    GroupNo group = 0;
    uint32_t end = 0;
  };

  std::vector<UserNo> user;
  std::vector<GroupNo> group;  // Empty if there are runs, which say the same in fewer bytes.
  std::vector<Time> added_at;
  std::vector<Run> runs;
};

// An assignment together with its principal's number.
struct PendingAssignment {
  uint32_t principal = 0;
  AssignmentRow row;
};

class ColumnsBuilder {
 public:
  // The keys that were given more than once, each named once and ascending.
  struct Repeats {
    std::vector<std::pair<GroupNo, UserNo>> memberships;
    std::vector<std::pair<GroupNo, GroupNo>> edges;
    std::vector<std::pair<UserNo, SkuNo>> direct;
    std::vector<std::pair<GroupNo, SkuNo>> inherited;

    bool empty() const {
      return memberships.empty() && edges.empty() && direct.empty() && inherited.empty();
    }
  };

  ColumnsBuilder(const TenantSettings& settings, Catalog catalog);

  // Parallel arrays by user, in any order. Answers the positions of ids that had been given before:
  // with any of those, the builder is good for looking ids up, but Finish must not be called.
  std::vector<uint32_t> SetUsers(StringColumn ids, const std::vector<Location>& locations,
                                 const std::vector<Time>& created_at,
                                 const AddressColumn& addresses, Executor& executor);
  // The same, where ids (IdTable::Build) and addresses (SharedAddresses) were looked through
  // before, on any threads.
  std::vector<uint32_t> SetUsers(IdTable::Built ids, const std::vector<Location>& locations,
                                 const std::vector<Time>& created_at,
                                 const AddressColumn& addresses, absl::Span<const uint32_t> shared);
  // The same for groups, which have ids alone.
  std::vector<uint32_t> SetGroups(StringColumn ids);

  const Catalog& catalog() const { return columns_.catalog; }
  const IdTable& users() const { return columns_.users; }
  const IdTable& groups() const { return columns_.groups; }

  void AddMemberships(MembershipBatch batch) { batches_.push_back(std::move(batch)); }
  void AddEdge(const GroupEdge& edge) { columns_.edges.push_back(edge); }
  // `disabled_plans` are bits over the catalog's plans.
  void AddDirect(UserNo user, SkuNo sku, PlanBits disabled_plans, int32_t priority,
                 Time assigned_at);
  void AddInherited(GroupNo group, SkuNo sku, PlanBits disabled_plans, int32_t priority,
                    Time assigned_at);

  // Puts everything in order. Called once.
  Repeats Finish(Executor& executor);
  Columns Take() && { return std::move(columns_); }

 private:
  AssignmentRow MakeRow(SkuNo sku, PlanBits disabled_plans, int32_t priority, Time assigned_at);
  void GatherMemberships(Executor& executor);
  void SortMemberships(Executor& executor, Repeats& repeats);
  void SortEdges(Repeats& repeats);

  Columns columns_;
  std::vector<MembershipBatch> batches_;
  std::vector<PendingAssignment> direct_;
  std::vector<PendingAssignment> inherited_;
  std::vector<uint64_t> scratch_;  // A plan set.
  uint32_t no_plans_ = 0;          // The empty set in columns_.plan_sets.
};

}  // namespace seatwise
