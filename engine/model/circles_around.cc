#include "engine/model/circles_around.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "base/status_macros.h"
#include "engine/model/catalog.h"
#include "engine/model/cycles.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/reference.h"
#include "engine/model/requirement_circles.h"

namespace seatwise {
namespace {

// Gathers a small catalog: plans, all requirements of these, and SKUs cut down to these. Whether
// one of the plans can come first depends on nothing else.
class CatalogAround {
 public:
  explicit CatalogAround(BoundedReader& reader) : reader_(reader) {}

  absl::StatusOr<Facts> Gather(const absl::btree_set<PlanId>& plans) && {
    for (const PlanId& plan : plans) SEATWISE_RETURN_IF_ERROR(Add(plan));
    // The list grows as requirements lead on.
    for (size_t i = 0; i < facts_.requirements.size(); ++i) {
      const PlanIdSet any_of = facts_.requirements[i].any_of;
      for (const PlanId& plan : any_of) SEATWISE_RETURN_IF_ERROR(Add(plan));
    }
    for (auto& [id, sku_plans] : skus_) {
      facts_.skus.push_back({.id = id, .plans = std::move(sku_plans)});
    }
    return std::move(facts_);
  }

 private:
  absl::Status Add(const PlanId& id) {
    if (!seen_.insert(id).second) return absl::OkStatus();
    SEATWISE_ASSIGN_OR_RETURN(const auto plan, reader_.Find<ServicePlan>(id));
    if (!plan) return absl::OkStatus();  // Exhausted.
    facts_.plans.push_back({.id = id, .applies_to = plan->applies_to});
    SEATWISE_RETURN_IF_ERROR(reader_.ForEach(id, Link::kRequirementPlan, [&](const FactKey& key) {
      facts_.requirements.push_back(std::get<PlanRequirement>(key));
      return true;
    }));
    return reader_.ForEach(id, Link::kSkuPlan, [&](const FactKey& key) {
      skus_[std::get<SkuId>(key)].insert(id);
      return true;
    });
  }

  BoundedReader& reader_;
  absl::btree_set<PlanId> seen_;
  absl::btree_map<SkuId, PlanIdSet> skus_;
  Facts facts_;
};

// By group: the groups directly in it.
using GroupGraph = absl::btree_map<GroupId, absl::btree_set<GroupId>>;

// `outer` and all groups that contain one of them, with the edges between these. A cycle through a
// membership consists of groups that contain its outer group.
absl::StatusOr<GroupGraph> GraphAround(const absl::btree_set<GroupId>& outer,
                                       BoundedReader& reader) {
  GroupGraph graph;
  std::vector<GroupId> pending(outer.begin(), outer.end());
  for (const GroupId& group : outer) graph.try_emplace(group);
  while (!pending.empty()) {
    const GroupId inner = std::move(pending.back());
    pending.pop_back();
    SEATWISE_RETURN_IF_ERROR(
        reader.ForEach(inner, Link::kMembershipMember, [&](const FactKey& key) {
          const GroupId& container = std::get<MembershipKey>(key).group;
          const auto [it, is_new] = graph.try_emplace(container);
          it->second.insert(inner);
          if (is_new) pending.push_back(container);
          return true;
        }));
  }
  return graph;
}

std::vector<std::vector<GroupId>> CyclesOf(const GroupGraph& graph) {
  std::vector<GroupId> groups;
  absl::btree_map<GroupId, uint32_t> numbers;
  for (const auto& [group, inner] : graph) {
    numbers.emplace(group, static_cast<uint32_t>(groups.size()));
    groups.push_back(group);
  }
  std::vector<uint32_t> first = {0};
  std::vector<uint32_t> targets;
  for (const auto& [group, inner] : graph) {
    for (const GroupId& child : inner) targets.push_back(numbers.at(child));
    first.push_back(static_cast<uint32_t>(targets.size()));
  }
  std::vector<std::vector<GroupId>> cycles;
  for (const std::vector<uint32_t>& cycle : FindCycles(first, targets)) {
    cycles.emplace_back();
    for (uint32_t number : cycle) cycles.back().push_back(groups[number]);
  }
  return cycles;
}

}  // namespace

absl::StatusOr<std::vector<std::vector<PlanId>>> RequirementCirclesAround(
    const absl::btree_set<PlanId>& plans, BoundedReader& reader) {
  SEATWISE_ASSIGN_OR_RETURN(const Facts facts, CatalogAround(reader).Gather(plans));
  std::vector<std::vector<PlanId>> circles;
  if (reader.exhausted()) return circles;  // Something may be missing in `facts`.
  const Catalog catalog = Catalog::Build(facts);
  for (const std::vector<PlanNo>& circle : RequirementCircles(catalog)) {
    circles.emplace_back();
    for (PlanNo plan : circle) circles.back().push_back(catalog.plan(plan).id);
  }
  return circles;
}

absl::StatusOr<std::vector<std::vector<GroupId>>> GroupCyclesAround(
    const absl::btree_set<GroupId>& outer, BoundedReader& reader) {
  SEATWISE_ASSIGN_OR_RETURN(const GroupGraph graph, GraphAround(outer, reader));
  if (reader.exhausted()) return std::vector<std::vector<GroupId>>();
  return CyclesOf(graph);
}

}  // namespace seatwise
