#include "tests/worlds/diff.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/worlds/describe_derived.h"

namespace seatwise::worlds {
namespace {

constexpr size_t kMostRows = 4;  // Of each side of a table.

std::vector<std::string> SortedLines(const std::string& text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n', absl::SkipEmpty());
  std::sort(lines.begin(), lines.end());
  return lines;
}

// The lines of one text that the other lacks.
std::string Missing(absl::string_view mark, const std::vector<std::string>& from,
                    const std::vector<std::string>& other) {
  std::vector<std::string> missing;
  std::set_difference(from.begin(), from.end(), other.begin(), other.end(),
                      std::back_inserter(missing));
  std::string text;
  for (size_t i = 0; i < std::min(missing.size(), kMostRows); ++i) {
    absl::StrAppend(&text, mark, missing[i], "\n");
  }
  if (missing.size() > kMostRows) {
    absl::StrAppend(&text, mark, missing.size() - kMostRows, " more\n");
  }
  return text;
}

// `want` and `got` as text, whose rows are equal iff `equal`.
std::string DiffTable(absl::string_view name, bool equal, const std::string& want,
                      const std::string& got) {
  if (equal) return "";
  const std::vector<std::string> wanted = SortedLines(want);
  const std::vector<std::string> had = SortedLines(got);
  const std::string diff = Missing("- ", wanted, had) + Missing("+ ", had, wanted);
  return absl::StrCat(name, ":\n", diff.empty() ? "the same rows in another order\n" : diff);
}

}  // namespace

std::string DiffDerived(const Derived& want, const Derived& got) {
  return absl::StrCat(
      DiffTable("licenses", want.licenses == got.licenses, DescribeLicenses(want),
                DescribeLicenses(got)),
      DiffTable("items", want.items == got.items, DescribeItems(want), DescribeItems(got)),
      DiffTable("seats", want.seats == got.seats, DescribeAllSeats(want), DescribeAllSeats(got)),
      DiffTable("groups", want.groups == got.groups, DescribeGroups(want), DescribeGroups(got)));
}

}  // namespace seatwise::worlds
