// The keys of several tables as one: how threads number keys together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "base/executor.h"
#include "engine/batch/key_table.h"

namespace seatwise {

// Numbers keys in the order of their first appearance in the first table, then in the second, and
// so on: tables that each met a range of some sequence give the numbers that one table of the whole
// sequence would give. Immutable; reads from any thread.
class MergedKeys {
 public:
  MergedKeys(std::vector<KeyTable> tables, Executor& executor);

  size_t size() const { return where_.size(); }
  Key operator[](uint32_t number) const {
    return tables_[where_[number].table][where_[number].number];
  }
  // How often the key came, in all tables.
  uint32_t times(uint32_t number) const { return times_[number]; }
  // By a table's own number of a key: its number here.
  absl::Span<const uint32_t> NumbersOf(size_t table) const { return numbers_[table]; }

 private:
  // A key's first appearance.
  struct Where {
    uint32_t table = 0;
    uint32_t number = 0;
  };

  void FindInEarlierTables(size_t table, Executor& executor);

  std::vector<KeyTable> tables_;
  std::vector<std::vector<uint32_t>> numbers_;  // By table.
  std::vector<Where> where_;                    // By number.
  std::vector<uint32_t> times_;                 // By number.
};

}  // namespace seatwise
