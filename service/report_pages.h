// Pages of reports: of rows that are worked out at once, and of users with what is stored of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "service/errors.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// How many users a row names: 5 for 0. OUT_OF_RANGE, of `sample_size`, if it is none of 0 to 1,000.
absl::StatusOr<size_t> UserSampleOf(int32_t sample_size);

// Calls add(row) for the rows of the page that begins at `place`, which is that of the page before
// or empty. Answers the place of the next page, empty if there is none.
template <typename Row, typename Add>
absl::StatusOr<std::string> AddRowsFrom(const std::vector<Row>& rows, absl::string_view place,
                                        size_t page_size, Add add) {
  uint64_t begin = 0;
  if (!place.empty() && !absl::SimpleAtoi(place, &begin)) return InvalidPageTokenError();
  begin = std::min<uint64_t>(begin, rows.size());
  const size_t end = std::min(rows.size(), static_cast<size_t>(begin) + page_size);
  for (size_t i = begin; i < end; ++i) add(rows[i]);
  return end < rows.size() ? absl::StrCat(end) : std::string();
}

// Adds the rows of one user to a page, those from `skip` on, at most `room`. Answers how many the
// user has in all.
using AddUserRows = absl::FunctionRef<size_t(const User& user, size_t skip, size_t room)>;

// Makes a page of rows by the bytes of the users' ids, as AddUserPage does (user_pages.h), for what
// has to be read of each user.
absl::StatusOr<std::string> AddStoredUserPage(const FactsSnapshot& facts, absl::string_view place,
                                              size_t page_size, AddUserRows add);

// Calls visit(user) for every user, by the bytes of the ids. Fails where the facts fail.
absl::Status ForEachStoredUser(const FactsSnapshot& facts,
                               absl::FunctionRef<void(const User&)> visit);

}  // namespace seatwise
