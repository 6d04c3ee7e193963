// The answer for one user: which claims are granted, given the seats that others leave (G2), and
// what follows (section 7).
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/incremental/claim_reader.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/outcome_table.h"
#include "engine/incremental/queue_place.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/seat_book.h"
#include "engine/incremental/user_shapes.h"
#include "engine/model/derived.h"
#include "engine/rules/granting.h"
#include "engine/rules/license_maker.h"
#include "engine/rules/traits.h"
#include "engine/rules/verdict.h"

namespace seatwise {

// The traits of a user, who exists, as numbers of this table.
inline Traits TraitsOfUser(const LiveFacts& facts, const TraitTable& traits, uint32_t user) {
  return traits.Of(facts.LocationOf(user), facts.HasAddressClash(user));
}

// Gets seats for claims at the place of the turn at hand, and notes where they are taken and where
// they are denied: what Granting asks for seats.
class SeatWatch {
 public:
  explicit SeatWatch(size_t skus) : skus_(skus) {}

  void Begin(const SeatSource& source) {
    source_ = &source;
    if (!noted_.empty()) {
      for (const SeatEntry& entry : entries_) noted_[entry.sku] = 0;
    }
    entries_.clear();
  }
  void SetPlace(const QueuePlace& place) { place_ = place; }

  bool HasSeat(SkuNo sku) {
    if (source_->HasSeat(sku, place_)) return true;
    Note(sku, SeatEntry::Kind::kDenied);
    return false;
  }
  void Take(SkuNo sku) {
    if (source_->IsTracked(sku)) entries_.push_back({sku, SeatEntry::Kind::kTake, place_});
  }
  // The first time only.
  void Note(SkuNo sku, SeatEntry::Kind kind) {
    const uint8_t bit = static_cast<uint8_t>(1u << static_cast<unsigned>(kind));
    noted_.resize(skus_);
    if ((noted_[sku] & bit) != 0) return;
    noted_[sku] |= bit;
    entries_.push_back({sku, kind, place_});
  }

  absl::Span<const SeatEntry> entries() const { return entries_; }

 private:
  const SeatSource* source_ = nullptr;
  QueuePlace place_;
  std::vector<SeatEntry> entries_;
  size_t skus_;
  std::vector<uint8_t> noted_;  // By SKU: a bit for each kind. Without memory until one is noted.
};

// Works on one user at a time; reused for its buffers. One thread. Refers to the facts, the traits
// (of their catalog) and the table.
class Evaluator {
 public:
  Evaluator(const LiveFacts& facts, const TraitTable& traits, OutcomeTable& known);

  // Turns to a user, who exists.
  void Load(uint32_t user);

  // About the user at hand. At least one claim for the second.
  bool has_claims() const { return !claims_.empty(); }
  const QueuePlace& first_place() const { return places_[order_[0]]; }
  // Whether all places are still those of claims of the user.
  bool StandsAt(absl::Span<const SeatEntry> entries) const;
  // Whether some claim asks for a SKU for which it matters who takes the seats.
  bool AsksForTracked(const SeatSource& seats) const;

  // What becomes of the claims with these seats; without a reference if there are none.
  Ref<Outcome> Evaluate(const SeatSource& seats);
  // The same for whoever knows already what becomes of the claims: finds entries() only.
  void FindEntries(const SeatSource& seats, const Outcome& outcome);
  // In which queues the user stands by that. Valid until the next call.
  absl::Span<const SeatEntry> entries() const { return watch_.entries(); }

  // The outcome of whoever has these traits and claims, in the order of ClaimReader, of which these
  // are granted. Turns away from the user at hand.
  Ref<Outcome> OutcomeOf(Traits traits, absl::Span<const ClaimShape* const> claims,
                         absl::Span<const uint64_t> granted);

 private:
  void NumberClaims(Traits traits);
  void Grant(const SeatSource& seats);
  Ref<Outcome> MakeOutcome();
  void AddLicenses(Outcome& outcome);
  void MarkDemand(Outcome& outcome);
  void NoteWaiting(const Outcome& outcome);

  const LiveFacts& facts_;
  const TraitTable& traits_;
  OutcomeTable& known_;
  ClaimReader reader_;
  UserShapes shapes_;
  SeatWatch watch_;
  Granting<UserShapes, SeatWatch> granting_;
  // All SKUs are full in its eyes, so that COUNT marks what lacks nothing but seats.
  Judge<UserShapes> judge_;
  LicenseMaker<UserShapes> licenses_;

  // The user at hand. By claim, but for the order: the turns.
  absl::Span<const LiveClaim> claims_;
  std::vector<LiveClaim> nobodys_;  // What claims_ are if there is no user.
  std::vector<QueuePlace> places_;
  std::vector<uint32_t> order_;
  std::vector<ShapeNo> numbers_;  // 0, 1, 2...
  std::vector<uint64_t> granted_;
  ClaimList list_;
  std::vector<char> demanded_;  // By SKU; all 0 between calls.
};

}  // namespace seatwise
