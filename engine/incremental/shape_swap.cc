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
// Where it does make a difference, the order matters no more as long as no two claims of the user
// that could pass conflict, before or after: K1 to K3 do not change, K4 never fails, K5 leads to
// the same end by any way, and K6 matters only to claims for scarce SKUs. If these need nothing
// and are all granted, each was granted at its own turn, and is again. The others are granted one
// after the other, as long as what they need is there.
#include "engine/incremental/shape_swap.h"

#include <algorithm>
#include <utility>

#include "absl/types/span.h"
#include "engine/model/plan_bits.h"
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

// Plans that need a plan of some set to which one of `plans` belongs.
std::vector<uint64_t> PlansThatNeed(const Catalog& catalog, PlanBits plans) {
  std::vector<uint64_t> needing(catalog.words());
  ForEachPlan(catalog.plans_with_requirements(), [&](PlanNo plan) {
    for (const RequirementRow& requirement : catalog.requirements_of(plan)) {
      if (Intersects(catalog.any_of(requirement.any_of), plans)) {
        needing[plan / 64] |= uint64_t{1} << (plan % 64);
      }
    }
  });
  return needing;
}

}  // namespace

ShapeSwap::ShapeSwap(const LiveFacts& facts, const TraitTable& traits, const SwappedShapes& swapped,
                     const SeatSource& seats)
    : facts_(facts),
      traits_(traits),
      swapped_(swapped),
      plans_(facts.catalog().words()),
      conflicts_(facts.catalog().words()),
      asked_(facts.catalog().skus()),
      scarce_(facts.catalog().skus()) {
  for (SkuNo sku = 0; sku < scarce_.size(); ++sku) scarce_[sku] = seats.IsTracked(sku) ? 1 : 0;
  const auto before = ListOf(swapped.before), after = ListOf(swapped.after);
  for (const Ref<ClaimShape>& shape : after) {
    places_.push_back({shape, PositionIn(before, shape)});
    if (!places_.back().was.has_value()) Swap(*shape);
  }
  for (size_t i = 0; i < before.size(); ++i) {
    if (PositionIn(after, before[i]).has_value()) continue;
    gone_.push_back(i);
    Swap(*before[i]);
  }
  const Catalog& catalog = facts.catalog();
  ForEachPlan(plans_, [&](PlanNo plan) {
    UnionInto(absl::MakeSpan(conflicts_), catalog.conflicts_of(plan));
  });
  applies_ = applies_ && !Intersects(plans_, conflicts_);
  needing_ = PlansThatNeed(catalog, plans_);
}

// Notes what a claim that comes or goes has to do with others.
void ShapeSwap::Swap(const ClaimShape& shape) {
  UnionInto(absl::MakeSpan(plans_), shape.asked->plans());
  applies_ = applies_ && !shape.head.needs_others;
  for (const ShapeItem& item : shape.items) {
    asked_[item.sku] = 1;
    applies_ = applies_ && scarce_[item.sku] == 0;
  }
}

bool ShapeSwap::AsksFor(const ClaimShape& shape, const std::vector<char>& skus) {
  return std::any_of(shape.items.begin(), shape.items.end(),
                     [&](const ShapeItem& item) { return skus[item.sku] != 0; });
}

// Whether another claim of the user and these could make a difference for each other.
bool ShapeSwap::MayMatter(const ClaimShape& shape, bool granted) const {
  if (Intersects(shape.asked->plans(), conflicts_)) return true;
  if (shape.head.needs_others && Intersects(shape.asked->plans(), needing_)) return true;
  return !granted && AsksFor(shape, asked_);
}

// K1 to K3.
bool ShapeSwap::PassesFor(const ClaimShape& shape, Traits traits) const {
  if (TraitTable::LocationMissing(traits)) return false;
  if (TraitTable::AddressClash(traits) && shape.head.wants_unique_address) return false;
  return !TraitTable::HasProhibitions(traits) ||
         !Intersects(shape.asked->plans(), traits_.Prohibited(traits));
}

