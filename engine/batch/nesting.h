// Which licensed groups the direct members of a group belong to, and since when at the earliest
// (M1, M2).
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/executor.h"
#include "base/time.h"
#include "engine/model/columns.h"
#include "engine/rules/shapes.h"

namespace seatwise {

// A licensed group that a direct member of some group is a member of, by M1 or M2.
struct Carrier {
  GroupNo licensed = 0;
  // The smallest possible latest time on a chain from `licensed` down to the group: a user added to
  // the group at t joined `licensed` at max(t, reached_at) by this way. The smallest Time for the
  // group itself.
  Time reached_at;

  friend bool operator==(const Carrier&, const Carrier&) = default;
};

// Immutable; reads from any thread.
class Nesting {
 public:
  Nesting(const ShapeTable& shapes, Executor& executor);

  // The carriers of a group, ascending by licensed group; mostly none.
  absl::Span<const Carrier> Of(GroupNo group) const {
    const uint32_t begin = first_carrier_[group];
    return {carriers_.data() + begin, first_carrier_[group + 1] - begin};
  }
  // The licensed groups of these alone. One more number may be read behind them.
  absl::Span<const GroupNo> LicensedOf(GroupNo group) const {
    const uint32_t begin = first_carrier_[group];
    return {licensed_.data() + begin, first_carrier_[group + 1] - begin};
  }
  // Whether there are any. The bits of all groups fit the first cache.
  bool Carries(GroupNo group) const { return (carries_[group / 64] >> (group % 64) & 1) != 0; }

 private:
  std::vector<uint32_t> first_carrier_;  // By group, and one past the end.
  std::vector<Carrier> carriers_;
  std::vector<GroupNo> licensed_;  // Of each of carriers_, and one more.
  std::vector<uint64_t> carries_;  // As bits by group.
};

}  // namespace seatwise
