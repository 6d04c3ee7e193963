// Whether each rule and each worked example of docs/semantics.md has a golden scenario.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tests/golden/scenario.h"

namespace seatwise::golden {

// A rule that cannot have a scenario yet.
struct LaterRule {
  std::string rule;
  std::string reason;
};

// What the text of docs/semantics.md defines, as scenarios cite it: rules (`- **K4** ...`), then
// the worked examples of section 11 (`example 4`), in the order of the text.
std::vector<std::string> CitableIn(absl::string_view semantics);

// All that is wrong: rules and examples without a scenario that are not in `later`; citations of
// what is not in the text; and entries of `later` that have a scenario by now, or are no rules.
std::vector<std::string> CoverageErrors(absl::string_view semantics,
                                        absl::Span<const Scenario> scenarios,
                                        absl::Span<const LaterRule> later);

}  // namespace seatwise::golden
