// Which of the claims of a user stands before which (C5), for whoever knows all about the claims
// but the user's own times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "base/executor.h"
#include "base/time.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/queue_place.h"
#include "engine/incremental/user_record.h"

namespace seatwise {

// A claim of a group, as far as it decides about its turn.
struct GroupTurn {
  uint32_t group = 0;     // Licensed; the stored number.
  uint32_t position = 0;  // Among the claims of the user, as ClaimReader lists them.
  int32_t priority = 0;
  Time assigned_at;
  // Of a firm claim: whether it stands behind claims that come or go at equal times.
  bool behind_at_ties = false;
};

// Holds for users for whom one of `firm` (at least one) stands before `claim`, or behind none of
// the claims that come or go.
struct TurnCondition {
  GroupTurn claim;
  absl::InlinedVector<GroupTurn, 2> firm;
};

// The carriers of all groups of these facts, by group; nullptr for none. Each of many users asks
// for some.
std::vector<const CarrierList*> CarriersOf(const LiveFacts& facts, Executor& executor);

// Looks at users who have all the claims that are named, or had them. One thread; refers to the
// facts, which do not change, to their carriers and to `swapped`.
class TurnReader {
 public:
  // `swapped` are the claims that come or go; their positions do not count.
  TurnReader(const LiveFacts& facts, absl::Span<const CarrierList* const> carriers,
             absl::Span<const GroupTurn> swapped);

  using ConditionsOf = absl::FunctionRef<absl::Span<const TurnCondition>(size_t)>;
  // Calls visit(i) for each of the users, who exist, for whom not all of conditions_of(i) hold.
  // Ascending; what users further on need is fetched meanwhile.
  void ForEachUnmet(absl::Span<const uint32_t> users, ConditionsOf conditions_of,
                    absl::FunctionRef<void(size_t)> visit);

 private:
  // When a user joined a group.
  struct Joined {
    uint32_t user = kNobody;
    Time at;
  };
  static constexpr uint32_t kNobody = 0xffffffff;

  bool AsksForOneGroup(absl::Span<const TurnCondition> conditions) const;
  bool HoldsByOneGroup(const UserRecord& record, absl::Span<const TurnCondition> conditions) const;
  bool Holds(uint32_t user, const UserRecord& record, absl::Span<const TurnCondition> conditions);
  void FindJoined(uint32_t user, const UserRecord& record);
  std::optional<QueuePlace> PlaceOf(uint32_t user, const GroupTurn& claim) const;
  bool IsAhead(uint32_t user, const GroupTurn& firm, const GroupTurn& claim) const;

  const LiveFacts& facts_;
  const absl::Span<const CarrierList* const> carriers_;
  const absl::Span<const GroupTurn> swapped_;
  // The group of all of these, if its members are in no group within it.
  std::optional<uint32_t> only_direct_;
  std::vector<Joined> joined_;  // By licensed group: of whoever was looked at last.
};

}  // namespace seatwise
