// A place is how many rows of a user are on pages before, then who the user is: "0:ana" by id, or
// "2:17" by number. Rows of a user who changes between two pages may shift, those of others do not.
#include "service/user_pages.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/errors.h"

namespace seatwise {
namespace {

struct Place {
  size_t skip = 0;
  absl::string_view user;
};

std::optional<Place> ParsePlace(absl::string_view text) {
  if (text.empty()) return Place();
  const size_t colon = text.find(':');
  uint64_t skip = 0;
  if (colon == absl::string_view::npos || !absl::SimpleAtoi(text.substr(0, colon), &skip)) {
    return std::nullopt;
  }
  return Place{static_cast<size_t>(skip), text.substr(colon + 1)};
}

// Fills one page.
class Filler {
 public:
  Filler(size_t skip, size_t page_size, size_t most_users, AddRows add)
      : skip_(skip), room_(page_size), users_left_(most_users), add_(add) {}

  // Answers whether the page goes on behind this user. `name` is the user in a place.
  bool Visit(uint32_t user, absl::string_view id, absl::string_view name) {
    if (room_ == 0 || users_left_ == 0) {
      next_ = absl::StrCat("0:", name);
      return false;
    }
    --users_left_;
    const size_t skip = skip_;
    skip_ = 0;
    const size_t rows = add_(user, id, skip, room_);
    if (rows > skip + room_) {
      next_ = absl::StrCat(skip + room_, ":", name);
      return false;
    }
    room_ -= rows - std::min(rows, skip);
    return true;
  }

  std::string next() && { return std::move(next_); }

 private:
  size_t skip_;  // Rows of the first user that are on pages before.
  size_t room_;
  size_t users_left_;
  AddRows add_;
  std::string next_;
};

}  // namespace

std::vector<uint32_t> MembersOf(const LiveState& live, uint32_t group) {
  std::vector<uint32_t> members;
  absl::flat_hash_set<uint32_t> seen = {group};
  std::vector<uint32_t> waiting = {group};
  while (!waiting.empty()) {
    const uint32_t next = waiting.back();
    waiting.pop_back();
    live.ForEachDirectMember(next, [&](uint32_t user) {
      members.push_back(user);
      return true;
    });
    if (!live.settings().nested_groups) break;
    live.ForEachSubgroup(next, [&](uint32_t subgroup) {
      if (seen.insert(subgroup).second) waiting.push_back(subgroup);
    });
  }
  // Those of one group ascend already, and are each there once.
  if (seen.size() > 1) {
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
  }
  return members;
}

absl::StatusOr<std::string> AddUserPage(const LiveState& live, std::optional<uint32_t> group,
                                        absl::string_view place, size_t page_size, AddRows add,
                                        size_t most_users) {
  const std::optional<Place> start = ParsePlace(place);
  if (!start) return InvalidPageTokenError();
  if (!group) {
    // Rows are skipped only of the very user that the page before ended in.
    const std::optional<uint32_t> first = live.FindUser(start->user);
    Filler filler(first ? start->skip : 0, page_size, most_users, add);
    live.ForEachUserFrom(start->user, [&](uint32_t user, absl::string_view id) {
      return filler.Visit(user, id, id);
    });
    return std::move(filler).next();
  }
  uint32_t from = 0;
  if (!start->user.empty() && !absl::SimpleAtoi(start->user, &from)) return InvalidPageTokenError();
  const std::vector<uint32_t> members = MembersOf(live, *group);
  auto it = std::lower_bound(members.begin(), members.end(), from);
  Filler filler(it != members.end() && *it == from ? start->skip : 0, page_size, most_users, add);
  while (it != members.end() && filler.Visit(*it, live.UserIdOf(*it), absl::StrCat(*it))) ++it;
  return std::move(filler).next();
}

}  // namespace seatwise
