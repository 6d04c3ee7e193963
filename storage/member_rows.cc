// Numbers are dense, so rows are counted and dealt out, which is one pass over memory where a sort
// makes twenty:
//
//   rows             (g1 u5) (g0 u7) (g1 u2)
//   dealt by group   (g0 u7) | (g1 u5) (g1 u2)      then each group is sorted by user
//   dealt by user    u2: g1 | u5: g1 | u7: g0       groups ascend, since rows did
#include "storage/member_rows.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"

namespace seatwise {
namespace {

// By number, where its rows begin once they are dealt out; one more for the end.
template <typename NumberOf>
std::vector<size_t> BeginsOf(const std::vector<MemberRow>& rows, NumberOf number_of) {
  uint32_t largest = 0;
  for (const MemberRow& row : rows) largest = std::max(largest, number_of(row));
  std::vector<size_t> begins(size_t{largest} + 2);
  for (const MemberRow& row : rows) ++begins[size_t{number_of(row)} + 1];
  for (size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  return begins;
}

uint32_t GroupOf(const MemberRow& row) { return row.group; }
uint32_t UserOf(const MemberRow& row) { return row.user; }

}  // namespace

std::vector<MemberRow> MemberRows::Sort() {
  const auto by_group = [](const MemberRow& a, const MemberRow& b) { return a.group < b.group; };
  if (!std::is_sorted(rows_.begin(), rows_.end(), by_group)) {
    std::vector<size_t> next = BeginsOf(rows_, GroupOf);
    std::vector<MemberRow> dealt(rows_.size());
    for (const MemberRow& row : rows_) dealt[next[row.group]++] = row;
    rows_ = std::move(dealt);
  }
  std::vector<MemberRow> repeated;
  for (auto begin = rows_.begin(); begin != rows_.end();) {
    const auto end = std::upper_bound(begin, rows_.end(), *begin, by_group);
    std::sort(begin, end, [](const MemberRow& a, const MemberRow& b) { return a.user < b.user; });
    for (auto row = begin + 1; row < end; ++row) {
      if (row->user == (row - 1)->user) repeated.push_back(*row);
    }
    begin = end;
  }
  return repeated;
}

absl::Status MemberRows::ForEachGroup(Visit visit) const {
  std::vector<Posting> list;
  for (size_t i = 0; i < rows_.size();) {
    const uint32_t group = rows_[i].group;
    list.clear();
    for (; i < rows_.size() && rows_[i].group == group; ++i) {
      list.push_back({rows_[i].user, rows_[i].added_at});
    }
    SEATWISE_RETURN_IF_ERROR(visit(group, list));
  }
  return absl::OkStatus();
}

absl::Status MemberRows::ForEachUser(Visit visit) const {
  // While rows are dealt out the begin of each user moves to its end.
  std::vector<size_t> ends = BeginsOf(rows_, UserOf);
  std::vector<uint32_t> groups(rows_.size());
  for (const MemberRow& row : rows_) groups[ends[row.user]++] = row.group;
  std::vector<Posting> list;
  size_t begin = 0;
  for (uint32_t user = 0; begin < groups.size(); begin = ends[user++]) {
    if (ends[user] == begin) continue;
    list.clear();
    for (size_t i = begin; i < ends[user]; ++i) list.push_back({.number = groups[i]});
    SEATWISE_RETURN_IF_ERROR(visit(user, list));
  }
  return absl::OkStatus();
}

}  // namespace seatwise
