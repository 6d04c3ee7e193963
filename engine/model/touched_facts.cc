#include "engine/model/touched_facts.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "absl/container/btree_set.h"
#include "absl/status/status.h"
#include "base/status_macros.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/reference.h"

namespace seatwise {
namespace {

// Looks around one fact that is put.
class Toucher {
 public:
  Toucher(const FactsView& stored, BoundedReader& after, size_t change, TouchedFacts& touched)
      : stored_(stored), after_(after), change_(change), touched_(touched) {}

  absl::Status operator()(const ServicePlan& plan) {
    for (Link link : {Link::kSkuPlan, Link::kRequirementPlan, Link::kRequirementAnyOf}) {
      SEATWISE_RETURN_IF_ERROR(
          after_.ForEach(plan.id, link, [&](const FactKey& key) { return Touch(key); }));
    }
    return absl::OkStatus();
  }

  absl::Status operator()(const Sku& sku) {
    Touch(sku.id);
    return absl::OkStatus();
  }

  absl::Status operator()(const PlanConflict& conflict) {
    SEATWISE_ASSIGN_OR_RETURN(const auto with_a, after_.All(conflict.a, Link::kSkuPlan));
    return after_.ForEach(conflict.b, Link::kSkuPlan,
                          [&](const FactKey& sku) { return !with_a.contains(sku) || Touch(sku); });
  }

  absl::Status operator()(const PlanRequirement& requirement) {
    Touch(requirement);
    return absl::OkStatus();
  }

  absl::Status operator()(const Subscription& subscription) {
    Touch(subscription.sku);
    return TouchSkuBefore(subscription.id);
  }

  absl::Status operator()(const Membership& membership) {
    if (!IsDirect(membership.member)) Touch(KeyOf(Fact(membership)));
    return absl::OkStatus();
  }

  absl::Status operator()(const Assignment& assignment) {
    Touch(KeyOf(Fact(assignment)));
    Touch(assignment.sku);
    if (!IsDirect(assignment.principal)) Touch(KeyOf(assignment.principal));
    return absl::OkStatus();
  }

  // Settings, prohibitions, users, groups and observed facts.
  template <typename Row>
  absl::Status operator()(const Row&) {
    return absl::OkStatus();
  }

  absl::Status Deleted(const FactKey& key) {
    if (const auto* membership = std::get_if<MembershipKey>(&key)) Touch(membership->group);
    if (KindOf(key) == FactKind::kSubscription) return TouchSkuBefore(key);
    return absl::OkStatus();
  }

 private:
  bool Touch(FactKey key) {
    size_t& first = touched_.try_emplace(std::move(key), change_).first->second;
    first = std::min(first, change_);
    return true;
  }

  absl::Status TouchSkuBefore(const FactKey& subscription) {
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> before, stored_.Find(subscription));
    if (before) Touch(std::get<Subscription>(*before).sku);
    return absl::OkStatus();
  }

  const FactsView& stored_;
  BoundedReader& after_;
  size_t change_;
  TouchedFacts& touched_;
};

}  // namespace

absl::StatusOr<TouchedFacts> FindTouchedFacts(const ValidatedChangeSet& changes,
                                              const FactsView& stored, BoundedReader& after,
                                              absl::FunctionRef<size_t(const FactKey&)> change_of) {
  TouchedFacts touched;
  for (const Fact& fact : changes.puts()) {
    Toucher toucher(stored, after, change_of(KeyOf(fact)), touched);
    SEATWISE_RETURN_IF_ERROR(std::visit(toucher, fact));
  }
  for (const FactKey& key : changes.deletes()) {
    Toucher toucher(stored, after, change_of(key), touched);
    SEATWISE_RETURN_IF_ERROR(toucher.Deleted(key));
  }
  return touched;
}

}  // namespace seatwise
