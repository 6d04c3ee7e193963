// Posting lists in a store: the users in a group with their times, and the groups of a user. A list
// lies in blocks of at most kMaxBlockBytes, each under the smallest number that may be in it, so a
// change of one membership rewrites one block of each direction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/time.h"
#include "storage/batch.h"
#include "storage/keys.h"
#include "storage/posting_block.h"
#include "storage/store.h"

namespace seatwise {

// A block that grows over this is cut; what is cut or loaded in bulk is filled up to
// kFullBlockBytes only, so that the next addition need not cut again.
inline constexpr size_t kMaxBlockBytes = 4096;
inline constexpr size_t kFullBlockBytes = 3072;

// All lists of one direction.
struct PostingTable {
  Table table;
  PostingKind kind;
};
inline constexpr PostingTable kMemberLists{Table::kMembers, PostingKind::kWithTimes};
inline constexpr PostingTable kGroupLists{Table::kGroupsOfUser, PostingKind::kWithoutTimes};

// Where a list is: in a table of a tenant, by its owner's number.
struct PostingListRef {
  TenantNumber tenant;
  PostingTable table;
  uint32_t owner = 0;
};

// The posting with this number, if there is one.
absl::StatusOr<std::optional<Posting>> FindPosting(const Snapshot& snapshot,
                                                   const PostingListRef& list, uint32_t number);

// Visits the postings from `from` on, ascending, until a visit answers false.
absl::Status ForEachPosting(const Snapshot& snapshot, const PostingListRef& list, uint32_t from,
                            absl::FunctionRef<bool(const Posting&)> visit);

// A posting as it shall be.
struct PostingEdit {
  uint32_t number = 0;
  std::optional<Time> added_at;  // Nothing: not in the list. In lists without times any time.
};

// Adds what `edits`, strictly ascending by number, mean for the blocks to `batch`. To remove what
// is not there is no mistake. Answers what was there before, by edit.
absl::StatusOr<std::vector<std::optional<Posting>>> EditPostings(
    const Snapshot& snapshot, const PostingListRef& list, absl::Span<const PostingEdit> edits,
    Batch& batch);

// Cuts a list, or a part of one that begins at `from`, into blocks and visits their keys and
// values.
void ForEachBlock(const PostingTable& table, uint32_t owner, uint32_t from,
                  absl::Span<const Posting> postings, size_t most_bytes,
                  absl::FunctionRef<void(std::string key, std::string value)> visit);

}  // namespace seatwise
