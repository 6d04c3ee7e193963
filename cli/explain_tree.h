// One user's licenses, with their sources and what stands in the way, as a tree.
#pragma once

#include <cstddef>
#include <string>

#include "cli/style.h"

namespace seatwise::v1 {
class ExplainLicenseResponse;
class ExplainedUser;
}  // namespace seatwise::v1

namespace seatwise::cli {

// How much is said.
struct ExplainWords {
  size_t most_plans_named = 3;  // Of those that a source leaves out; of more, only how many.
  bool fixes = false;           // Whether the server was asked for fixes.
};

// "Priya Raman  priya.raman@contoso.example, in IN".
std::string ExplainHeader(const v1::ExplainedUser& user, const Style& style);

// Every SKU that a claim of the user asks for, by name: its state and plans; below it each claim
// with the way it comes, why it is rejected, and what would heal it. Lines fit the style's columns.
// Empty for a user without claims.
std::string ExplainTree(const v1::ExplainLicenseResponse& explained, const ExplainWords& words,
                        const Style& style);

}  // namespace seatwise::cli
