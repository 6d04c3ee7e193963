#include "engine/rules/traits.h"

namespace seatwise {

TraitTable::TraitTable(const Catalog& catalog, uint32_t version) : version_(version) {
  prohibited_.assign(kFirstProhibiting, catalog.prohibited_in(Location()));
  for (Location location : catalog.prohibiting_locations()) {
    kinds_.emplace(location, static_cast<uint32_t>(prohibited_.size()));
    prohibited_.push_back(catalog.prohibited_in(location));
  }
}

uint32_t TraitTable::KindOf(Location location) const {
  if (location.empty()) return kMissing;
  const auto it = kinds_.find(location);
  return it == kinds_.end() ? uint32_t{kNothingProhibited} : it->second;
}

}  // namespace seatwise
