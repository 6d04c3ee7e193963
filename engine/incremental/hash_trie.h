// Numbers by the hash of what they stand for, of which every copy is a version of its own.
//
// Hashes are spread evenly, so that their bits say where they are and nothing is compared on the
// way: one among two millions is found in four steps, two of which are in the caches.
//
//   inner   [ a a b b b b b b | c d ... ]    Each step takes six bits. Where there are few hashes
//           a, b, d: leaves; c: inner        several slots lead to the same leaf.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/types/span.h"
#include "base/prefetch.h"
#include "engine/incremental/ref.h"

namespace seatwise {

// A number by the hash of its text.
struct HashedNumber {
  uint64_t hash = 0;
  uint32_t number = 0;

  friend bool operator==(const HashedNumber&, const HashedNumber&) = default;
  friend auto operator<=>(const HashedNumber&, const HashedNumber&) = default;
};

// A set of these. Like an int: a version may be read by any number of threads as long as none
// changes that very object; copies are independent, also across threads. Few entries have equal
// hashes: those are copied with each change of one.
class HashTrie {
  struct Leaf;
  struct Inner;
  // A node, with a mark in its lowest bit if it is a leaf; or nothing.
  class Link {
   public:
    Link() = default;
    explicit Link(const Inner* inner) : bits_(reinterpret_cast<uintptr_t>(inner)) {}
    explicit Link(const Leaf* leaf) : bits_(reinterpret_cast<uintptr_t>(leaf) | 1) {}

    explicit operator bool() const { return bits_ != 0; }
    bool is_leaf() const { return (bits_ & 1) != 0; }
    const RefCounted& node() const {
      return is_leaf() ? static_cast<const RefCounted&>(leaf()) : inner();
    }
    const Leaf& leaf() const { return *reinterpret_cast<const Leaf*>(bits_ - 1); }
    const Inner& inner() const { return *reinterpret_cast<const Inner*>(bits_); }

    friend bool operator==(Link, Link) = default;

   private:
    uintptr_t bits_ = 0;
  };

 public:
  HashTrie() = default;
  HashTrie(const HashTrie& other) : root_(other.root_), size_(other.size_) {
    if (root_) root_.node().Share();
  }
  HashTrie(HashTrie&& other) noexcept
      : root_(std::exchange(other.root_, Link())), size_(std::exchange(other.size_, 0)) {}
  HashTrie& operator=(HashTrie other) noexcept {
    std::swap(root_, other.root_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~HashTrie() { Release(root_); }

  uint32_t size() const { return size_; }

  // Calls visit(number) for the numbers with this hash, ascending, until one answers false.
  template <typename Visit>
  void ForEachOf(uint64_t hash, Visit visit) const;

  // False, and no change, if the entry is there already.
  bool Insert(const HashedNumber& entry);
  // False if the entry is not there.
  bool Erase(const HashedNumber& entry);

  // A way down to a hash, a node each step: whoever goes several ways in turn waits for the nodes
  // of all at the same time. Valid until the version changes or is gone.
  class Descent {
   public:
    Descent(const HashTrie& trie, uint64_t hash) : hash_(hash), at_(trie.root_) {}

    // Fetches what the next step reads; false at the end.
    bool Down();

   private:
    uint64_t hash_;
    Link at_;
    int level_ = 0;
  };

 private:
  static constexpr int kBits = 6;
  static constexpr size_t kFanOut = size_t{1} << kBits;
  static constexpr int kLevels = 64 / kBits;  // Below there are leaves only, of any size.
  static constexpr size_t kMaxLeaf = 24;

  // Immutable. The entries lie behind it, ascending; at least one.
  struct Leaf : RefCounted {
    uint32_t count = 0;

    absl::Span<const HashedNumber> entries() const {
      return {reinterpret_cast<const HashedNumber*>(this + 1), count};
    }
    // Those with this hash. The first is found by comparing with all: there is nothing to guess
    // wrong.
    absl::Span<const HashedNumber> Of(uint64_t hash) const {
      size_t begin = 0;
      for (const HashedNumber& entry : entries()) begin += entry.hash < hash ? 1 : 0;
      size_t end = begin;
      while (end < count && entries()[end].hash == hash) ++end;
      return entries().subspan(begin, end - begin);
    }
  };
  // Slots side by side that lead to one leaf are as many as a power of two, aligned to it, and
  // count as one reference.
  struct Inner : RefCounted {
    std::array<Link, kFanOut> children{};
  };
  // Slots from begin to end - 1.
  struct Run {
    size_t begin = 0;
    size_t end = 0;

    size_t size() const { return end - begin; }
  };

  static size_t SlotOf(uint64_t hash, int level) {
    return hash >> (64 - kBits * (level + 1)) & (kFanOut - 1);
  }
  // The entries with this hash.
  absl::Span<const HashedNumber> Of(uint64_t hash) const {
    Link at = root_;
    for (int level = 0; at && !at.is_leaf(); ++level) at = at.inner().children[SlotOf(hash, level)];
    return at ? at.leaf().Of(hash) : absl::Span<const HashedNumber>();
  }
  bool Contains(const HashedNumber& entry) const;
  static Link MakeLeaf(absl::Span<const HashedNumber> entries);
  static Link Build(absl::Span<const HashedNumber> entries, int level);
  static void BuildSlots(Inner& inner, Run run, absl::Span<const HashedNumber> entries, int level);
  static void Release(Link link);
  static Inner& Own(Link& place);
  static Run RunAt(const Inner& inner, size_t slot);
  static bool IsAlike(const Inner& inner, Run run);
  static void Fill(Inner& inner, Run run, Link link);
  static void InsertBelow(Link& place, const HashedNumber& entry, int level);
  static void EraseBelow(Link& place, const HashedNumber& entry, int level);
  static void Unite(Inner& inner, size_t slot);

  Link root_;
  uint32_t size_ = 0;
};

template <typename Visit>
void HashTrie::ForEachOf(uint64_t hash, Visit visit) const {
  for (const HashedNumber& entry : Of(hash)) {
    if (!visit(entry.number)) return;
  }
}

inline bool HashTrie::Descent::Down() {
  if (!at_ || at_.is_leaf()) return false;
  at_ = at_.inner().children[SlotOf(hash_, level_++)];
  if (!at_) return false;
  if (at_.is_leaf()) {
    PrefetchBytes(&at_.leaf(), sizeof(Leaf) + kMaxLeaf * sizeof(HashedNumber));
  } else {
    PrefetchLine(&at_.inner().children[SlotOf(hash_, level_)]);
  }
  return true;
}

}  // namespace seatwise
