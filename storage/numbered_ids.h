// Ids that get numbers in the order in which they come, as a tenant's users and groups do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/model/id_table.h"

namespace seatwise {

// Grows by one id at a time, unlike an IdTable, whose numbers are ranks. Reads: any thread.
class NumberedIds {
 public:
  // No number.
  static constexpr uint32_t kNone = IdTable::kNone;

  // `first`: the number of the first one.
  explicit NumberedIds(uint32_t first) : first_(first) {}

  // Gives the next number to `id`; false if it has one already.
  bool Add(absl::string_view id);

  // The number that the next id gets.
  uint32_t next() const { return first_ + static_cast<uint32_t>(ids_.size()); }

  // kNone for an id that was not added.
  uint32_t Find(absl::string_view id) const;
  // numbers[i] becomes the number of ids[i]. The spans are equally long. Hides the latency of
  // memory.
  void FindMany(absl::Span<const absl::string_view> ids, absl::Span<uint32_t> numbers) const;

  // The id with a number that was given.
  std::string IdOf(uint32_t number) const { return std::string(ids_[number - first_]); }

 private:
  // The upper half of an id's hash, and its place among the ids.
  struct Slot {
    uint32_t tag = 0;
    uint32_t place = kNone;
  };

  void Grow();
  void Insert(size_t hash, uint32_t place);
  uint32_t Probe(absl::string_view id, size_t hash) const;

  uint32_t first_;
  StringColumn ids_;
  std::vector<Slot> slots_;  // Open addressing, linear; a power of two, at most half full.
};

}  // namespace seatwise
