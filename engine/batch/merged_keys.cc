// What is slow is to find the keys of a table in those before it, which are larger than the caches.
// All threads do that, as nothing is added meanwhile; keys that are new stay where they are. Beside
// one table that takes in the keys of the others: 2 of 49 ms on preset L, and the copies.
#include "engine/batch/merged_keys.h"

#include <utility>

namespace seatwise {

MergedKeys::MergedKeys(std::vector<KeyTable> tables, Executor& executor)
    : tables_(std::move(tables)), numbers_(tables_.size()) {
  for (uint32_t table = 0; table < tables_.size(); ++table) {
    std::vector<uint32_t>& numbers = numbers_[table];
    numbers.assign(tables_[table].size(), KeyTable::kNone);
    FindInEarlierTables(table, executor);
    for (uint32_t own = 0; own < numbers.size(); ++own) {
      if (numbers[own] == KeyTable::kNone) {
        numbers[own] = static_cast<uint32_t>(where_.size());
        where_.push_back({table, own});
        times_.push_back(0);
      }
      times_[numbers[own]] += tables_[table].times(own);
    }
  }
}

void MergedKeys::FindInEarlierTables(size_t table, Executor& executor) {
  constexpr size_t kAhead = 16;
  const KeyTable& keys = tables_[table];
  std::vector<uint32_t>& numbers = numbers_[table];
  if (table == 0) return;
  ParallelShards(executor, keys.size(), [&](Shard shard) {
    std::vector<uint32_t> hashes;
    hashes.reserve(shard.end - shard.begin);
    for (size_t own = shard.begin; own < shard.end; ++own) {
      hashes.push_back(KeyTable::HashOf(keys[static_cast<uint32_t>(own)]));
    }
    for (size_t earlier = 0; earlier < table; ++earlier) {
      const KeyTable& known = tables_[earlier];
      for (size_t i = 0; i < hashes.size(); ++i) {
        if (i + 2 * kAhead < hashes.size()) known.Fetch(hashes[i + 2 * kAhead]);
        if (i + kAhead < hashes.size()) known.Touch(hashes[i + kAhead]);
        const auto own = static_cast<uint32_t>(shard.begin + i);
        if (numbers[own] != KeyTable::kNone) continue;
        const uint32_t found = known.Find(keys[own], hashes[i]);
        if (found != KeyTable::kNone) numbers[own] = numbers_[earlier][found];
      }
    }
  });
}

}  // namespace seatwise
