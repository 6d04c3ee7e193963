// What one append writes: puts and deletions of keys of one tenant, applied together or not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace seatwise {

// The most that one batch may hold, in bytes of keys and values. What is larger is staged in
// chunks that stay invisible until a last small batch names them.
inline constexpr size_t kMaxBatchBytes = 10'000'000;

// An ordered list of writes; of two writes to one key the later one holds. Keys and values are any
// bytes; the empty key is a key. Copied in, so nothing needs to outlive a call. Value type.
class Batch {
 public:
  struct Write {
    absl::string_view key;
    absl::string_view value;  // Empty for a deletion.
    bool deletion = false;
  };

  void Put(absl::string_view key, absl::string_view value);
  // A key that is absent may be deleted.
  void Delete(absl::string_view key);
  void Clear();

  // Bytes of all keys and values: what kMaxBatchBytes bounds.
  size_t bytes() const { return bytes_.size(); }
  // How many writes there are.
  size_t size() const { return writes_.size(); }
  bool empty() const { return writes_.empty(); }

  // The write at `index` (below size()), in the order given. The views live until the batch
  // changes.
  Write write(size_t index) const;

 private:
  struct Place {
    size_t begin;  // Of the key in bytes_; the value follows it.
    size_t key_size;
    size_t value_size;
    bool deletion;
  };

  std::string bytes_;
  std::vector<Place> writes_;
};

}  // namespace seatwise
