#include "storage/group_lists.h"

#include <optional>
#include <string>

#include "base/status_macros.h"
#include "storage/keys.h"
#include "storage/posting_list.h"
#include "storage/record_format.h"

namespace seatwise {
namespace {

// The second numbers of the keys of `table` whose first one is `owner`.
absl::Status ForEachPair(const Snapshot& snapshot, TenantNumber tenant, Table table, uint32_t owner,
                         uint32_t from, absl::FunctionRef<bool(uint32_t)> visit) {
  const std::string start = KeyWriter(table).Number32(owner).Number32(from).Take();
  const std::string end = EndOfPrefix(KeyWriter(table).Number32(owner).Take());
  absl::Status status;
  SEATWISE_RETURN_IF_ERROR(snapshot.Scan(
      tenant, {.start = start, .end = end}, [&](absl::string_view key, absl::string_view) {
        KeyReader reader(key);
        reader.Number32();
        const std::optional<uint32_t> other = reader.Number32();
        if (!other || !reader.AtEnd()) {
          status = RecordError("a group in a group", "has a damaged key");
          return false;
        }
        return visit(*other);
      }));
  return status;
}

}  // namespace

absl::Status ForEachGroupOf(const Snapshot& snapshot, TenantNumber tenant, NumberedPrincipal member,
                            uint32_t from, absl::FunctionRef<bool(uint32_t group)> visit) {
  if (member.is_group) {
    return ForEachPair(snapshot, tenant, Table::kOuterGroup, member.number, from, visit);
  }
  return ForEachPosting(snapshot, {tenant, kGroupLists, member.number}, from,
                        [&](const Posting& posting) { return visit(posting.number); });
}

absl::Status ForEachInnerGroup(const Snapshot& snapshot, TenantNumber tenant, uint32_t group,
                               absl::FunctionRef<bool(uint32_t inner)> visit) {
  return ForEachPair(snapshot, tenant, Table::kInnerGroup, group, 0, visit);
}

}  // namespace seatwise
