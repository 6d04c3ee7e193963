// A claim makes no difference for the others of its user, and they make none for it, if
//
//   K1 to K3   it passes them: they look at nothing but the user's traits
//   K4         none of its plans conflicts with a plan of theirs
//   K5         it needs nothing, and no claim that needs something could get it from it
//   K6         there is a seat of its SKUs for everybody, and no rejected claim asks for one of
//              them, which would have to know whether the user holds it now
//
// Then it is granted at its turn, wherever that is, and each other claim is granted or rejected at
// the same turn as without it (G2): so the order of the claims, which differs from user to user,
// does not matter, and the outcome follows from the outcome before. A million members of a group
// have some hundred thousand outcomes, and most of these are passed over by one look.
//
// Where it does make a difference, then to claims that need (K5) one of its plans, or a plan of
// another claim to which it makes one: the dependents. If no plan of these claims conflicts with
// another claim that could pass (K4), and none of the dependents asks for a scarce SKU (K6), it
// does not matter when they are granted, only that what they need is there in the end: they are
// granted one after the other, as long as that is so. All others are granted or rejected as before.
// A rejected claim that lacks a seat, and asks for one of their SKUs beside, would have to know
// whether the user holds that now.
//
// Before all that, a claim is none of the dependents, and is granted or rejected at the same place
// of the queue as before, if what it needs of these plans comes from a firm claim, which is granted
// at its own turn whatever else there is (it needs nothing, and asks for no scarce SKU), and that
// one stands
//
//   before the claim            which finds there what it needs when its own turn comes
//   behind no claim that        up to the first of these all turns are as before, and from there
//   comes or goes               on it is there
//
// The turns of one user with equal times are one place of the queue, where the same seats are left,
// whichever of them goes first: equal times are not behind, but where plans conflict (K4), which
// makes the order of these turns matter. Where a firm claim stands is told by the shapes alone, or
// else asked of each user (turn_condition.h).
#include "engine/incremental/shape_swap.h"

#include <algorithm>
#include <utility>

#include "absl/types/span.h"
#include "engine/model/plan_bits.h"
#include "engine/model/plan_words.h"
#include "engine/rules/granting.h"
#include "engine/rules/relations.h"

