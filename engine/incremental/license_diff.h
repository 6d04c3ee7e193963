// How the licenses of users differ between two versions of a tenant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/incremental/live_products.h"
#include "engine/incremental/outcome.h"
#include "engine/model/license_delta.h"
#include "engine/model/plan_bits.h"
#include "engine/model/shared_plan_ids.h"

namespace seatwise {

// Takes users one after the other, and makes the delta of all of them: two outcomes are compared
// once for all users that went from the one to the other. Refers to the products and to the
// outcomes. One thread.
class LicenseDiff {
 public:
  LicenseDiff(const LiveProducts& before, const LiveProducts& after)
      : before_(before), after_(after) {}

  // Users ascend. nullptr is a user without claims, or none.
  void Add(uint32_t user, const Outcome* before, const Outcome* after);

  // The same in two steps, for whoever knows that many users went from one outcome to another. A
  // comparison that no user is added to leaves nothing behind.
  struct RunList {  // A part of run_lists_: the runs that such users belong to.
    uint32_t begin = 0;
    uint32_t end = 0;

    friend bool operator==(const RunList&, const RunList&) = default;
  };
  RunList Compare(const Outcome* before, const Outcome* after);
  // Makes room for so many users that go this way.
  void Reserve(const RunList& list, size_t users) {
    for (uint32_t i = list.begin; i < list.end; ++i) runs_[run_lists_[i]].users.reserve(users);
  }
  void Add(uint32_t user, const RunList& list) {
    for (uint32_t i = list.begin; i < list.end; ++i) runs_[run_lists_[i]].users.push_back(user);
  }

  LicenseDelta Take() &&;

 private:
  using Outcomes = std::pair<const Outcome*, const Outcome*>;
  // A change of one SKU: values as numbers for ValueOf, 0 for nothing.
  struct Change {
    SkuNo sku = 0;
    uint32_t before = 0;
    uint32_t after = 0;

    friend bool operator==(const Change&, const Change&) = default;
    template <typename H>
    friend H AbslHashValue(H state, const Change& change) {
      return H::combine(std::move(state), change.sku, change.before, change.after);
    }
  };
  struct Run {
    Change change;
    std::vector<uint32_t> users;
  };

  void AddChange(const Change& change);
  uint32_t NumberOf(const Outcome& outcome, const LiveOutcomeLicense& license,
                    const LiveProducts& products);
  std::optional<LicenseValue> ValueOf(SkuNo sku, uint32_t number) const;
  SharedPlanIds IdsOf(SkuNo sku, PlanBits plans) const;
  const SkuId& IdOf(SkuNo sku) const;

  const LiveProducts& before_;
  const LiveProducts& after_;
  absl::flat_hash_map<Outcomes, RunList> lists_;
  std::vector<uint32_t> run_lists_;  // Positions in runs_, list after list.
  std::vector<Run> runs_;
  absl::flat_hash_map<Change, uint32_t> run_of_;
  // Values: the state, and then the bits of the plans without zeros at the end.
  absl::flat_hash_map<std::vector<uint64_t>, uint32_t> numbers_;
  std::vector<std::vector<uint64_t>> values_;
};

// The delta of several parts of the users, each part behind the one before it.
LicenseDelta UniteDeltas(std::vector<LicenseDelta> parts);

}  // namespace seatwise
