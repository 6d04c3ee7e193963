// Numbers by the hash of what they stand for, of which most are there from the beginning.
//
//   lines   [ tags | numbers ] [ tags | numbers ] ..    those it was built with: never changed,
//                                                       shared by all versions
//   trie                                                those inserted since (hash_trie.h)
//
// A line is what comes into the cache together, and a hash says which: a user is found at the
// price of one place in memory, where a trie of a million takes two or three, one after the other.
// Finding a user and what it has takes 1.1 us on preset L, and took 1.3 with a trie of all
// (query_bench).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "base/prefetch.h"
#include "engine/incremental/hash_trie.h"

namespace seatwise {

// Like an int: a version may be read by any number of threads as long as none changes that very
// object; copies are independent, also across threads.
class HashIndex {
  struct Line;

 public:
  HashIndex() = default;
  // In any order, without repetitions.
  explicit HashIndex(absl::Span<const HashedNumber> entries);

  uint32_t size() const { return size_; }

  // Calls visit(number) for all numbers with this hash, until one answers false, and maybe for
  // others: for numbers that were erased, and for those of a hash that looks alike. So each is a
  // guess, to be compared with what is looked for.
  template <typename Visit>
  void ForEachOf(uint64_t hash, Visit visit) const;

  // Numbers are given once: one that was erased is never inserted again.
  void Insert(const HashedNumber& entry);
  // It is there. What a line has stays there, and counts no more.
  void Erase(const HashedNumber& entry);

  // A way to a hash, as HashTrie::Descent.
  class Descent {
   public:
    Descent(const HashIndex& index, uint64_t hash)
        : index_(&index), hash_(hash), trie_(index.added_, hash) {}

    // Fetches what the next step reads; false at the end.
    bool Down();
    // At the end: a number that ForEachOf visits.
    std::optional<uint32_t> Number() const;

   private:
    const HashIndex* index_;
    uint64_t hash_;
    HashTrie::Descent trie_;
    bool has_line_ = false;  // It is on its way into the cache.
  };

 private:
  static constexpr size_t kLineEntries = kCacheLine / sizeof(uint64_t);
  // So that one line in fifty is full, and somebody has to look at the next as well.
  static constexpr size_t kMeanEntries = kLineEntries / 2;
  static constexpr uint32_t kNone = 0xffffffff;

  // Filled from the left; the rest has kNone.
  struct alignas(kCacheLine) Line {
    Line() { numbers.fill(kNone); }

    std::array<uint32_t, kLineEntries> tags{};  // The last bits of each hash.
    std::array<uint32_t, kLineEntries> numbers;

    bool full() const { return numbers.back() != kNone; }
  };
  using Lines = std::vector<Line>;

  static uint32_t TagOf(uint64_t hash) { return static_cast<uint32_t>(hash); }
  // Where a hash begins to look, by its first bits.
  static size_t LineOf(const Lines& lines, uint64_t hash) {
    return static_cast<size_t>((hash >> 32) * lines.size() >> 32);
  }
  // Where it looks after a line that is full.
  static size_t LineAfter(const Lines& lines, size_t at) {
    return at + 1 == lines.size() ? 0 : at + 1;
  }
  static void Put(Lines& lines, const HashedNumber& entry);

  std::shared_ptr<const Lines> lines_;  // Nothing, or one of them is not full.
  HashTrie added_;
  uint32_t size_ = 0;
};

template <typename Visit>
void HashIndex::ForEachOf(uint64_t hash, Visit visit) const {
  if (lines_ != nullptr) {
    for (size_t at = LineOf(*lines_, hash);; at = LineAfter(*lines_, at)) {
      const Line& line = (*lines_)[at];
      for (size_t i = 0; i < kLineEntries; ++i) {
        if (line.tags[i] != TagOf(hash) || line.numbers[i] == kNone) continue;
        if (!visit(line.numbers[i])) return;
      }
      if (!line.full()) break;
    }
  }
  added_.ForEachOf(hash, visit);
}

inline bool HashIndex::Descent::Down() {
  if (trie_.Down()) return true;
  if (has_line_ || index_->lines_ == nullptr) return false;
  has_line_ = true;
  PrefetchLine(&(*index_->lines_)[LineOf(*index_->lines_, hash_)]);
  return true;
}

inline std::optional<uint32_t> HashIndex::Descent::Number() const {
  std::optional<uint32_t> found;
  index_->ForEachOf(hash_, [&](uint32_t number) {
    found = number;
    return false;
  });
  return found;
}

}  // namespace seatwise
