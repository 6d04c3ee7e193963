// A block of a posting list: some of the users in a group, or of the groups of a user, as
// ascending numbers, with or without the times when they were added.
//
//   value  = frame count gap... time...        (record_format.h)
//   count, gap                                 base-128 varints, as protobuf's
//   gap    = number - number before - 1        the first: the number
//   time   = zigzag(time - time before)        only in blocks with times; in microseconds
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/time.h"

namespace seatwise {

// One entry of a list.
struct Posting {
  uint32_t number = 0;
  Time added_at;  // Zero in lists without times.

  friend bool operator==(const Posting&, const Posting&) = default;
};

enum class PostingKind : uint8_t { kWithTimes, kWithoutTimes };

// Postings strictly ascending by number. Any count, none included.
std::string EncodePostings(absl::Span<const Posting> postings, PostingKind kind);

// How long the value would be, not counting the frame: what blocks are split by.
size_t EncodedBytes(absl::Span<const Posting> postings, PostingKind kind);

// Errors of Unframed; DATA_LOSS if the block is damaged.
absl::StatusOr<std::vector<Posting>> DecodePostings(absl::string_view value, PostingKind kind);

// Many blocks read one after the other, as arrays.
struct PostingColumns {
  std::vector<uint32_t> numbers;
  std::vector<Time> added_at;  // As long as `numbers`, unless all blocks are without times.

  // Adds the postings of a block behind what is here. Errors of DecodePostings: what is here is
  // then of no use.
  absl::Status Append(absl::string_view value, PostingKind kind);
};

}  // namespace seatwise
