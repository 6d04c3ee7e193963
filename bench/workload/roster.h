// All direct memberships of users, by group: the order in which directories export them.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "bench/workload/tenant.h"

namespace seatwise::workload {

struct Member {
  uint32_t user;
  uint32_t time;
};

// 8 bytes a membership. Immutable after construction; any thread.
class Roster {
 public:
  // Reads the memberships of users 0 to `users` - 1, twice.
  Roster(JoinSource& joins, uint32_t users, uint32_t groups);

  // Ascending by user.
  absl::Span<const Member> MembersOf(uint32_t group) const {
    return absl::MakeConstSpan(members_).subspan(starts_[group], SizeOf(group));
  }
  uint64_t SizeOf(uint32_t group) const { return starts_[group + 1] - starts_[group]; }
  uint32_t groups() const { return static_cast<uint32_t>(starts_.size() - 1); }
  uint64_t size() const { return members_.size(); }

 private:
  std::vector<uint64_t> starts_;
  std::vector<Member> members_;
};

}  // namespace seatwise::workload
