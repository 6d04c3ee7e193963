#include "engine/rules/traits.h"

#include <algorithm>

namespace seatwise {

TraitTable::TraitTable(const Catalog& catalog, uint32_t version) : version_(version) {
  prohibited_.assign(kFirstProhibiting, catalog.prohibited_in(Location()));
  for (Location location : catalog.prohibiting_locations()) {
    kinds_.emplace(location, static_cast<uint32_t>(prohibited_.size()));
    prohibited_.push_back(catalog.prohibited_in(location));
  }
}

TraitTable::TraitTable(const Catalog& catalog, const TraitTable& before)
    : TraitTable(catalog, before.version_ + 1) {
  if (MeansTheSameAs(before)) version_ = before.version_;
}

// A catalog with more plans has longer sets.
bool TraitTable::MeansTheSameAs(const TraitTable& other) const {
  const auto same = [](PlanBits x, PlanBits y) {
    const size_t words = std::min(x.size(), y.size());
    return x.first(words) == y.first(words) && IsEmpty(x.subspan(words)) &&
           IsEmpty(y.subspan(words));
  };
  return kinds_ == other.kinds_ &&
         std::equal(prohibited_.begin(), prohibited_.end(), other.prohibited_.begin(), same);
}

uint32_t TraitTable::KindOf(Location location) const {
  if (location.empty()) return kMissing;
  const auto it = kinds_.find(location);
  return it == kinds_.end() ? uint32_t{kNothingProhibited} : it->second;
}

}  // namespace seatwise
