// Granting for one user (G2): the user's claims are offered in queue order, and a grant gives those
// passed over before it another turn.
//
// Whoever comes back to a user between turns of others keeps what the user has (GrantProgress).
// Claims that lack plans are asked again after each grant: with fewer than kManyClaims that is
// cheaper than remembering what each lacks. With more it would be quadratic, so those have an index
// of what heals what (healing.h).
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

// From so many claims on, what each lacks is remembered.
inline constexpr size_t kManyClaims = 32;

// What has become of a user's claims so far, in memory of whoever keeps it.
struct GrantProgress {
  // The bonds of E, then the SKUs held, as bits: ProgressWords of them, 0 at first.
  uint64_t* words = nullptr;
  Healing* healing = nullptr;  // Of a user with kManyClaims and more.
  uint32_t next_turn = 0;      // Those before it have been offered.
  bool may_heal = false;       // Some claim needs what other claims enable.
};

// How long GrantProgress::words is.
template <Shapes Collection>
size_t ProgressWords(const Collection& shapes) {
  return shapes.bond_words() + PlanWords(shapes.catalog().skus());
}

// The progress of a user at the start, for whom nothing is granted: `words` and `healing` are for
// it to use.
template <Shapes Collection>
GrantProgress StartGranting(const Collection& shapes, absl::Span<const ShapeNo> claims,
                            absl::Span<const uint32_t> order, uint64_t* words, Healing* healing) {
  const bool may_heal = std::any_of(claims.begin(), claims.end(),
                                    [&](ShapeNo shape) { return shapes[shape].needs_others; });
  if (may_heal && claims.size() >= kManyClaims) healing->Load(shapes, claims, order);
  return {.words = words, .healing = healing, .may_heal = may_heal};
}

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
    own_words_.assign(ProgressWords(shapes_), 0);
    own_ = StartGranting(shapes_, list.shapes, order, own_words_.data(), &own_healing_);
    Resume(list, order, granted, own_);
    for (size_t claim = 0; claim < list.shapes.size(); ++claim) {
      if (IsGranted(granted, claim)) Hold(list.shapes[claim]);
    }
  }
  // The same for a user whose progress the caller keeps between turns, from StartGranting on: it
  // costs nothing to come back.
  void Resume(const ClaimList& list, absl::Span<const uint32_t> order, GrantBits granted,
              GrantProgress& progress) {
    list_ = list;
    order_ = order;
    granted_ = granted;
    user_ = &progress;
    const size_t bond_words = shapes_.bond_words();
    enabled_ = {progress.words, bond_words};
    held_ = {progress.words + bond_words, PlanWords(shapes_.catalog().skus())};
    remembers_ = list.shapes.size() >= kManyClaims && progress.may_heal;
  }

  // Gives a claim its turn; those with earlier turns had theirs. If it is granted, those passed
  // over get another turn, from the front, after each grant.
  void Offer(size_t turn);

 private:
  void AskAgain(size_t end);
  void AskHealed();

  ShapeNo ShapeOf(size_t turn) const { return list_.shapes[order_[turn]]; }
  bool Passes(size_t turn) const;
  bool LacksPlans(size_t turn) const;
  bool HasSeats(ShapeNo shape) const;
  void Grant(size_t turn);
  void Hold(ShapeNo shape);
  void HealBy(PlanBits bonds);
  bool Holds(SkuNo sku) const { return Contains(held_, sku); }

  const Collection& shapes_;
  const TraitTable& traits_;
  Seats& seats_;

  ClaimList list_;
  absl::Span<const uint32_t> order_;
  GrantBits granted_;
  GrantProgress* user_ = nullptr;
  absl::Span<uint64_t> enabled_;  // In user_->words, as the next.
  absl::Span<uint64_t> held_;
  bool remembers_ = false;
  // Of a user for whom the caller keeps nothing.
  GrantProgress own_;
  std::vector<uint64_t> own_words_;
  Healing own_healing_;

  // A heap, the smallest first: turns before the one at hand whose claims lack no plans any more,
  // and have not been asked since.
  std::vector<uint32_t> healed_;
};

template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::Offer(size_t turn) {
  user_->next_turn = static_cast<uint32_t>(turn) + 1;
  if (!Passes(turn)) return;
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
  if (Intersects(shapes_.conflicts(shape), enabled_)) return false;
  return HasSeats(shape);
}

// K5 of a claim that needs others.
template <Shapes Collection, typename Seats>
bool Granting<Collection, Seats>::LacksPlans(size_t turn) const {
  if (remembers_) return user_->healing->Lacks(turn);
  const ShapeNo shape = ShapeOf(turn);
  for (uint32_t need = 0; need < shapes_.need_count(shape); ++need) {
    if (!Intersects(shapes_.need(shape, need), enabled_)) return true;
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
  if (remembers_) HealBy(shapes_.bonds(shape));
  UnionInto(enabled_, shapes_.bonds(shape));
  for (const ShapeItem& item : shapes_.items(shape)) {
    Insert(held_, item.sku);
  }
}

// `bonds` are about to be enabled.
template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::HealBy(PlanBits bonds) {
  ForEachPlan(bonds, [&](uint32_t bond) {
    if (Contains(enabled_, bond)) return;
    user_->healing->Enable(bond, [&](uint32_t turn) {
      if (turn + 1 >= user_->next_turn) return;  // It has its own turn, now or later.
      healed_.push_back(turn);
      std::push_heap(healed_.begin(), healed_.end(), std::greater<>());
    });
  });
}

}  // namespace seatwise
