// What becomes of users when one group asks for other SKUs than before, told from what they had.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/incremental/claim_relations.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/evaluator.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/outcome_splice.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/seat_book.h"
#include "engine/incremental/turn_condition.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/shape.h"
#include "engine/rules/traits.h"

namespace seatwise {

// Answers for all members with equal outcomes at once, where the order of their claims does not
// decide. One thread; refers to the facts, which are new already, and to the traits.
class ShapeSwap {
 public:
  ShapeSwap(const LiveFacts& facts, const TraitTable& traits, const SwappedShapes& swapped,
            const SeatSource& seats);

  struct Answer {
    Ref<Outcome> outcome;  // Without a reference if no claims are left.
    // Whether licenses and counts of users and groups differ from those before by what comes and
    // goes, and by nothing else: as for all others of whom this is said.
    bool alike = false;
    // All of it is so of members for whom these hold; look at the others one by one.
    std::vector<TurnCondition> conditions;
  };
  // What every member has with these traits whose outcome was `before` (an empty one, of whoever
  // had no claims). The traits in `before` do not count: they may be numbers of another catalog,
  // which made no difference to the claims of then. The seats and places in queues that such a
  // member had are the same as before. Nothing where more than the outcome and the conditions
  // decides: then look at the users. `evaluator` is turned away from its user. No outcome may be
  // given up before this is (outcome_splice.h).
  std::optional<Answer> After(const Outcome& before, Traits traits, Evaluator& evaluator);
  // The claims that come or go; their positions are not told.
  const std::vector<GroupTurn>& turns() const { return turns_; }

 private:
  // A claim of the group as it is now.
  struct Place {
    Ref<ClaimShape> shape;
    std::optional<size_t> was;  // Its position in what the group asked for, if it was there.
  };

  static bool HasNeeds(const ClaimShape& shape, PlanBits enabled);
  bool PassesFor(const ClaimShape& shape, Traits traits) const;
  bool StandsBehind(uint32_t group);
  bool FindClaims(const Outcome& before);
  void Relate(const Outcome& before, size_t claim, Traits traits);
  void RelateAll(const Outcome& before, Traits traits);
  void AddClaims(const Outcome& before, Traits traits);
  void Add(const ClaimShape* claim, bool granted, bool is_new);
  bool CouldPass(const ClaimShape& shape, Traits traits) const;
  void FindDependents(Traits traits);
  bool TurnsMatter() const;
  bool IsFirm(size_t claim) const;
  bool HaveConflicts() const;
  bool StandsBehindInList(size_t firm) const;
  bool IsNeverBehind(const GroupTurn& firm) const;
  bool IsMetByFirm(size_t claim, FewPlans need, TurnCondition& condition);
  bool Depends(size_t claim);
  bool GrantAnew(Traits traits);

  const LiveFacts& facts_;
  const TraitTable& traits_;
  const SwappedShapes& swapped_;
  std::vector<Place> places_;
  std::optional<OutcomeSplice> splice_;
  std::vector<size_t> gone_;  // Positions in what the group asked for.
  std::vector<GroupTurn> turns_;
  std::optional<ClaimRelations> relations_;  // Of the claims that come or go.
  bool applies_ = true;
  std::vector<char> scarce_;  // By SKU: it matters who takes the seats.

  // By group: whether its claims come behind those of the group that is swapped; 0 if nobody asked.
  std::vector<int8_t> behind_;

  // The claims of the outcome at hand that the group's take the place of, and the new ones.
  size_t begin_ = 0;
  size_t end_ = 0;
  std::vector<const ClaimShape*> claims_;
  std::vector<char> is_new_;
  std::vector<uint64_t> granted_;
  bool overlaps_ = false;          // Another claim asks for a SKU of those that come or go.
  bool swapped_pass_ = true;       // All that come are granted, and all that go were.
  bool turns_may_matter_ = false;  // They may make a difference for the grants of others.
  bool plans_conflict_ = false;    // Plans of theirs and of others conflict.
  bool rejected_matters_ = false;  // A rejected claim has to be judged anew.
  // Of these claims.
  std::vector<size_t> dependents_;
  std::vector<size_t> others_;       // That could pass, and are neither dependent nor new.
  std::optional<bool> ties_matter_;  // Plans of claims that could pass conflict; once it is asked.
  std::vector<uint64_t> reached_;    // Plans of the dependents, and of claims that come or go.
  std::vector<char> reached_skus_;   // By SKU.
  std::vector<uint64_t> enabled_;
  std::vector<uint64_t> granted_before_;
  std::vector<TurnCondition> conditions_;
};

}  // namespace seatwise
