// Granting for one user (G2): the user's claims are offered in queue order, and a grant gives those
// passed over before it another turn.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/model/plan_bits.h"
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

// Works on one user at a time; reused from user to user for its buffers. One thread.
//
// Seats is where seats come from: bool HasSeat(SkuNo) says whether one is left, void Take(SkuNo)
// takes it.
template <Shapes Collection, typename Seats>
class Granting {
 public:
  Granting(const Collection& shapes, const TraitTable& traits, Seats& seats)
      : shapes_(shapes),
        traits_(traits),
        seats_(seats),
        enabled_(shapes.catalog().words()),
        held_(shapes.catalog().skus()) {}

  // Turns to a user. `granted` holds what has been granted before (none at first) and is updated by
  // Offer; it and the list must stay valid until the next Load. So must `lacking`, if it is given:
  // by claim, zeros at first, where Offer keeps what a claim waits for from one Load of the user to
  // the next.
  void Load(const ClaimList& list, GrantBits granted, absl::Span<uint32_t> lacking = {});

  // Gives claim order[next] its turn, where order[0] to order[next - 1] had theirs. If it is
  // granted, those passed over get another turn, from the front, after each grant.
  void Offer(absl::Span<const uint32_t> order, size_t next);

 private:
  bool Passes(size_t claim);
  bool LacksPlans(size_t claim);
  bool HasSeats(ShapeNo shape) const;
  void Grant(size_t claim);
  void Hold(size_t claim);

  const Collection& shapes_;
  const TraitTable& traits_;
  Seats& seats_;

  ClaimList list_;
  GrantBits granted_;
  bool may_heal_ = false;  // Some claim needs what other claims enable.
  // By claim, if may_heal_: 1 + the one of its needs that was unmet when it was last looked at, or
  // 0. As long as no plan of that one is enabled, looking again is in vain: chains that heal one
  // claim at a time ask the same claims over and over.
  absl::Span<uint32_t> lacking_;
  std::vector<uint32_t> own_lacking_;  // What lacking_ is if the caller keeps none.
  std::vector<uint64_t> enabled_;      // E.
  std::vector<char> held_;             // By SKU.
  std::vector<SkuNo> held_list_;       // The SKUs marked in held_.
};

template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::Load(const ClaimList& list, GrantBits granted,
                                       absl::Span<uint32_t> lacking) {
  list_ = list;
  granted_ = granted;
  may_heal_ = false;
  std::fill(enabled_.begin(), enabled_.end(), 0);
  for (SkuNo sku : held_list_) held_[sku] = 0;
  held_list_.clear();
  for (size_t claim = 0; claim < list.shapes.size(); ++claim) {
    may_heal_ = may_heal_ || shapes_[list.shapes[claim]].needs_others;
    if (IsGranted(granted, claim)) Hold(claim);
  }
  lacking_ = lacking;
  if (may_heal_ && lacking.empty()) {
    own_lacking_.assign(list.shapes.size(), 0);
    lacking_ = absl::MakeSpan(own_lacking_);
  }
}

template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::Offer(absl::Span<const uint32_t> order, size_t next) {
  if (!Passes(order[next])) return;
  Grant(order[next]);
  if (!may_heal_) return;
  // Only what failed K5 alone can pass now: conflicts stay, and a seat that was missing does not
  // come back.
  for (size_t i = 0; i < next;) {
    const bool may_pass =
        !IsGranted(granted_, order[i]) && shapes_[list_.shapes[order[i]]].needs_others;
    if (may_pass && Passes(order[i])) {
      Grant(order[i]);
      i = 0;
    } else {
      ++i;
    }
  }
}

template <Shapes Collection, typename Seats>
bool Granting<Collection, Seats>::Passes(size_t claim) {
  const ShapeNo shape = list_.shapes[claim];
  if (shapes_[shape].needs_others && LacksPlans(claim)) return false;
  if (NeverPasses(shapes_, traits_, shape, list_.traits)) return false;
  if (Intersects(shapes_.conflicts(shape), enabled_)) return false;
  return HasSeats(shape);
}

// K5 of a claim that needs others.
template <Shapes Collection, typename Seats>
bool Granting<Collection, Seats>::LacksPlans(size_t claim) {
  const ShapeNo shape = list_.shapes[claim];
  const auto is_unmet = [&](uint32_t need) {
    return !Intersects(shapes_.need(shape, need), enabled_);
  };
  uint32_t& lacking = lacking_[claim];
  if (lacking != 0 && is_unmet(lacking - 1)) return true;
  lacking = 0;
  for (uint32_t need = 0; need < shapes_.need_count(shape) && lacking == 0; ++need) {
    if (is_unmet(need)) lacking = need + 1;
  }
  return lacking != 0;
}

template <Shapes Collection, typename Seats>
bool Granting<Collection, Seats>::HasSeats(ShapeNo shape) const {
  for (const ShapeItem& item : shapes_.items(shape)) {
    if (held_[item.sku] == 0 && !seats_.HasSeat(item.sku)) return false;
  }
  return true;
}

template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::Grant(size_t claim) {
  for (const ShapeItem& item : shapes_.items(list_.shapes[claim])) {
    if (held_[item.sku] == 0) seats_.Take(item.sku);
  }
  MarkGranted(granted_, claim);
  Hold(claim);
}

template <Shapes Collection, typename Seats>
void Granting<Collection, Seats>::Hold(size_t claim) {
  const ShapeNo shape = list_.shapes[claim];
  UnionInto(absl::MakeSpan(enabled_), shapes_.plans(shape));
  for (const ShapeItem& item : shapes_.items(shape)) {
    if (held_[item.sku] != 0) continue;
    held_[item.sku] = 1;
    held_list_.push_back(item.sku);
  }
}

}  // namespace seatwise
