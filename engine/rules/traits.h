// What checks K1 to K3 look at in a user, reduced to what makes a difference: users with equal
// traits fail these checks alike.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/model/catalog.h"
#include "engine/model/location.h"
#include "engine/model/plan_bits.h"

namespace seatwise {

// An address clash (bit 0) and a kind of location (the other bits): none, one where nothing is
// prohibited, or a particular one where something is.
using Traits = uint32_t;

// Immutable; reads from any thread. Refers to the catalog it was built from.
class TraitTable {
 public:
  // `version` tells tables apart whose numbers mean something else: each follows from one before.
  explicit TraitTable(const Catalog& catalog, uint32_t version = 0);
  // The table of a catalog that follows from that of `before`, with the same numbers for plans. It
  // has the same version if all numbers mean the same: mostly, since few changes of a catalog say
  // where something is prohibited.
  TraitTable(const Catalog& catalog, const TraitTable& before);

  uint32_t version() const { return version_; }

  Traits Of(Location location, bool address_clash) const {
    return KindOf(location) << 1 | static_cast<uint32_t>(address_clash);
  }

  // K1.
  static bool LocationMissing(Traits traits) { return traits >> 1 == kMissing; }
  // K3: an address of the user belongs to somebody else.
  static bool AddressClash(Traits traits) { return (traits & 1) != 0; }
  // K2: whether anything is prohibited where the user is, and what.
  static bool HasProhibitions(Traits traits) { return traits >> 1 >= kFirstProhibiting; }
  PlanBits Prohibited(Traits traits) const { return prohibited_[traits >> 1]; }

 private:
  enum Kind : uint32_t { kMissing, kNothingProhibited, kFirstProhibiting };

  uint32_t KindOf(Location location) const;
  bool MeansTheSameAs(const TraitTable& other) const;

  uint32_t version_ = 0;
  std::vector<PlanBits> prohibited_;  // By kind.
  absl::flat_hash_map<Location, uint32_t> kinds_;
};

}  // namespace seatwise
