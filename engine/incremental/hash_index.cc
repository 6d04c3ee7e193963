#include "engine/incremental/hash_index.h"

#include <algorithm>

#include "base/check.h"

namespace seatwise {

HashIndex::HashIndex(absl::Span<const HashedNumber> entries)
    : size_(static_cast<uint32_t>(entries.size())) {
  if (entries.empty()) return;
  // One more than they need: then one is not full, where every search ends.
  Lines lines(entries.size() / kMeanEntries + 1);
  constexpr size_t kAhead = 16;
  for (size_t i = 0; i < entries.size(); ++i) {
    const HashedNumber& ahead = entries[std::min(i + kAhead, entries.size() - 1)];
    PrefetchLineToWrite(&lines[LineOf(lines, ahead.hash)]);
    Put(lines, entries[i]);
  }
  lines_ = std::make_shared<const Lines>(std::move(lines));
}

void HashIndex::Put(Lines& lines, const HashedNumber& entry) {
  SEATWISE_CHECK(entry.number != kNone) << "no number";
  size_t at = LineOf(lines, entry.hash);
  while (lines[at].full()) at = LineAfter(lines, at);
  Line& line = lines[at];
  const auto place = std::find(line.numbers.begin(), line.numbers.end(), kNone);
  line.tags[static_cast<size_t>(place - line.numbers.begin())] = TagOf(entry.hash);
  *place = entry.number;
}

void HashIndex::Insert(const HashedNumber& entry) {
  added_.Insert(entry);
  ++size_;
}

void HashIndex::Erase(const HashedNumber& entry) {
  added_.Erase(entry);
  --size_;
}

}  // namespace seatwise
