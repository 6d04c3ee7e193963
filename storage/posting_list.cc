// The keys of a list's blocks cut the numbers into ranges. A block may lack postings at its start,
// but no posting lies outside its block's range:
//
//   key (group, 0)  [3 7 20]     key (group, 40)  [41 90]     ...
//                    0 <= n < 40                   40 <= n < ...
#include "storage/posting_list.h"

#include <algorithm>
#include <utility>

#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "storage/record_format.h"

namespace seatwise {
namespace {

// Past the last number.
constexpr uint64_t kEndOfNumbers = uint64_t{1} << 32;

std::string BlockKey(const PostingTable& table, uint32_t owner, uint32_t from) {
  return KeyWriter(table.table).Number32(owner).Number32(from).Take();
}

std::string ListPrefix(const PostingListRef& list) {
  return KeyWriter(list.table.table).Number32(list.owner).Take();
}

// The number in a block's key.
absl::StatusOr<uint32_t> BlockStart(absl::string_view key) {
  KeyReader reader(key);
  reader.Number32();
  const std::optional<uint32_t> from = reader.Number32();
  if (!from || !reader.AtEnd()) return RecordError("a block of memberships", "has a damaged key");
  return *from;
}

struct Block {
  uint32_t from = 0;
  std::vector<Posting> postings;
  bool stored = false;
};

// The block that `number` belongs to; an empty one if none is stored.
absl::StatusOr<Block> FindBlock(const Snapshot& snapshot, const PostingListRef& list,
                                uint32_t number) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<KeyValue> found,
                            snapshot.SeekLast(list.tenant, BlockKey(list.table, list.owner, number),
                                              BlockKey(list.table, list.owner, 0)));
  if (!found) return Block();
  Block block{.stored = true};
  SEATWISE_ASSIGN_OR_RETURN(block.from, BlockStart(found->key));
  SEATWISE_ASSIGN_OR_RETURN(block.postings, DecodePostings(found->value, list.table.kind));
  return block;
}

// Where the range of the block ends that begins at `from`.
absl::StatusOr<uint64_t> EndOfBlock(const Snapshot& snapshot, const PostingListRef& list,
                                    uint32_t from) {
  const std::string start = BlockKey(list.table, list.owner, from) + '\0';
  const std::string end = EndOfPrefix(ListPrefix(list));
  absl::StatusOr<uint64_t> next = kEndOfNumbers;
  SEATWISE_RETURN_IF_ERROR(snapshot.Scan(list.tenant, {.start = start, .end = end},
                                         [&](absl::string_view key, absl::string_view) {
                                           next = BlockStart(key);
                                           return false;
                                         }));
  return next;
}

bool NumberLess(const Posting& posting, uint32_t number) { return posting.number < number; }

// The postings of a block after the edits; tells what each edit replaces.
std::vector<Posting> Merged(const std::vector<Posting>& old, absl::Span<const PostingEdit> edits,
                            std::vector<std::optional<Posting>>& before) {
  std::vector<Posting> merged;
  merged.reserve(old.size() + edits.size());
  auto rest = old.begin();
  for (const PostingEdit& edit : edits) {
    const auto place = std::lower_bound(rest, old.end(), edit.number, NumberLess);
    merged.insert(merged.end(), rest, place);
    rest = place;
    before.emplace_back();
    if (rest != old.end() && rest->number == edit.number) before.back() = *rest++;
    if (edit.added_at) merged.push_back({edit.number, *edit.added_at});
  }
  merged.insert(merged.end(), rest, old.end());
  return merged;
}

void WriteBlock(const PostingListRef& list, const Block& old, std::vector<Posting> postings,
                Batch& batch) {
  if (postings == old.postings) return;
  if (postings.empty()) return batch.Delete(BlockKey(list.table, list.owner, old.from));
  const bool too_long = EncodedBytes(postings, list.table.kind) > kMaxBlockBytes;
  ForEachBlock(list.table, list.owner, old.from, postings,
               too_long ? kFullBlockBytes : kMaxBlockBytes,
               [&](const std::string& key, const std::string& value) { batch.Put(key, value); });
}

}  // namespace

absl::StatusOr<std::optional<Posting>> FindPosting(const Snapshot& snapshot,
                                                   const PostingListRef& list, uint32_t number) {
  SEATWISE_ASSIGN_OR_RETURN(const Block block, FindBlock(snapshot, list, number));
  const auto place =
      std::lower_bound(block.postings.begin(), block.postings.end(), number, NumberLess);
  if (place == block.postings.end() || place->number != number) return std::nullopt;
  return *place;
}

absl::Status ForEachPosting(const Snapshot& snapshot, const PostingListRef& list, uint32_t from,
                            absl::FunctionRef<bool(const Posting&)> visit) {
  SEATWISE_ASSIGN_OR_RETURN(const Block first, FindBlock(snapshot, list, from));
  const std::string start = BlockKey(list.table, list.owner, first.from);
  const std::string end = EndOfPrefix(ListPrefix(list));
  absl::Status status;
  SEATWISE_RETURN_IF_ERROR(snapshot.Scan(
      list.tenant, {.start = start, .end = end}, [&](absl::string_view, absl::string_view value) {
        const absl::StatusOr<std::vector<Posting>> block = DecodePostings(value, list.table.kind);
        status = block.status();
        if (!status.ok()) return false;
        return std::all_of(block->begin(), block->end(), [&](const Posting& posting) {
          return posting.number < from || visit(posting);
        });
      }));
  return status;
}

absl::StatusOr<std::vector<std::optional<Posting>>> EditPostings(
    const Snapshot& snapshot, const PostingListRef& list, absl::Span<const PostingEdit> edits,
    Batch& batch) {
  std::vector<std::optional<Posting>> before;
  before.reserve(edits.size());
  while (!edits.empty()) {
    SEATWISE_ASSIGN_OR_RETURN(const Block block, FindBlock(snapshot, list, edits[0].number));
    size_t count = 1;
    if (edits.size() > 1) {
      SEATWISE_ASSIGN_OR_RETURN(const uint64_t end, EndOfBlock(snapshot, list, block.from));
      while (count < edits.size() && edits[count].number < end) ++count;
    }
    WriteBlock(list, block, Merged(block.postings, edits.first(count), before), batch);
    edits.remove_prefix(count);
  }
  return before;
}

void ForEachBlock(const PostingTable& table, uint32_t owner, uint32_t from,
                  absl::Span<const Posting> postings, size_t most_bytes,
                  absl::FunctionRef<void(std::string key, std::string value)> visit) {
  size_t begin = 0;
  size_t bytes = 0;
  for (size_t end = 1; end <= postings.size(); ++end) {
    // A posting costs what it adds to the one before it: less than it would at a block's start.
    const size_t of_one = end - begin == 1
                              ? EncodedBytes(postings.subspan(begin, 1), table.kind)
                              : EncodedBytes(postings.subspan(end - 2, 2), table.kind) -
                                    EncodedBytes(postings.subspan(end - 2, 1), table.kind);
    if (end - begin > 1 && bytes + of_one > most_bytes) {
      visit(BlockKey(table, owner, from),
            EncodePostings(postings.subspan(begin, end - 1 - begin), table.kind));
      begin = end - 1;
      from = postings[begin].number;
      bytes = EncodedBytes(postings.subspan(begin, 1), table.kind);
    } else {
      bytes += of_one;
    }
  }
  if (begin < postings.size()) {
    visit(BlockKey(table, owner, from), EncodePostings(postings.subspan(begin), table.kind));
  }
}

}  // namespace seatwise
