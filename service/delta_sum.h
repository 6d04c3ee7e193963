// Deltas, one after the other, as one.
#pragma once

#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/model/license_delta.h"
#include "service/license_comparison.h"

namespace seatwise {

// Adds up the deltas of revisions that follow each other. What changed and changed back leaves no
// trace. Memory: some 30 bytes a license that changed.
class DeltaSum {
 public:
  void Add(const LicenseDelta& delta);
  LicenseDelta Take() &&;

 private:
  struct Change {
    uint32_t before = 0;
    uint32_t after = 0;
  };

  LicenseValues values_;
  absl::flat_hash_map<SkuId, uint32_t> skus_;
  absl::flat_hash_map<std::pair<uint32_t, uint32_t>, Change> changes_;  // By SKU and user.
};

}  // namespace seatwise
