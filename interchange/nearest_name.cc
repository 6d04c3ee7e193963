#include "interchange/nearest_name.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace seatwise {

// Wagner and Fischer's table, one row at a time.
size_t EditDistance(absl::string_view a, absl::string_view b, size_t limit) {
  const size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit) return limit + 1;
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replace, row[j] + 1, row[j - 1] + 1});
    }
  }
  return std::min(row.back(), limit + 1);
}

std::optional<absl::string_view> NearestName(absl::string_view name,
                                             absl::Span<const absl::string_view> known,
                                             size_t limit) {
  std::optional<absl::string_view> nearest;
  for (absl::string_view candidate : known) {
    const size_t distance = EditDistance(name, candidate, limit);
    if (distance > limit) continue;
    nearest = candidate;
    if (distance == 0) break;
    limit = distance - 1;
  }
  return nearest;
}

std::string Suggestion(absl::string_view name, absl::Span<const absl::string_view> known) {
  // A third of a name may be wrong, and all of its case; more is another name.
  const std::optional<absl::string_view> nearest =
      NearestName(absl::AsciiStrToLower(name), known, std::max<size_t>(1, name.size() / 3));
  if (nearest) return absl::StrCat("; did you mean '", *nearest, "'?");
  return absl::StrCat("; known are ", absl::StrJoin(known, ", "));
}

}  // namespace seatwise
