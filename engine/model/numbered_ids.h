// Ids that get numbers in the order in which they come, and are found by their bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/model/string_column.h"

namespace seatwise {

// Grows by one id at a time. An IdTable is one whose ids came in the order of their bytes; a store
// gives a tenant's users and groups their numbers by one. Reads: any thread.
class NumberedIds {
 public:
  // No number.
  static constexpr uint32_t kNone = 0xffffffff;

  // `first`: the number of the first one.
  explicit NumberedIds(uint32_t first = 0) : first_(first) {}

  // Numbers ids of which none comes twice, from 0 on: as one Add after the other would, but in a
  // third of the time, since nothing is compared and nothing grows.
  static NumberedIds OfDistinct(StringColumn ids);

  // Makes room for so many ids in all.
  void Reserve(size_t ids);

  // Gives the next number to `id`; false if it has one already.
  bool Add(absl::string_view id);

  // How many have a number, and the number that the next one gets.
  size_t size() const { return ids_.size(); }
  uint32_t next() const { return first_ + static_cast<uint32_t>(ids_.size()); }

  // The id with a number that was given. Valid until the next Add.
  absl::string_view operator[](size_t number) const { return ids_[number - first_]; }

  // kNone for an id that was not added.
  uint32_t Find(absl::string_view id) const;
  // numbers[i] becomes the number of ids[i], or kNone. The spans are equally long. Hides the
  // latency of memory.
  void FindMany(absl::Span<const absl::string_view> ids, absl::Span<uint32_t> numbers) const;

 private:
  // The upper half of an id's hash, and its place among the ids.
  struct Slot {
    uint32_t tag = 0;
    uint32_t place = kNone;
  };

  void Rehash(size_t slots);
  size_t Probe(absl::string_view id, size_t hash) const;
  uint32_t NumberAt(size_t slot) const;

  uint32_t first_;
  StringColumn ids_;
  std::vector<Slot> slots_;  // Open addressing, linear; a power of two, at most half full.
};

}  // namespace seatwise
