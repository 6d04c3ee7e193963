// Any bytes, read as a block of memberships, are refused or are a block that is written and read
// again.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/check.h"
#include "storage/posting_block.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace seatwise;  // NOLINT: one function.
  const absl::string_view value(reinterpret_cast<const char*>(data), size);
  for (const PostingKind kind : {PostingKind::kWithTimes, PostingKind::kWithoutTimes}) {
    const absl::StatusOr<std::vector<Posting>> postings = DecodePostings(value, kind);
    if (!postings.ok()) continue;
    for (size_t i = 1; i < postings->size(); ++i) {
      SEATWISE_CHECK((*postings)[i - 1].number < (*postings)[i].number);
    }
    SEATWISE_CHECK(*DecodePostings(EncodePostings(*postings, kind), kind) == *postings);
  }
  return 0;
}
