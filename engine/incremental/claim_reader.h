// The claims of one user (section 4).
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/time.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/user_record.h"

namespace seatwise {

// One claim with the times and the priority that it queues by (C2 to C5).
struct LiveClaim {
  const ClaimShape* shape = nullptr;  // Lives as long as the facts; see Hold.
  int32_t priority = 0;
  Time since;
  Time joined;

  // For keeping the shape longer than the facts.
  Ref<ClaimShape> Hold() const {
    shape->Share();
    return Ref<ClaimShape>::Adopt(shape);
  }
};

// Lists the claims of one user after the other; reused for its buffers. One thread. `facts` must
// outlive it and not change.
class ClaimReader {
 public:
  explicit ClaimReader(const LiveFacts& facts) : facts_(&facts) {}

  // The claims of `user`, which exists, as C5 orders those that are equal before: direct ones
  // first, by the id of the SKU; then by the id of the group and of the smallest SKU. The position
  // in this list breaks ties between claims of one user. Valid until the next call.
  absl::Span<const LiveClaim> Of(uint32_t user);

 private:
  // A group that the user is directly in and that has carriers.
  struct Carried {
    const CarrierList* carriers = nullptr;
    Time added_at;
  };
  // A licensed group that the user is a member of.
  struct Joined {
    uint32_t licensed = 0;
    const GroupShapes* shapes = nullptr;
    Time at;
  };

  void AddDirect(const UserRecord& user);
  void FindJoined(const UserRecord& user);
  void AddInherited(const UserRecord& user);

  const LiveFacts* facts_;
  std::vector<Carried> carried_;
  std::vector<Joined> joined_;
  std::vector<LiveClaim> claims_;
};

}  // namespace seatwise
