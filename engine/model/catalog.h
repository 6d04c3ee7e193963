// The products of a tenant in the form that rules are computed with: SKUs and plans as numbers,
// relations as bit sets, seats as sums. Immutable once built; reads from any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/model/facts.h"
#include "engine/model/id_table.h"
#include "engine/model/location.h"
#include "engine/model/plan_bits.h"

namespace seatwise {

// Positions in the order of the ids' bytes, but for catalogs of BuildInOrder.
using PlanNo = uint32_t;
using SkuNo = uint32_t;

// The seats that subscriptions give a SKU (section 2).
struct SeatSupply {
  int64_t usable = 0;   // S1.
  int64_t parked = 0;   // S2.
  int64_t overage = 0;  // The SKU's policy; may be kUnlimited.

  // Adds units of a subscription that is not self-service (S1, S2); they may be negative.
  void Add(SubscriptionStatus status, int64_t units) {
    using enum SubscriptionStatus;
    if (status == kEnabled || status == kWarning) usable += units;
    if (status == kSuspended || status == kLockedOut) parked += units;
  }

  // S3; kUnlimited for no limit.
  int64_t capacity() const {
    if (usable == 0) return parked;
    return overage == kUnlimited ? kUnlimited : usable + overage;
  }
  // S4.
  bool off() const { return usable == 0 && parked > 0; }
};

// One requirement of a plan (K5).
struct RequirementRow {
  PlanNo plan = 0;
  uint32_t any_of = 0;  // A row of Catalog::any_of.
};

class Catalog {
 public:
  // An empty catalog.
  Catalog() = default;
  // Takes plans, skus, conflicts, requirements, prohibitions and subscriptions of `facts`, which
  // must be valid: keys unique, references there.
  static Catalog Build(const Facts& facts);

  // The same with numbers that are given: facts.plans[i] is plan number i, facts.skus[i] is SKU
  // number i. Where the id is empty there is no plan or SKU, but a number that nothing else has.
  // Plan sets are as long as `plan_room` plans need, which is at least their number.
  static Catalog BuildInOrder(const Facts& facts, size_t plan_room);

  size_t plans() const { return plan_facts_.size(); }
  size_t skus() const { return sku_facts_.size(); }
  // The length of every plan set of this catalog.
  size_t words() const { return words_; }

  const ServicePlan& plan(PlanNo plan) const { return plan_facts_[plan]; }
  const Sku& sku(SkuNo sku) const { return sku_facts_[sku]; }
  std::optional<PlanNo> FindPlan(absl::string_view id) const { return plan_ids_.Find(id); }
  std::optional<SkuNo> FindSku(absl::string_view id) const { return sku_ids_.Find(id); }
  // By position in the order of the bytes.
  const IdTable& plan_ids() const { return plan_ids_.by_rank; }
  const IdTable& sku_ids() const { return sku_ids_.by_rank; }

  // C1: the USER plans of a SKU.
  PlanBits user_plans(SkuNo sku) const { return user_plans_[sku]; }
  // S1 to S4.
  const SeatSupply& supply(SkuNo sku) const { return supply_[sku]; }
  // K2: the plans that are prohibited in `location`.
  PlanBits prohibited_in(Location location) const;
  // The locations where anything is prohibited, ascending.
  std::vector<Location> prohibiting_locations() const;
  // K3: the plans that need a unique address.
  PlanBits unique_address_plans() const { return marks_[kUniqueAddress]; }
  // K4: the plans that conflict with any other, and those that conflict with one plan.
  PlanBits plans_with_conflicts() const { return marks_[kWithConflicts]; }
  PlanBits conflicts_of(PlanNo plan) const { return conflicts_[plan]; }
  // K5: the plans that require any other, and the requirements of one plan in the order of their
  // sets' ids.
  PlanBits plans_with_requirements() const { return marks_[kWithRequirements]; }
  absl::Span<const RequirementRow> requirements_of(PlanNo plan) const;
  PlanBits any_of(uint32_t row) const { return any_of_[row]; }

  // The set of the plans named, which exist.
  std::vector<uint64_t> BitsOf(const PlanIdSet& plans) const;
  // The reverse.
  PlanIdSet IdsOf(PlanBits bits) const;
  // Calls visit(id) for each plan of the set, in the order of the bytes. The text is valid as long
  // as the catalog.
  template <typename Visit>
  void ForEachIdOf(PlanBits bits, Visit visit) const;

 private:
  enum Mark : size_t { kNothing, kUniqueAddress, kWithConflicts, kWithRequirements, kMarks };

  // Numbers in whatever order by id.
  struct Numbers {
    IdTable by_rank;
    std::vector<uint32_t> of_rank;
    std::vector<uint32_t> rank_of;  // By number; 0 where there is nothing.
    bool ranked = false;            // Numbers are ranks.

    std::optional<uint32_t> Find(absl::string_view id) const {
      const std::optional<uint32_t> rank = by_rank.Find(id);
      return rank.has_value() ? std::optional<uint32_t>(of_rank[*rank]) : std::nullopt;
    }
  };

  // The part of Build that follows when plans and SKUs stand in the order of their numbers.
  void AddAll(const Facts& facts, size_t plan_room);
  template <typename Row>
  static Numbers NumberIds(const std::vector<Row>& rows);
  void AddPlans();
  void AddSkus();
  void AddConflicts(const Facts& facts);
  void AddRequirements(const Facts& facts);
  void AddProhibitions(const Facts& facts);
  void AddSupply(const Facts& facts);

  size_t words_ = 0;
  Numbers plan_ids_;
  Numbers sku_ids_;
  std::vector<ServicePlan> plan_facts_;       // By number.
  std::vector<Sku> sku_facts_;                // By number.
  std::vector<SeatSupply> supply_;            // By SKU.
  PlanRows user_plans_;                       // By SKU.
  PlanRows marks_;                            // By Mark; kNothing is the empty set.
  PlanRows conflicts_;                        // By plan.
  std::vector<RequirementRow> requirements_;  // By (plan, ids of any_of).
  std::vector<uint32_t> first_requirement_;   // By plan, and one past the end.
  PlanRows any_of_;
  absl::flat_hash_map<Location, size_t> prohibition_row_;
  PlanRows prohibitions_;  // By prohibition_row_.
};

template <typename Visit>
void Catalog::ForEachIdOf(PlanBits bits, Visit visit) const {
  if (plan_ids_.ranked) {
    ForEachPlan(bits, [&](PlanNo plan) { visit(plan_ids()[plan]); });
    return;
  }
  absl::InlinedVector<uint32_t, 128> ranks;
  ForEachPlan(bits, [&](PlanNo plan) { ranks.push_back(plan_ids_.rank_of[plan]); });
  std::sort(ranks.begin(), ranks.end());
  for (const uint32_t rank : ranks) visit(plan_ids()[rank]);
}

}  // namespace seatwise
