// What is left of a tenant when parts of it are taken away. Test only.
#pragma once

#include "engine/model/facts.h"

namespace seatwise::worlds {

// Removes what names things that no longer exist, plans from sets as well; requirements that become
// equal become one. What is left is valid, if keys are unique.
void RemoveDangling(Facts& facts);

}  // namespace seatwise::worlds
