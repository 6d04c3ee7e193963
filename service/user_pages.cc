// A place is how many rows of a user are on pages before, then who the user is: "0:ana" by id, or
// "2:17" by number. Rows of a user who changes between two pages may shift, those of others do not.
#include "service/user_pages.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

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
  Filler(size_t skip, const PageLimits& limits, AddRows add)
      : skip_(skip), left_(limits), add_(add) {}

  // Answers whether the page goes on behind this user. `name` is the user in a place.
  bool Visit(uint32_t user, absl::string_view id, absl::string_view name) {
    if (left_.rows == 0 || left_.users == 0 || left_.bytes == 0) {
      next_ = absl::StrCat("0:", name);
      return false;
    }
    --left_.users;
    const size_t skip = std::exchange(skip_, 0);
    const AddedRows added = add_(user, id, skip, left_.rows);
    if (added.rows > skip + left_.rows) {
      next_ = absl::StrCat(skip + left_.rows, ":", name);
      return false;
    }
    left_.rows -= added.rows - std::min(added.rows, skip);
    left_.bytes -= std::min(left_.bytes, added.bytes);
    return true;
  }

  std::string next() && { return std::move(next_); }

 private:
  size_t skip_;  // Rows of the first user that are on pages before.
  PageLimits left_;
  AddRows add_;
  std::string next_;
};

// The group and, in a nested tenant, all that are in it, each once.
std::vector<uint32_t> GroupsIn(const LiveState& live, uint32_t group) {
  std::vector<uint32_t> groups = {group};
  if (!live.settings().nested_groups) return groups;
  absl::flat_hash_set<uint32_t> seen = {group};
  for (size_t at = 0; at < groups.size(); ++at) {
    live.ForEachSubgroup(groups[at], [&](uint32_t subgroup) {
      if (seen.insert(subgroup).second) groups.push_back(subgroup);
    });
  }
  return groups;
}

}  // namespace

void ForEachMemberFrom(const LiveState& live, uint32_t group, uint32_t user,
                       absl::FunctionRef<bool(uint32_t)> visit) {
  const std::vector<uint32_t> groups = GroupsIn(live, group);
  if (groups.size() == 1) return live.ForEachDirectMemberFrom(group, user, visit);
  std::vector<uint32_t> members;
  for (const uint32_t each : groups) {
    live.ForEachDirectMemberFrom(each, user, [&](uint32_t member) {
      members.push_back(member);
      return true;
    });
  }
  // A page takes few of many: a heap orders no more than it is asked for.
  std::make_heap(members.begin(), members.end(), std::greater<>());
  std::optional<uint32_t> before;
  while (!members.empty()) {
    std::pop_heap(members.begin(), members.end(), std::greater<>());
    if (members.back() != before && !visit(members.back())) return;
    before = members.back();
    members.pop_back();
  }
}

absl::StatusOr<std::string> AddUserPage(const LiveState& live, std::optional<uint32_t> group,
                                        absl::string_view place, const PageLimits& limits,
                                        AddRows add) {
  const std::optional<Place> start = ParsePlace(place);
  if (!start) return InvalidPageTokenError();
  // Rows are skipped only of the very user that the page before ended in.
  if (!group) {
    const std::optional<uint32_t> first = live.FindUser(start->user);
    Filler filler(first ? start->skip : 0, limits, add);
    live.ForEachUserFrom(start->user, [&](uint32_t user, absl::string_view id) {
      return filler.Visit(user, id, id);
    });
    return std::move(filler).next();
  }
  uint32_t from = 0;
  if (!start->user.empty() && !absl::SimpleAtoi(start->user, &from)) return InvalidPageTokenError();
  std::optional<Filler> filler;
  ForEachMemberFrom(live, *group, from, [&](uint32_t user) {
    if (!filler) filler.emplace(user == from ? start->skip : 0, limits, add);
    return filler->Visit(user, live.UserIdOf(user), absl::StrCat(user));
  });
  return filler ? std::move(*filler).next() : std::string();
}

}  // namespace seatwise
