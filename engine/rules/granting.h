// Granting for one user (G2): the user's claims are offered in queue order, and a grant gives those
// passed over before it another turn.
//
// A user with few claims is loaded anew for each turn, and claims that lack plans are asked again
// after each grant: with fewer than kManyClaims that is cheaper than remembering. With more claims
// both would be quadratic, so those have an index of what heals what (healing.h), and whoever comes
// back to them between turns of other users keeps their progress.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/numeric/bits.h"
#include "absl/types/span.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/healing.h"
#include "engine/rules/shape.h"
#include "engine/rules/traits.h"

namespace seatwise {

// A user's claims as shapes, ascending, and what else of the user the checks depend on.
struct ClaimList {
  absl::Span<const ShapeNo> shapes;
  Traits traits = 0;
};

// Which claims of a ClaimList are granted: bit i is claim i.
using GrantBits = absl::Span<uint64_t>;

inline size_t GrantWords(size_t claims) { return (claims + 63) / 64; }
inline bool IsGranted(absl::Span<const uint64_t> granted, size_t claim) {
  return (granted[claim / 64] >> (claim % 64) & 1) != 0;
}
// Of so many claims.
inline bool AllGranted(absl::Span<const uint64_t> granted, size_t claims) {
  size_t count = 0;
  for (uint64_t word : granted) count += static_cast<size_t>(absl::popcount(word));
  return count == claims;
}
inline void MarkGranted(GrantBits granted, size_t claim) {
  granted[claim / 64] |= uint64_t{1} << (claim % 64);
}

// K1 to K3, and K4 within the claim itself: whether a claim of this shape can never be granted to
// users with these traits, whatever else they have.
template <Shapes Collection>
bool NeverPasses(const Collection& shapes, const TraitTable& traits, ShapeNo shape, Traits user) {
  if (TraitTable::LocationMissing(user)) return true;
  if (shapes[shape].conflicts_with_itself) return true;
  if (TraitTable::AddressClash(user) && shapes[shape].wants_unique_address) return true;
  return TraitTable::HasProhibitions(user) &&
         Intersects(shapes.plans(shape), traits.Prohibited(user));
}

// Seats for SKUs that cannot run out.
struct EndlessSeats {
  bool HasSeat(SkuNo) const { return true; }
  void Take(SkuNo) const {}
};

// From so many claims on, what a user has and lacks is remembered.
inline constexpr size_t kManyClaims = 32;

// What has become of a user's claims so far.
struct GrantProgress {
  bool begun = false;
  bool may_heal = false;          // Some claim needs what other claims enable.
  std::vector<uint64_t> enabled;  // The bonds of E.
  std::vector<uint64_t> held;     // As bits by SKU.
  Healing healing;                // Loaded if may_heal, for kManyClaims and more.
};

// Works on one user at a time; reused from user to user for its buffers. One thread.
//
// Seats is where seats come from: bool HasSeat(SkuNo) says whether one is left, void Take(SkuNo)
// takes it.
template <Shapes Collection, typename Seats>
class Granting {
 public:
  Granting(const Collection& shapes, const TraitTable& traits, Seats& seats)
      : shapes_(shapes), traits_(traits), seats_(seats) {}

  // Turns to a user whose claim order[i] has turn number i. `granted` holds what has been granted
  // before (none at first) and is updated by Offer. All must stay valid until the next Load or
  // Resume.
  void Load(const ClaimList& list, absl::Span<const uint32_t> order, GrantBits granted) {
    Turn(list, order, granted, own_);
    Begin();
  }
  // The same for a user whose progress the caller keeps between turns, new at first: it costs
  // nothing to come back.
  void Resume(const ClaimList& list, absl::Span<const uint32_t> order, GrantBits granted,
              GrantProgress& progress) {
    Turn(list, order, granted, progress);
    if (!progress.begun) Begin();
  }

  // Gives a claim its turn; those with earlier turns had theirs. If it is granted, those passed
  // over get another turn, from the front, after each grant.
  void Offer(size_t turn);

 private:
  void Turn(const ClaimList& list, absl::Span<const uint32_t> order, GrantBits granted,
            GrantProgress& progress) {
    list_ = list;
    order_ = order;
    granted_ = granted;
    user_ = &progress;
    remembers_ = list.shapes.size() >= kManyClaims;
  }
  void Begin();
  void AskAgain(size_t end);
  void AskHealed();

  ShapeNo ShapeOf(size_t turn) const { return list_.shapes[order_[turn]]; }
  bool Passes(size_t turn) const;
  bool LacksPlans(size_t turn) const;
  bool HasSeats(ShapeNo shape) const;
  void Grant(size_t turn);
  void Hold(ShapeNo shape);
  void HealBy(PlanBits bonds);
  bool Holds(SkuNo sku) const { return Contains(user_->held, sku); }

