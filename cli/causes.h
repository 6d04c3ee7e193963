// Why claims are rejected, by cause: forty users with the same conflict are one cause.
#pragma once

#include <string>
#include <vector>

#include "cli/names.h"
#include "engine/model/derived_view.h"

namespace seatwise::cli {

// One cause of rejected claims, in words. Printable.
struct Cause {
  ViolationCode code = ViolationCode::kOther;  // Never kOther: that has a cause of another code.
  std::string what;                            // In one sentence.
  std::vector<std::string> details;            // For example, which plans exclude each other.
  std::vector<std::string> fallen;  // SKUs that fall with it in the same claim (K7), sorted.
  std::vector<std::string> users;   // By id; for COUNT by their place.
};

// All causes, by code, then by number of users, most first. Goes through all users; the work grows
// with those that have a rejected claim.
std::vector<Cause> FindCauses(const DerivedView& view, const Names& names);

}  // namespace seatwise::cli
