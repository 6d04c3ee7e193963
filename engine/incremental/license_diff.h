// How the licenses of users differ between two versions of a tenant.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/incremental/live_products.h"
#include "engine/incremental/outcome.h"
#include "engine/model/license_delta.h"

namespace seatwise {

// Collects users, and makes the delta of all of them: users that went from one outcome to another
// are compared together. Refers to the products and to the outcomes. One thread.
class LicenseDiff {
 public:
  LicenseDiff(const LiveProducts& before, const LiveProducts& after)
      : before_(before), after_(after) {}

  // Each user at most once. nullptr is a user without claims, or none.
  void Add(uint32_t user, const Outcome* before, const Outcome* after) {
    users_[{before, after}].push_back(user);
  }

  LicenseDelta Take() &&;

 private:
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

  std::vector<Change> Compare(const Outcome* before, const Outcome* after);
  uint32_t NumberOf(const Outcome& outcome, const OutcomeLicense& license,
                    const LiveProducts& products);
  std::optional<LicenseValue> ValueOf(uint32_t number) const;
  SkuId IdOf(SkuNo sku) const;

  const LiveProducts& before_;
  const LiveProducts& after_;
  absl::flat_hash_map<std::pair<const Outcome*, const Outcome*>, std::vector<uint32_t>> users_;
  // Values: the state, and then the bits of the plans without zeros at the end.
  absl::flat_hash_map<std::vector<uint64_t>, uint32_t> numbers_;
  std::vector<std::vector<uint64_t>> values_;
};

}  // namespace seatwise
