// Why claims are rejected, by cause, for people: forty users with the same conflict are one
// paragraph.
#pragma once

#include <string>
#include <vector>

#include "cli/names.h"
#include "cli/style.h"

namespace seatwise::v1 {
class ListViolationCausesResponse;
class ViolationCause;
}  // namespace seatwise::v1

namespace seatwise::cli {

// A cause in one sentence: "SPE_E3 (Office staff) against STANDARDPACK (directly)".
std::string CauseSentence(const v1::ViolationCause& cause, const Names& names);

// Which plans exclude each other, one pair a line; empty for other violations.
std::vector<std::string> CauseDetails(const v1::ViolationCause& cause, const Names& names);

// What would heal it and how many, as FixSentence has it; "none found" where one was looked for.
// Empty where none was.
std::string CauseFix(const v1::ViolationCause& cause, const Names& names);

// What else gives seats to some who wait, as SeatWaySentence has it; empty if nothing does, or
// nothing was tried.
std::vector<std::string> CauseSeatWays(const v1::ViolationCause& cause, const Names& names);

// All causes of a page by their violations: how many users, what, who, and what would heal it.
std::string CausesText(const v1::ListViolationCausesResponse& causes, const Style& style);

}  // namespace seatwise::cli