  const Collection& shapes_;
  const TraitTable& traits_;
  Seats& seats_;

  ClaimList list_;
  absl::Span<const uint32_t> order_;
  GrantBits granted_;
  GrantProgress* user_ = &own_;
  bool remembers_ = false;
  GrantProgress own_;

  size_t next_ = 0;  // The turn at hand: those before it can be healed.
  // A heap, the smallest first: turns before next_ whose claims lack no plans any more, and have
  // not been asked since.
  std::vector<uint32_t> healed_;
};

template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::Begin() {
  const absl::Span<const ShapeNo> claims = list_.shapes;
  user_->begun = true;
  user_->enabled.assign(shapes_.bond_words(), 0);
  user_->held.assign(PlanWords(shapes_.catalog().skus()), 0);
  user_->may_heal = std::any_of(claims.begin(), claims.end(),
                                [&](ShapeNo shape) { return shapes_[shape].needs_others; });
  if (remembers_ && user_->may_heal) user_->healing.Load(shapes_, claims, order_);
  next_ = 0;
  for (size_t claim = 0; claim < claims.size(); ++claim) {
    if (IsGranted(granted_, claim)) Hold(claims[claim]);
  }
}

template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::Offer(size_t turn) {
  if (!Passes(turn)) return;
  next_ = turn;
  Grant(turn);
  if (!user_->may_heal) return;
  // Only what failed K5 alone can pass now: conflicts stay, and a seat that was missing does not
  // come back.
  if (remembers_) {
    AskHealed();
  } else {
    AskAgain(turn);
  }
}

template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::AskAgain(size_t end) {
  for (size_t turn = 0; turn < end;) {
    const bool may_pass = !IsGranted(granted_, order_[turn]) && shapes_[ShapeOf(turn)].needs_others;
    if (may_pass && Passes(turn)) {
      Grant(turn);
      turn = 0;
    } else {
      ++turn;
    }
  }
}

// The first of those that lack nothing is the first that can pass; if it does not, it never will.
template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::AskHealed() {
  while (!healed_.empty()) {
    std::pop_heap(healed_.begin(), healed_.end(), std::greater<>());
    const uint32_t turn = healed_.back();
    healed_.pop_back();
    if (Passes(turn)) Grant(turn);
  }
}

template <Shapes Collection, typename Seats>
bool Granting<Collection, Seats>::Passes(size_t turn) const {
  const ShapeNo shape = ShapeOf(turn);
  if (shapes_[shape].needs_others && LacksPlans(turn)) return false;
  if (NeverPasses(shapes_, traits_, shape, list_.traits)) return false;
  if (Intersects(shapes_.conflicts(shape), user_->enabled)) return false;
  return HasSeats(shape);
}

// K5 of a claim that needs others.
template <Shapes Collection, typename Seats>
bool Granting<Collection, Seats>::LacksPlans(size_t turn) const {
  if (remembers_) return user_->healing.Lacks(turn);
  const ShapeNo shape = ShapeOf(turn);
  for (uint32_t need = 0; need < shapes_.need_count(shape); ++need) {
    if (!Intersects(shapes_.need(shape, need), user_->enabled)) return true;
  }
  return false;
}

template <Shapes Collection, typename Seats>
bool Granting<Collection, Seats>::HasSeats(ShapeNo shape) const {
  for (const ShapeItem& item : shapes_.items(shape)) {
    if (!Holds(item.sku) && !seats_.HasSeat(item.sku)) return false;
  }
  return true;
}

template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::Grant(size_t turn) {
  const ShapeNo shape = ShapeOf(turn);
  for (const ShapeItem& item : shapes_.items(shape)) {
    if (!Holds(item.sku)) seats_.Take(item.sku);
  }
  MarkGranted(granted_, order_[turn]);
  Hold(shape);
}

template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::Hold(ShapeNo shape) {
  if (remembers_ && user_->may_heal) HealBy(shapes_.bonds(shape));
  UnionInto(absl::MakeSpan(user_->enabled), shapes_.bonds(shape));
  for (const ShapeItem& item : shapes_.items(shape)) {
    Insert(absl::MakeSpan(user_->held), item.sku);
  }
}

// `bonds` are about to be enabled.
template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::HealBy(PlanBits bonds) {
  ForEachPlan(bonds, [&](uint32_t bond) {
    if (Contains(user_->enabled, bond)) return;
    user_->healing.Enable(bond, [&](uint32_t turn) {
      if (turn >= next_) return;  // It has its own turn to come.
      healed_.push_back(turn);
      std::push_heap(healed_.begin(), healed_.end(), std::greater<>());
    });
  });
}

}  // namespace seatwise
