// What every Store must do, as one suite of tests that each store's own test instantiates:
//
//   INSTANTIATE_TEST_SUITE_P(Memory, StoreConformance, testing::Values(NewMemoryStore));
//
// Restarts, damage and faults are not in it: a store in memory has none.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "storage/store.h"

namespace seatwise {

// Makes a store that holds nothing.
using StoreFactory = std::function<std::unique_ptr<Store>()>;

// Each test gets a store of its own.
class StoreConformance : public testing::TestWithParam<StoreFactory> {
 protected:
  StoreConformance() : store_(GetParam()()) {}

  Owner Open(uint32_t tenant);
  // Commits puts "key=value" and deletions "key" (without =).
  absl::Status Write(const Owner& owner, const std::vector<std::string>& writes,
                     const std::vector<Precondition>& preconditions = {});
  // The range's entries as "key=value", and then the same as of now.
  static std::vector<std::string> Entries(const Snapshot& snapshot, uint32_t tenant,
                                          const KeyRange& range = {});
  std::vector<std::string> Entries(uint32_t tenant, const KeyRange& range = {});
  // "key=value", or "-" if none.
  std::string Last(uint32_t tenant, const std::string& key, const std::string& floor = "");

  const std::unique_ptr<Store> store_;
};

}  // namespace seatwise
