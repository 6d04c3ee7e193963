// Every tenant of two users, two groups and two SKUs, within families that each vary some facts and
// hold the others fixed. Where rules meet in a small space, all of it is tried. Test only.
//
//   family     what varies, all combinations
//   queue      mode; 1 or 2 seats of each SKU; who is in which group; which group has which SKU;
//              priority of two assignments; a direct assignment of each user; ties of times
//   checks     mode; P conflicts with Q, P requires Q, Q requires P, both or none; locations and a
//              prohibition of P; unique P and who owns the shared address; 1 or 2 seats, second SKU
//              suspended; who is in group h; which group has which SKU; Q disabled in one source
//   nesting    mode; each user in each group directly, g in h, h in g, g in g: absent or at time 1,
//              2 (3); one seat; which group has the SKU; priority and time of an assignment
//   plans      SKUs that share a plan; each of four sources asks for a SKU with any of its plans
//              disabled, or not at all; conflict, requirement, circle, or none; seats; first SKU
//              suspended; mode; order of the sources
//   capacity   units enabled, in warning, suspended, deleted and self-service; overage 0, 1 and
//              unlimited; neither, one or both users ask, directly or by a group
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "engine/model/facts.h"

namespace seatwise::worlds {

// Worlds that vary the same facts. They are numbered.
struct SmallWorlds {
  std::string family;
  uint64_t count = 0;
  Facts (*world)(uint64_t number) = nullptr;  // For numbers below `count`.
};

// All families.
std::vector<SmallWorlds> AllSmallWorlds();

// Calls `visit` with every world of every family and its name ("queue 1234").
void ForEachSmallWorld(absl::FunctionRef<void(const Facts&, absl::string_view name)> visit);

}  // namespace seatwise::worlds
