// All ids of one kind, numbered in the order of their bytes, so that a tie that semantics breaks by
// id is broken by comparing numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/model/numbered_ids.h"
#include "engine/model/string_column.h"

namespace seatwise {

// An immutable set of ids. Number n is the n-th id in byte order. Reads: any thread.
class IdTable {
 public:
  // What became of the ids that a table was built from.
  struct Built;

  IdTable() = default;

  // Numbers `ids`, given in any order. An id given again keeps the number of its first appearance
  // and is reported.
  // Ids that come in order are taken as they are: a store has them so.
  static Built Build(StringColumn ids);

  size_t size() const { return ids_.size(); }
  absl::string_view operator[](size_t number) const { return ids_[number]; }

  // No number.
  static constexpr uint32_t kNone = NumberedIds::kNone;

  // The number of `id`, if it is in the table.
  std::optional<uint32_t> Find(absl::string_view id) const {
    const uint32_t number = ids_.Find(id);
    return number == kNone ? std::nullopt : std::optional<uint32_t>(number);
  }

  // Finds many ids at once, which hides the latency of memory: numbers[i] becomes the number of
  // ids[i], or kNone. The spans are equally long.
  void FindMany(absl::Span<const absl::string_view> ids, absl::Span<uint32_t> numbers) const {
    ids_.FindMany(ids, numbers);
  }

 private:
  NumberedIds ids_;
};

struct IdTable::Built {
  IdTable table;
  std::vector<uint32_t> number_of;  // By position of the given ids.
  // Positions of ids that had been given before, ascending.
  std::vector<uint32_t> repeated;
};

}  // namespace seatwise
