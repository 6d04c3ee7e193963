#include "storage/head.h"

#include <algorithm>

#include "base/status_macros.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"

namespace seatwise {

std::string EncodeHead(const Head& head) {
  storage::HeadRecord record;
  record.set_revision(head.revision);
  record.set_commit_time(head.commit_time.micros);
  record.set_next_user(head.next.user);
  record.set_next_group(head.next.group);
  for (const uint64_t count : head.counts) record.add_counts(count);
  record.set_rule_version(head.rule_version);
  return EncodeMessage(record);
}

absl::StatusOr<Head> DecodeHead(absl::string_view value) {
  SEATWISE_ASSIGN_OR_RETURN(const storage::HeadRecord record, Decoded<storage::HeadRecord>(value));
  Head head{.revision = record.revision(),
            .commit_time = Time{record.commit_time()},
            .next = {.user = record.next_user(), .group = record.next_group()},
            .rule_version = record.rule_version()};
  if (record.counts_size() != static_cast<int>(kFactKinds)) {
    return RecordError("a tenant's head", "does not count each kind of facts");
  }
  std::copy(record.counts().begin(), record.counts().end(), head.counts.begin());
  return head;
}

}  // namespace seatwise
