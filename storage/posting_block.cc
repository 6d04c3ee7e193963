#include "storage/posting_block.h"

#include <optional>

#include "base/status_macros.h"
#include "storage/record_format.h"

namespace seatwise {
namespace {

void AppendVarint(uint64_t value, std::string& bytes) {
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
  bytes.push_back(static_cast<char>(value));
}

size_t VarintBytes(uint64_t value) {
  size_t bytes = 1;
  for (; value >= 0x80; value >>= 7) ++bytes;
  return bytes;
}

uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}

int64_t UnZigZag(uint64_t value) { return static_cast<int64_t>((value >> 1) ^ (~(value & 1) + 1)); }

// Differences of any two times, without overflow.
int64_t Minus(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b));
}
int64_t Plus(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}

// Calls visit(value) for each varint of a block in turn.
template <typename Visit>
void ForEachVarint(absl::Span<const Posting> postings, PostingKind kind, Visit visit) {
  visit(postings.size());
  int64_t before = -1;
  for (const Posting& posting : postings) {
    visit(static_cast<uint64_t>(posting.number - before - 1));
    before = posting.number;
  }
  if (kind == PostingKind::kWithoutTimes) return;
  int64_t time = 0;
  for (const Posting& posting : postings) {
    visit(ZigZag(Minus(posting.added_at.micros, time)));
    time = posting.added_at.micros;
  }
}

class VarintReader {
 public:
  explicit VarintReader(absl::string_view bytes)
      : next_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  // False if the bytes end before the value does, or it has more than 64 bits.
  bool Read(uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64 && next_ != end_; shift += 7) {
      const uint64_t byte = static_cast<unsigned char>(*next_++);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return shift < 63 || byte <= 1;
    }
    return false;
  }

  bool AtEnd() const { return next_ == end_; }
  size_t left() const { return static_cast<size_t>(end_ - next_); }

 private:
  const char* next_;
  const char* end_;
};

absl::Status Damaged() { return RecordError("a block of memberships", "is damaged"); }

}  // namespace

std::string EncodePostings(absl::Span<const Posting> postings, PostingKind kind) {
  std::string content;
  ForEachVarint(postings, kind, [&](uint64_t value) { AppendVarint(value, content); });
  return Framed(content);
}

size_t EncodedBytes(absl::Span<const Posting> postings, PostingKind kind) {
  size_t bytes = 0;
  ForEachVarint(postings, kind, [&](uint64_t value) { bytes += VarintBytes(value); });
  return bytes;
}

absl::StatusOr<std::vector<Posting>> DecodePostings(absl::string_view value, PostingKind kind) {
  PostingColumns columns;
  SEATWISE_RETURN_IF_ERROR(columns.Append(value, kind));
  std::vector<Posting> postings(columns.numbers.size());
  for (size_t i = 0; i < postings.size(); ++i) {
    postings[i].number = columns.numbers[i];
    if (kind == PostingKind::kWithTimes) postings[i].added_at = columns.added_at[i];
  }
  return postings;
}

absl::Status PostingColumns::Append(absl::string_view value, PostingKind kind) {
  SEATWISE_ASSIGN_OR_RETURN(const absl::string_view content, Unframed(value));
  VarintReader reader(content);
  uint64_t count = 0;
  // Each posting takes a byte at least: a damaged count asks for no memory.
  if (!reader.Read(count) || count > reader.left()) return Damaged();
  uint64_t varint = 0;
  uint64_t next = 0;
  for (uint64_t i = 0; i < count; ++i) {
    if (!reader.Read(varint) || varint > UINT32_MAX || next + varint > UINT32_MAX) {
      return Damaged();
    }
    numbers.push_back(static_cast<uint32_t>(next + varint));
    next += varint + 1;
  }
  int64_t time = 0;
  for (uint64_t i = 0; kind == PostingKind::kWithTimes && i < count; ++i) {
    if (!reader.Read(varint)) return Damaged();
    time = Plus(time, UnZigZag(varint));
    added_at.push_back(Time{time});
  }
  return reader.AtEnd() ? absl::OkStatus() : Damaged();
}

}  // namespace seatwise
