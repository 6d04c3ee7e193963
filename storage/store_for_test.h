// Both stores, for tests of what lies over them. Test only.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "base/check.h"
#include "gtest/gtest.h"
#include "storage/memory_store.h"
#include "storage/rocks_store.h"
#include "storage/store.h"

namespace seatwise {

enum class StoreKind { kMemory, kRocks };

// A store that can be opened again.
class StoreForTest {
 public:
  explicit StoreForTest(StoreKind kind) : kind_(kind) {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string(test->test_suite_name()) + test->name();
    for (char& c : name) c = c == '/' ? '_' : c;
    path_ = ::testing::TempDir() + name;
    std::filesystem::remove_all(path_);
    Open();
  }

  Store& operator*() { return *store_; }
  Store* operator->() { return store_.get(); }

  // What was appended is there again. In memory the store simply stays.
  void Reopen() {
    if (kind_ == StoreKind::kMemory) return;
    store_.reset();
    Open();
  }

 private:
  void Open() {
    if (kind_ == StoreKind::kMemory) {
      store_ = NewMemoryStore();
      return;
    }
    RocksStoreOptions options;
    options.path = path_;
    options.create_if_missing = true;
    absl::StatusOr<std::unique_ptr<Store>> store = OpenRocksStore(options);
    SEATWISE_CHECK(store.ok()) << store.status();
    store_ = *std::move(store);
  }

  StoreKind kind_;
  std::string path_;
  std::unique_ptr<Store> store_;
};

}  // namespace seatwise
