// Requirements that only each other could meet.
#pragma once

#include <vector>

#include "engine/model/catalog.h"

namespace seatwise {

// The circles among the requirements of a catalog, each as its plans ascending, circles by their
// first plan.
//
// A USER plan *can come first* if a user can get it by a claim of one item, after any number of
// other such claims. Precisely, these plans are the smallest set F for which: all plans of a set Q
// (one USER plan, or any of the USER plans of one SKU) are in F if each requirement of a plan of Q
// names a plan of F or of Q. (Q is what one item asks for, P in K5; F is what can be enabled, E.)
//
// A circle is a largest set of two or more USER plans outside of F that reach each other by
// requirements that name no plan of F. Whatever the order of granting, claims of one item reject
// them with DEPENDENCY. A plan that only waits for a circle, or for COMPANY plans, is in no circle;
// nor is a plan that names itself, which meets the requirement.
//
// Whether the SKUs are assigned or have units plays no part. Linear in the relations, apart from
// SKUs that have plans outside of F.
std::vector<std::vector<PlanNo>> RequirementCircles(const Catalog& catalog);

}  // namespace seatwise
