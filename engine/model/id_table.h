// All ids of one kind, numbered in the order of their bytes, so that a tie that semantics breaks by
// id is broken by comparing numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace seatwise {

// Strings stored end to end. Append only; values stay where they are until the next Add.
class StringColumn {
 public:
  void Add(absl::string_view text) {
    bytes_.append(text.data(), text.size());
    ends_.push_back(bytes_.size());
  }
  void Reserve(size_t strings, size_t bytes) {
    ends_.reserve(strings);
    bytes_.reserve(bytes);
  }

  size_t size() const { return ends_.size(); }
  absl::string_view operator[](size_t i) const {
    const size_t begin = i == 0 ? 0 : ends_[i - 1];
    return {bytes_.data() + begin, ends_[i] - begin};
  }

 private:
  std::string bytes_;
  std::vector<size_t> ends_;
};

// An immutable set of ids. Number n is the n-th id in byte order. Reads: any thread.
class IdTable {
 public:
  // What became of the ids that a table was built from.
  struct Built;

  IdTable() = default;

  // Numbers `ids`, given in any order. An id given again keeps the number of its first appearance
  // and is reported.
  static Built Build(const StringColumn& ids);

  size_t size() const { return ids_.size(); }
  absl::string_view operator[](size_t number) const { return ids_[number]; }

  // The number of `id`, if it is in the table.
  std::optional<uint32_t> Find(absl::string_view id) const;

  // Finds many ids at once, which hides the latency of memory: numbers[i] becomes the number of
  // ids[i], or kNone. The spans are equally long.
  static constexpr uint32_t kNone = 0xffffffff;
  void FindMany(absl::Span<const absl::string_view> ids, absl::Span<uint32_t> numbers) const;

 private:
  // A slot of the hash table: the upper half of the id's hash, and its number.
  struct Slot {
    uint32_t tag = 0;
    uint32_t number = kNone;
  };

  void BuildSlots();
  uint32_t Probe(absl::string_view id, size_t hash) const;

  StringColumn ids_;
  std::vector<Slot> slots_;  // Open addressing, linear; a power of two, at most half full.
};

struct IdTable::Built {
  IdTable table;
  std::vector<uint32_t> number_of;  // By position of the given ids.
  // Positions of ids that had been given before, ascending.
  std::vector<uint32_t> repeated;
};

}  // namespace seatwise
