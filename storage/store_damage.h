// For tests: stores on disk as a killed process, a failing disk or a careless hand leaves them.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

#include "gtest/gtest.h"
#include "storage/rocks_store.h"
#include "storage/rocks_store_options.h"
#include "storage/store.h"

namespace seatwise {

// A path in the test's folder at which nothing is. Any thread.
inline std::string FreshPath(const std::string& name = "store") {
  static std::atomic<int> made = 0;
  return testing::TempDir() + "/" + name + "_" + std::to_string(++made);
}

inline RocksStoreOptions OptionsFor(const std::string& path) {
  RocksStoreOptions options;
  options.path = path;
  options.create_if_missing = true;
  options.memory_bytes = 8 << 20;
  options.seconds_between_resumes = 0;
  return options;
}

// The files of a store and how long each is, but for those that only tell stories.
inline std::map<std::string, uint64_t> SizesOf(const std::string& store) {
  std::map<std::string, uint64_t> sizes;
  std::error_code gone;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(store)) {
    if (entry.path().filename().string().starts_with("LOG") || !entry.is_regular_file(gone))
      continue;
    sizes[entry.path().string()] = std::filesystem::file_size(entry.path(), gone);
  }
  return sizes;
}

// What the death of a process that has the store open would leave: its files as they are at one
// moment. RocksDB removes files in the background, so a copy during which the folder has changed
// is of no moment at all, and is made again.
inline std::string CopyOf(const std::string& path) {
  for (int tries = 1;; ++tries) {
    const auto before = SizesOf(path);
    const std::string copy = FreshPath("copy");
    std::error_code error;
    std::filesystem::copy(path, copy, std::filesystem::copy_options::recursive, error);
    if (!error && SizesOf(path) == before) return copy;
    std::filesystem::remove_all(copy);
    if (tries == 100) {
      ADD_FAILURE() << "no copy of " << path << ": it changes all the time; " << error.message();
      return copy;
    }
  }
}

// Empty if there is no such file.
inline std::string ContentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

// All files of a store by their path in it, but for those that only tell stories or are empty.
inline std::map<std::string, std::string> FilesOf(const std::string& store) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(store)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || name.starts_with("LOG") || name.ends_with("LOCK")) continue;
    files[std::filesystem::relative(entry.path(), store).string()] = ContentOf(entry.path());
  }
  return files;
}

// The newest file of RocksDB's whose name starts and ends like this; its names carry numbers.
inline std::string NewestFile(const std::string& store, const std::string& starts,
                              const std::string& ends) {
  std::string newest;
  for (const auto& entry : std::filesystem::directory_iterator(store + "/rocks")) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(starts) && name.ends_with(ends)) {
      newest = std::max(newest, entry.path().string());
    }
  }
  EXPECT_NE(newest, "") << "no file " << starts << "*" << ends << " in " << store;
  return newest;
}

inline std::string LogOf(const std::string& store) { return NewestFile(store, "0", ".log"); }

inline void CutBy(const std::string& path, uint64_t bytes) {
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - bytes);
}

// Bit 0 is the lowest of the first byte.
inline void FlipBit(const std::string& path, uint64_t bit) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(bit / 8));
  const int byte = file.get() ^ (1 << bit % 8);
  file.seekp(static_cast<std::streamoff>(bit / 8));
  file.put(static_cast<char>(byte));
}

// Commits one put.
inline absl::Status PutOne(Store& store, const Owner& owner, const std::string& key,
                           const std::string& value) {
  Batch batch;
  batch.Put(key, value);
  return store.Commit(owner, batch, {}).status();
}

// The keys of a tenant; what cannot be read fails the test.
inline std::vector<std::string> KeysOf(const Store& store, TenantNumber tenant) {
  std::vector<std::string> keys;
  const absl::Status status =
      store.TakeSnapshot()->Scan(tenant, {}, [&keys](absl::string_view key, absl::string_view) {
        keys.emplace_back(key);
        return true;
      });
  EXPECT_TRUE(status.ok()) << status;
  return keys;
}

}  // namespace seatwise
