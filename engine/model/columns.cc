#include "engine/model/columns.h"

#include <algorithm>

namespace seatwise {

absl::Span<const ClashRow> Columns::ClashesOf(UserNo user) const {
  const auto before = [](const ClashRow& row, UserNo number) { return row.user < number; };
  const auto begin = std::lower_bound(clashes.begin(), clashes.end(), user, before);
  const auto end = std::lower_bound(begin, clashes.end(), user + 1, before);
  return absl::MakeConstSpan(clashes).subspan(static_cast<size_t>(begin - clashes.begin()),
                                              static_cast<size_t>(end - begin));
}

}  // namespace seatwise
