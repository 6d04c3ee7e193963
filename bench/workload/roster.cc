// A counting sort by group: the first reading counts the members of each group, the second puts
// them into place.
#include "bench/workload/roster.h"

#include <numeric>

namespace seatwise::workload {

Roster::Roster(JoinSource& joins, uint32_t users, uint32_t groups) : starts_(groups + 1) {
  for (uint32_t user = 0; user < users; ++user) {
    for (const Join& join : joins.JoinsOf(user)) ++starts_[join.group + 1];
  }
  std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
  members_.resize(starts_.back());
  std::vector<uint64_t> next(starts_.begin(), starts_.end() - 1);
  for (uint32_t user = 0; user < users; ++user) {
    for (const Join& join : joins.JoinsOf(user)) {
      members_[next[join.group]++] = {user, join.time};
    }
  }
}

}  // namespace seatwise::workload