// Finds the claims of the group in an outcome, or where they would be (the order of ClaimReader).
bool ShapeSwap::FindClaims(const Outcome& before) {
  const absl::Span<const Ref<ClaimShape>> list = ListOf(swapped_.before);
  const auto& claims = before.claims;
  if (list.empty()) {
    const absl::string_view id = facts_.GroupIdOf(swapped_.group);
    begin_ = end_ = static_cast<size_t>(
        std::find_if(claims.begin(), claims.end(),
                     [&](const Ref<ClaimShape>& claim) {
                       return !claim->head.direct() && id < facts_.GroupIdOf(claim->head.group);
                     }) -
        claims.begin());
    return true;
  }
  const auto begin = std::find(claims.begin(), claims.end(), list[0]);
  begin_ = static_cast<size_t>(begin - claims.begin());
  end_ = begin_ + list.size();
  return end_ <= claims.size() && std::equal(list.begin(), list.end(), begin);
}

// Takes over a claim that is there before and after. False if it may not be as it was.
bool ShapeSwap::Keep(const Outcome& before, size_t claim) {
  const bool granted = IsGranted(before.granted, claim);
  Add(before.claims[claim], granted);
  return !MayMatter(*before.claims[claim], granted);
}

void ShapeSwap::Add(const Ref<ClaimShape>& claim, bool granted) {
  if (granted) MarkGranted(absl::MakeSpan(granted_), claims_.size());
  claims_.push_back(claim);
}

// Puts the claims of the group in their place. False if more than these may be different.
bool ShapeSwap::ReplaceClaims(const Outcome& before, Traits traits) {
  bool alone = true;
  for (size_t position : gone_) {
    alone = alone && IsGranted(before.granted, begin_ + position);
  }
  for (const Place& place : places_) {
    if (place.was.has_value()) {
      alone = Keep(before, begin_ + *place.was) && alone;
    } else {
      const bool passes = PassesFor(*place.shape, traits);
      Add(place.shape, passes);
      alone = alone && passes;
    }
  }
  return alone;
}

// Whether what K5 asks of others is among `enabled`.
bool ShapeSwap::HasNeeds(const ClaimShape& shape, PlanBits enabled) {
  for (uint32_t need = 0; need < shape.asked->need_count; ++need) {
    if (!Intersects(shape.asked->need(need), enabled)) return false;
  }
  return true;
}

// Grants the claims anew. False if their order matters.
bool ShapeSwap::GrantAnew(Traits traits) {
  std::vector<uint64_t> possible = plans_;  // What claims that could pass ask for.
  std::vector<uint64_t> enabled(possible.size());
  std::vector<uint64_t> granted(granted_.size());
  std::vector<size_t> open;
  const auto grant = [&](size_t claim) {
    MarkGranted(absl::MakeSpan(granted), claim);
    UnionInto(absl::MakeSpan(enabled), claims_[claim]->asked->plans());
  };
  for (size_t claim = 0; claim < claims_.size(); ++claim) {
    const ClaimShape& shape = *claims_[claim];
    if (shape.head.conflicts_with_itself || !PassesFor(shape, traits)) continue;
    UnionInto(absl::MakeSpan(possible), shape.asked->plans());
    if (!AsksFor(shape, scarce_)) {
      open.push_back(claim);
    } else if (shape.head.needs_others || !IsGranted(granted_, claim)) {
      return false;
    } else {
      grant(claim);
    }
  }
  if (HasConflict(facts_.catalog(), possible, possible)) return false;
  for (bool more = true; more;) {
    more = false;
    for (size_t claim : open) {
      if (IsGranted(granted, claim) || !HasNeeds(*claims_[claim], enabled)) continue;
      grant(claim);
      more = true;
    }
  }
  granted_ = std::move(granted);
  return true;
}

std::optional<Ref<Outcome>> ShapeSwap::After(const Outcome& before, Traits traits,
                                             Evaluator& evaluator) {
  if (!applies_ || !FindClaims(before)) return std::nullopt;
  claims_.clear();
  granted_.assign(GrantWords(before.claims.size() + places_.size()), 0);
  bool alone = true;
  for (size_t claim = 0; claim < begin_; ++claim) alone = Keep(before, claim) && alone;
  alone = ReplaceClaims(before, traits) && alone;
  for (size_t claim = end_; claim < before.claims.size(); ++claim) {
    alone = Keep(before, claim) && alone;
  }
  if (!alone && !GrantAnew(traits)) return std::nullopt;
  granted_.resize(GrantWords(claims_.size()));
  return evaluator.OutcomeOf(traits, claims_, granted_);
}

}  // namespace seatwise
