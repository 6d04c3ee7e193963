// The memberships of users that a bulk load collects, as numbers, put in the order of either
// direction: users by group, and groups by user.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "base/time.h"
#include "storage/posting_block.h"

namespace seatwise {

struct MemberRow {
  uint32_t group = 0;
  uint32_t user = 0;
  Time added_at;

  friend bool operator==(const MemberRow&, const MemberRow&) = default;
};

// 16 bytes a row; sorting takes as much again for a while if rows did not come by group. One
// thread.
class MemberRows {
 public:
  void Add(const MemberRow& row) { rows_.push_back(row); }
  size_t size() const { return rows_.size(); }

  // After the last Add: orders the rows by group, then user. Answers those whose group and user are
  // those of the row before: the same membership, given again.
  std::vector<MemberRow> Sort();

  // After Sort, without repetitions. Visits the lists that are not empty, ascending by their owner
  // and each ascending by number, until a visit fails, whose error is returned. A list is good
  // during the call only.
  using Visit = absl::FunctionRef<absl::Status(uint32_t owner, absl::Span<const Posting> list)>;
  absl::Status ForEachGroup(Visit visit) const;
  // Those of users, without times.
  absl::Status ForEachUser(Visit visit) const;

 private:
  std::vector<MemberRow> rows_;
};

}  // namespace seatwise
