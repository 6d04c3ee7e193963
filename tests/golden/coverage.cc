#include "tests/golden/coverage.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace seatwise::golden {
namespace {

// `4` of `4. E5 has two seats`; "" for another line.
absl::string_view NumberOfItem(absl::string_view line) {
  const size_t dot = line.find(". ");
  if (dot == absl::string_view::npos || dot == 0) return "";
  const absl::string_view number = line.substr(0, dot);
  const bool digits = std::all_of(number.begin(), number.end(),
                                  [](unsigned char c) { return absl::ascii_isdigit(c); });
  return digits ? number : "";
}

// Each citation with the place of the first scenario that makes it.
std::map<std::string, std::string> Cited(absl::Span<const Scenario> scenarios) {
  std::map<std::string, std::string> cited;
  for (const Scenario& scenario : scenarios) {
    for (const std::string& what : scenario.cites) {
      cited.emplace(what, absl::StrCat(scenario.file, ":", scenario.line));
    }
  }
  return cited;
}

}  // namespace

std::vector<std::string> CitableIn(absl::string_view semantics) {
  std::vector<std::string> found;
  bool examples = false;
  for (absl::string_view line : absl::StrSplit(semantics, '\n')) {
    if (absl::StartsWith(line, "## ")) examples = absl::StartsWith(line, "## 11.");
    if (absl::ConsumePrefix(&line, "- **")) {
      line = line.substr(0, line.find("**"));
      if (IsRule(line)) found.emplace_back(line);
    } else if (examples && !NumberOfItem(line).empty()) {
      found.push_back(absl::StrCat("example ", NumberOfItem(line)));
    }
  }
  return found;
}

std::vector<std::string> CoverageErrors(absl::string_view semantics,
                                        absl::Span<const Scenario> scenarios,
                                        absl::Span<const LaterRule> later) {
  std::vector<std::string> errors;
  const std::vector<std::string> citable = CitableIn(semantics);
  const std::set<std::string> exists(citable.begin(), citable.end());
  const std::map<std::string, std::string> cited = Cited(scenarios);
  std::set<std::string> not_yet;
  for (const LaterRule& rule : later) {
    not_yet.insert(rule.rule);
    if (!exists.contains(rule.rule)) {
      errors.push_back(absl::StrCat(rule.rule, " is listed for later but is no rule"));
    }
    if (const auto it = cited.find(rule.rule); it != cited.end()) {
      errors.push_back(absl::StrCat(it->second, ": ", rule.rule, " has a scenario now; it was to ",
                                    "come later (", rule.reason, "): take it off that list"));
    }
  }
  for (const std::string& what : citable) {
    if (!cited.contains(what) && !not_yet.contains(what)) {
      errors.push_back(absl::StrCat(what, " has no golden scenario"));
    }
  }
  for (const auto& [what, where] : cited) {
    if (exists.contains(what)) continue;
    errors.push_back(absl::StrCat(where, ": ", what, " is not in docs/semantics.md"));
  }
  return errors;
}

}  // namespace seatwise::golden