namespace seatwise {
namespace {

absl::Span<const Ref<ClaimShape>> ListOf(const Ref<GroupShapes>& shapes) {
  return shapes ? absl::MakeConstSpan(shapes->list) : absl::Span<const Ref<ClaimShape>>();
}

std::optional<size_t> PositionIn(absl::Span<const Ref<ClaimShape>> list,
                                 const Ref<ClaimShape>& shape) {
  const auto it = std::find(list.begin(), list.end(), shape);
  if (it == list.end()) return std::nullopt;
  return static_cast<size_t>(it - list.begin());
}

GroupTurn TurnOf(const ClaimShape& claim, size_t position = 0) {
  return {.group = claim.head.group,
          .position = static_cast<uint32_t>(position),
          .priority = claim.head.priority,
          .assigned_at = claim.head.assigned_at};
}

// Whether two claims have equal times for every user: the first in the list then stands in front.
bool AreTied(const GroupTurn& x, const GroupTurn& y) {
  return x.group == y.group && x.priority == y.priority && x.assigned_at == y.assigned_at;
}

}  // namespace

ShapeSwap::ShapeSwap(const LiveFacts& facts, const TraitTable& traits, const SwappedShapes& swapped,
                     const SeatSource& seats)
    : facts_(facts),
      traits_(traits),
      swapped_(swapped),
      scarce_(facts.catalog().skus()),
      behind_(facts.next.group) {
  for (SkuNo sku = 0; sku < scarce_.size(); ++sku) scarce_[sku] = seats.IsTracked(sku) ? 1 : 0;
  const auto before = ListOf(swapped.before), after = ListOf(swapped.after);
  std::vector<const ClaimShape*> old, changed;
  std::vector<SplicedClaim> spliced;
  for (const Ref<ClaimShape>& shape : after) {
    places_.push_back({shape, PositionIn(before, shape)});
    const Place& place = places_.back();
    spliced.push_back({shape.get(), place.was.value_or(SplicedClaim::kNew)});
    if (!place.was.has_value()) changed.push_back(shape.get());
  }
  for (size_t i = 0; i < before.size(); ++i) {
    old.push_back(before[i].get());
    if (PositionIn(after, before[i]).has_value()) continue;
    gone_.push_back(i);
    changed.push_back(before[i].get());
  }
  relations_.emplace(facts.catalog(), changed);
  splice_.emplace(facts.catalog(), traits.version(), old, spliced);
  applies_ = !relations_->conflict();
  for (const ClaimShape* shape : changed) {
    turns_.push_back(TurnOf(*shape));
    applies_ = applies_ && !shape->head.needs_others && !AsksFor(*shape, scarce_);
  }
}

// K1 to K3.
bool ShapeSwap::PassesFor(const ClaimShape& shape, Traits traits) const {
  if (TraitTable::LocationMissing(traits)) return false;
  if (TraitTable::AddressClash(traits) && shape.head.wants_unique_address) return false;
  return !TraitTable::HasProhibitions(traits) ||
         !Intersects(shape.asked->plans(), traits_.Prohibited(traits));
}

bool ShapeSwap::StandsBehind(uint32_t group) {
  int8_t& known = behind_[group];
  if (known == 0) {
    known = facts_.GroupIdOf(swapped_.group) < facts_.GroupIdOf(group) ? 1 : -1;
  }
  return known > 0;
}

// Finds the claims of the group in an outcome, or where they would be (the order of ClaimReader).
bool ShapeSwap::FindClaims(const Outcome& before) {
  const absl::Span<const Ref<ClaimShape>> list = ListOf(swapped_.before);
  const auto& claims = before.claims;
  if (list.empty()) {
    begin_ = end_ = static_cast<size_t>(std::find_if(claims.begin(), claims.end(),
                                                     [&](const Ref<ClaimShape>& claim) {
                                                       return !claim->head.direct() &&
                                                              StandsBehind(claim->head.group);
                                                     }) -
                                        claims.begin());
    return true;
  }
  const auto begin = std::find(claims.begin(), claims.end(), list[0]);
  begin_ = static_cast<size_t>(begin - claims.begin());
  end_ = begin_ + list.size();
  return end_ <= claims.size() && std::equal(list.begin(), list.end(), begin);
}

// Looks at a claim that is there before and after.
void ShapeSwap::Relate(const Outcome& before, size_t claim, Traits traits) {
  const ClaimShape* const shape = before.claims[claim].get();
  const ClaimRelation& relation = relations_->Of(shape);
  overlaps_ = overlaps_ || relation.asks;
  plans_conflict_ = plans_conflict_ || relation.conflicts;
  turns_may_matter_ = turns_may_matter_ || relation.conflicts || relation.needs;
  if (IsGranted(before.granted, claim)) return;
  // What it needs is not asked of one that could never pass.
  rejected_matters_ = rejected_matters_ || relation.conflicts || relation.asks ||
                      (relation.needs && !CouldPass(*shape, traits));
}

void ShapeSwap::RelateAll(const Outcome& before, Traits traits) {
  overlaps_ = turns_may_matter_ = plans_conflict_ = rejected_matters_ = false;
  swapped_pass_ = true;
  for (size_t claim = 0; claim < begin_; ++claim) Relate(before, claim, traits);
  for (size_t claim = end_; claim < before.claims.size(); ++claim) Relate(before, claim, traits);
  for (const Place& place : places_) {
    if (place.was.has_value()) {
      Relate(before, begin_ + *place.was, traits);
    } else {
      swapped_pass_ = swapped_pass_ && PassesFor(*place.shape, traits);
    }
  }
  for (size_t position : gone_) {
    swapped_pass_ = swapped_pass_ && IsGranted(before.granted, begin_ + position);
  }
}

void ShapeSwap::Add(const ClaimShape* claim, bool granted, bool is_new) {
  if (granted) MarkGranted(absl::MakeSpan(granted_), claims_.size());
  claims_.push_back(claim);
  is_new_.push_back(is_new);
}

// Lists the claims with those of the group in their place, granted as before or if they pass.
void ShapeSwap::AddClaims(const Outcome& before, Traits traits) {
  claims_.clear();
  is_new_.clear();
  granted_.assign(GrantWords(before.claims.size() + places_.size()), 0);
  const auto keep = [&](size_t claim) {
    Add(before.claims[claim].get(), IsGranted(before.granted, claim), false);
  };
  for (size_t claim = 0; claim < begin_; ++claim) keep(claim);
  for (const Place& place : places_) {
    if (place.was.has_value()) {
      keep(begin_ + *place.was);
    } else {
      Add(place.shape.get(), PassesFor(*place.shape, traits), true);
    }
  }
  for (size_t claim = end_; claim < before.claims.size(); ++claim) keep(claim);
  granted_.resize(GrantWords(claims_.size()));
}

// Whether what K5 asks of others is among `enabled`.
bool ShapeSwap::HasNeeds(const ClaimShape& shape, PlanBits enabled) {
  for (uint32_t need = 0; need < shape.asked->need_count; ++need) {
    if (!Intersects(shape.asked->need(need), enabled)) return false;
  }
  return true;
}

bool ShapeSwap::CouldPass(const ClaimShape& shape, Traits traits) const {
  return !shape.head.conflicts_with_itself && PassesFor(shape, traits);
}

// Collects the dependents and what they and the group's claims ask for, and the conditions on which
// others are none.
void ShapeSwap::FindDependents(Traits traits) {
  dependents_.clear();
  others_.clear();
  reached_ = relations_->plans();
  reached_skus_ = relations_->skus();
  for (size_t claim = 0; claim < claims_.size(); ++claim) {
    if (!is_new_[claim] && CouldPass(*claims_[claim], traits)) others_.push_back(claim);
  }
  ties_matter_.reset();
  for (size_t found = 1; found > 0;) {
    conditions_.clear();
    found = std::erase_if(others_, [&](size_t claim) {
      if (!Depends(claim)) return false;
      dependents_.push_back(claim);
      UnionInto(absl::MakeSpan(reached_), claims_[claim]->asked->plans());
      for (const ShapeItem& item : claims_[claim]->items) reached_skus_[item.sku] = 1;
      return true;
    });
  }
}

// Whether plans of two claims that could pass, and are no dependents so far, conflict. Dependents
// and those that come or go conflict with none, or else TurnsMatter.
bool ShapeSwap::HaveConflicts() const {
  return std::any_of(others_.begin(), others_.end(), [&](size_t x) {
    const FewPlans conflicts = claims_[x]->asked->conflicts();
    return !conflicts.empty() && std::any_of(others_.begin(), others_.end(), [&](size_t y) {
      return Intersects(conflicts, claims_[y]->asked->plans());
    });
  });
}

// Whether it matters when the dependents are granted, and the claims that come or go.
bool ShapeSwap::TurnsMatter() const {
  const Catalog& catalog = facts_.catalog();
  if (HasConflict(catalog, reached_, reached_)) return true;
  const auto is_scarce = [&](size_t claim) { return AsksFor(*claims_[claim], scarce_); };
  if (std::any_of(dependents_.begin(), dependents_.end(), is_scarce)) return true;
  return std::any_of(others_.begin(), others_.end(), [&](size_t claim) {
    const ClaimShape& shape = *claims_[claim];
    if (Intersects(shape.asked->conflicts(), reached_)) return true;
    return !IsGranted(granted_, claim) && AsksFor(shape, scarce_) && AsksFor(shape, reached_skus_);
  });
}

bool ShapeSwap::IsFirm(size_t claim) const {
  const ClaimShape& shape = *claims_[claim];
  return !is_new_[claim] && IsGranted(granted_, claim) && !shape.head.needs_others &&
         !shape.head.direct() && !AsksFor(shape, scarce_);
}

// Whether a firm claim stands behind some of those that come or go if their times are equal: by the
// order of the list of claims.
bool ShapeSwap::StandsBehindInList(size_t firm) const {
  if (firm < begin_) return false;
  if (firm >= begin_ + places_.size()) return true;
  const size_t place = firm - begin_;
  const size_t was = *places_[place].was;
  return std::any_of(places_.begin(), places_.begin() + static_cast<ptrdiff_t>(place),
                     [](const Place& before) { return !before.was.has_value(); }) ||
         std::any_of(gone_.begin(), gone_.end(), [&](size_t gone) { return gone < was; });
}

// Whether it stands behind no claim that comes or goes, whoever the user is.
bool ShapeSwap::IsNeverBehind(const GroupTurn& firm) const {
  return std::all_of(turns_.begin(), turns_.end(), [&](const GroupTurn& swapped) {
    if (firm.priority != swapped.priority) return firm.priority > swapped.priority;
    return firm.group == swapped.group && firm.assigned_at <= swapped.assigned_at &&
           !firm.behind_at_ties;
  });
}

// Whether a claim has one of the plans that it needs from a firm claim, if `condition` holds: one
// without firm claims does for every user.
bool ShapeSwap::IsMetByFirm(size_t claim, FewPlans need, TurnCondition& condition) {
  condition.claim = TurnOf(*claims_[claim], claim);
  for (size_t other = 0; other < claims_.size(); ++other) {
    if (!Intersects(need, claims_[other]->asked->plans()) || !IsFirm(other)) continue;
    GroupTurn firm = TurnOf(*claims_[other], other);
    if (!condition.firm.empty() && AreTied(condition.firm.back(), firm)) continue;
    if (StandsBehindInList(other)) {
      if (!ties_matter_.has_value()) ties_matter_ = HaveConflicts();
      firm.behind_at_ties = *ties_matter_;
    }
    if (IsNeverBehind(firm)) {
      condition.firm.clear();
      return true;
    }
    condition.firm.push_back(firm);
  }
  // When a direct claim joined is not told by its group.
  return !condition.firm.empty() && !claims_[claim]->head.direct();
}

// Whether a claim needs one of the plans that are reached, and has it from no firm claim. Adds what
// has to hold if not.
bool ShapeSwap::Depends(size_t claim) {
  const AskedPlans& asked = *claims_[claim]->asked;
  const size_t known = conditions_.size();
  for (uint32_t number = 0; number < asked.need_count; ++number) {
    const FewPlans need = asked.need(number);
    if (!Intersects(need, reached_)) continue;
    TurnCondition condition;
    if (!IsMetByFirm(claim, need, condition)) {
      conditions_.resize(known);
      return true;
    }
    if (!condition.firm.empty()) conditions_.push_back(std::move(condition));
  }
  return false;
}

// Grants the dependents anew, and leaves those that are rejected. False if the order of the claims
// matters.
bool ShapeSwap::GrantAnew(Traits traits) {
  FindDependents(traits);
  if (dependents_.empty() && !plans_conflict_ && !rejected_matters_) return true;
  if (TurnsMatter()) return false;
  for (size_t claim : dependents_) granted_[claim / 64] &= ~(uint64_t{1} << (claim % 64));
  enabled_.assign(reached_.size(), 0);
  for (size_t claim = 0; claim < claims_.size(); ++claim) {
    if (!IsGranted(granted_, claim)) continue;
    UnionInto(absl::MakeSpan(enabled_), claims_[claim]->asked->plans());
  }
  for (size_t found = 1; found > 0;) {
    found = std::erase_if(dependents_, [&](size_t claim) {
      if (!HasNeeds(*claims_[claim], enabled_)) return false;
      MarkGranted(absl::MakeSpan(granted_), claim);
      UnionInto(absl::MakeSpan(enabled_), claims_[claim]->asked->plans());
      return true;
    });
  }
  return true;
}

std::optional<ShapeSwap::Answer> ShapeSwap::After(const Outcome& before, Traits traits,
                                                  Evaluator& evaluator) {
  if (!applies_ || !FindClaims(before)) return std::nullopt;
  RelateAll(before, traits);
  conditions_.clear();
  // Whether nothing is different but the claims that come and go.
  bool same = swapped_pass_ && !rejected_matters_;
  const bool grant_anew = !same || turns_may_matter_;
  if (grant_anew) {
    AddClaims(before, traits);
    granted_before_ = granted_;
    if (!GrantAnew(traits)) return std::nullopt;
    same = same && dependents_.empty() && granted_ == granted_before_;
  }
  Answer answer{.outcome = {}, .alike = same && !overlaps_, .conditions = std::move(conditions_)};
  const bool is_empty = before.claims.size() + places_.size() == end_ - begin_;
  if (answer.alike && !is_empty && splice_->AppliesTo(before)) {
    answer.outcome = splice_->Make(before, traits, begin_);
  } else {
    if (!grant_anew) AddClaims(before, traits);
    answer.outcome = evaluator.OutcomeOf(traits, claims_, granted_);
  }
  return answer;
}

}  // namespace seatwise
