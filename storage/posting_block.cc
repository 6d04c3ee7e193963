#include "storage/posting_block.h"

#include <bit>
#include <cstring>
#include <optional>

#include "absl/numeric/bits.h"
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
  bool Read(uint64_t& value) { return ReadShort(value) || ReadSlowly(value); }

  bool AtEnd() const { return next_ == end_; }
  size_t left() const { return static_cast<size_t>(end_ - next_); }

 private:
  // A value of at most 8 bytes with as many left to read, at once: which byte ends it nobody can
  // foresee, so a loop over bytes would be mispredicted at each value. False: not so.
  bool ReadShort(uint64_t& value) {
    if (std::endian::native != std::endian::little || left() < sizeof(value)) return false;
    uint64_t bytes = 0;
    std::memcpy(&bytes, next_, sizeof(bytes));
    const uint64_t ends = ~bytes & 0x8080808080808080;
    if (ends == 0) return false;
    next_ += absl::countr_zero(ends) / 8 + 1;
    bytes &= ends ^ (ends - 1);  // What comes behind the first byte that ends a value goes away.
    // Seven bits of each byte come together: of two bytes, of two pairs, of two fours.
    bytes = (bytes & 0x007f007f007f007f) | (bytes & 0x7f007f007f007f00) >> 1;
    bytes = (bytes & 0x00003fff00003fff) | (bytes & 0x3fff00003fff0000) >> 2;
    value = (bytes & 0x000000000fffffff) | (bytes & 0x0fffffff00000000) >> 4;
    return true;
  }

  bool ReadSlowly(uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64 && next_ != end_; shift += 7) {
      const uint64_t byte = static_cast<unsigned char>(*next_++);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return shift < 63 || byte <= 1;
    }
    return false;
  }

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
  const size_t before = numbers.size();
  numbers.resize(before + count);
  uint64_t varint = 0;
  uint64_t next = 0;
  for (uint32_t& number : absl::MakeSpan(numbers).subspan(before)) {
    if (!reader.Read(varint) || varint > UINT32_MAX || next + varint > UINT32_MAX) {
      return Damaged();
    }
    number = static_cast<uint32_t>(next + varint);
    next += varint + 1;
  }
  if (kind == PostingKind::kWithTimes) {
    added_at.resize(before + count);
    int64_t time = 0;
    for (Time& at : absl::MakeSpan(added_at).subspan(before)) {
      if (!reader.Read(varint)) return Damaged();
      time = Plus(time, UnZigZag(varint));
      at = Time{time};
    }
  }
  return reader.AtEnd() ? absl::OkStatus() : Damaged();
}

}  // namespace seatwise
