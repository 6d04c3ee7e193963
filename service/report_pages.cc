// A place in a list of stored users is where a batch of them begins, behind how many users of it
// and how many rows of the next one are on pages before: "12:0:CURSOR".
#include "service/report_pages.h"

#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "engine/model/fact_key.h"

namespace seatwise {
namespace {

constexpr size_t kDefaultSample = 5;
constexpr int32_t kMostSample = 1000;
constexpr size_t kUsersAtOnce = 1000;
constexpr size_t kMostUsers = 50'000;  // Of a page, whatever it holds then.

struct Place {
  size_t users = 0;
  size_t rows = 0;
  std::string cursor;
};

std::optional<Place> ParsePlace(absl::string_view text) {
  Place place;
  if (text.empty()) return place;
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::MaxSplits(':', 2));
  if (parts.size() != 3 || !absl::SimpleAtoi(parts[0], &place.users) ||
      !absl::SimpleAtoi(parts[1], &place.rows)) {
    return std::nullopt;
  }
  place.cursor = std::string(parts[2]);
  return place;
}

std::string ToText(const Place& place) {
  return absl::StrCat(place.users, ":", place.rows, ":", place.cursor);
}

}  // namespace

absl::StatusOr<size_t> UserSampleOf(int32_t sample_size) {
  if (sample_size < 0 || sample_size > kMostSample) {
    return FieldError(v1::OUT_OF_RANGE, "sample_size",
                      absl::StrCat("is ", sample_size, "; give 0 to ", kMostSample));
  }
  return sample_size == 0 ? kDefaultSample : static_cast<size_t>(sample_size);
}

absl::StatusOr<std::string> AddStoredUserPage(const FactsSnapshot& facts, absl::string_view place,
                                              size_t page_size, AddUserRows add) {
  std::optional<Place> at = ParsePlace(place);
  if (!at) return InvalidPageTokenError();
  size_t room = page_size;
  for (size_t seen = 0;;) {
    SEATWISE_ASSIGN_OR_RETURN(const FactPage page,
                              facts.List(FactKind::kUser, at->cursor, kUsersAtOnce));
    for (; at->users < page.facts.size(); ++at->users, at->rows = 0, ++seen) {
      if (room == 0 || seen == kMostUsers) return ToText(*at);
      const size_t rows = add(std::get<User>(page.facts[at->users]), at->rows, room);
      if (rows > at->rows + room) {
        at->rows += room;
        return ToText(*at);
      }
      room -= rows - std::min(rows, at->rows);
    }
    if (page.next.empty()) return std::string();
    *at = {.cursor = page.next};
  }
}

absl::Status ForEachStoredUser(const FactsSnapshot& facts,
                               absl::FunctionRef<void(const User&)> visit) {
  std::string cursor;
  do {
    SEATWISE_ASSIGN_OR_RETURN(FactPage page, facts.List(FactKind::kUser, cursor, kUsersAtOnce));
    for (const Fact& fact : page.facts) visit(std::get<User>(fact));
    cursor = std::move(page.next);
  } while (!cursor.empty());
  return absl::OkStatus();
}

}  // namespace seatwise
