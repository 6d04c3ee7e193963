// From stored rows to facts: what a scan over a table of facts finds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "storage/fact_keys.h"
#include "storage/record.pb.h"
#include "storage/store.h"

namespace seatwise {

// Turns rows of one snapshot into facts; looks up the names that rows tell by number. Everything
// fails as the snapshot does, and with DATA_LOSS if a row or a name that it needs is damaged or
// missing. One thread.
class RowReader {
 public:
  // `snapshot` outlives the reader.
  RowReader(const Snapshot& snapshot, TenantNumber tenant) : snapshot_(snapshot), tenant_(tenant) {}

  // A row of any table with one fact in a row: those of TableOf(FactKind) except kMembers, and
  // kInnerGroup.
  absl::StatusOr<Fact> Read(absl::string_view key, absl::string_view value);

  // The names of numbers that rows tell. The last ones are remembered.
  absl::StatusOr<UserId> User(uint32_t number);
  absl::StatusOr<GroupId> Group(uint32_t number);
  absl::StatusOr<Principal> Named(NumberedPrincipal principal);

 private:
  absl::StatusOr<storage::UserNameRecord> UserName(uint32_t number);
  absl::StatusOr<storage::GroupNameRecord> GroupName(uint32_t number);
  absl::StatusOr<Fact> ReadUser(absl::string_view value);
  absl::StatusOr<Fact> ReadGroup(absl::string_view value);
  absl::StatusOr<Fact> ReadInnerGroup(absl::string_view key, absl::string_view value);
  absl::StatusOr<Fact> ReadAssignment(absl::string_view key, absl::string_view value);
  absl::StatusOr<Fact> ReadObserved(absl::string_view key, absl::string_view value);

  // Rows come by group, or by principal: mostly the same name as before.
  struct Remembered {
    uint32_t number = 0;
    std::optional<std::string> id;
  };

  const Snapshot& snapshot_;
  TenantNumber tenant_;
  Remembered user_;
  Remembered group_;
};

}  // namespace seatwise
