// How the licenses of two states of a tenant differ, whatever form the states have: for the deltas
// that no change set tells of, and for comparing what the server answers with what is recomputed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/incremental/live_state.h"
#include "engine/model/derived_view.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/license_delta.h"

namespace seatwise {

// Numbers for (SKU, what a user has of it), so that licenses compare as integers. One thread.
class LicenseValues {
 public:
  struct Entry {
    SkuId sku;
    LicenseValue value;
  };

  // The same number for equal values.
  uint32_t NumberOf(const SkuId& sku, const LicenseValue& value);
  const Entry& entry(uint32_t number) const { return entries_[number]; }

 private:
  std::vector<Entry> entries_;
  absl::flat_hash_map<std::string, uint32_t> numbers_;  // By the value's bytes.
};

// The number of no license at all.
inline constexpr uint32_t kNoLicense = UINT32_MAX;

// The delta in which `users`, ascending, went from one number to another; at least one of the two
// is a license, and each pair comes once.
using UsersByChange = absl::flat_hash_map<std::pair<uint32_t, uint32_t>, std::vector<uint32_t>>;
LicenseDelta DeltaOf(UsersByChange users, const LicenseValues& values);

// The licenses of a state by the user's stored number. One thread.
class LicenseReader {
 public:
  virtual ~LicenseReader() = default;

  // All users' numbers are below this.
  virtual uint32_t end() const = 0;
  // Appends the numbers of the user's licenses, in any order; nothing if there is no such user.
  virtual void Read(uint32_t user, std::vector<uint32_t>& licenses) = 0;
};

// What is read outlives the reader; both sides of a comparison number with the same `values`.
std::unique_ptr<LicenseReader> ReadLive(const LiveState& state, LicenseValues& values);
// `user_number` is by the user's place in the columns (LoadedFacts).
std::unique_ptr<LicenseReader> ReadDerived(const DerivedView& view,
                                           absl::Span<const uint32_t> user_number,
                                           LicenseValues& values);

// From `before` to `after`. Takes the time of a look at every license.
LicenseDelta DifferenceOf(LicenseReader& before, LicenseReader& after, const LicenseValues& values);

// From a tenant without users to `state`.
LicenseDelta WholeDelta(const LiveState& state);

}  // namespace seatwise
