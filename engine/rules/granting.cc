#include "engine/rules/granting.h"

namespace seatwise {

bool NeverPasses(const ShapeTable& shapes, const TraitTable& traits, ShapeNo shape, Traits user) {
  if (TraitTable::LocationMissing(user)) return true;
  if (shapes[shape].conflicts_with_itself) return true;
  if (TraitTable::AddressClash(user) && shapes[shape].wants_unique_address) return true;
  return TraitTable::HasProhibitions(user) &&
         Intersects(shapes.plans(shape), traits.Prohibited(user));
}

}  // namespace seatwise
