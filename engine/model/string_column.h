// Many strings in one piece of memory.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace seatwise {

// Strings stored end to end. Append only; values stay where they are until the next Add.
class StringColumn {
 public:
  void Add(absl::string_view text) {
    bytes_.append(text.data(), text.size());
    ends_.push_back(bytes_.size());
  }
  // Adds all of another column.
  void Append(const StringColumn& other) {
    const size_t before = bytes_.size();
    bytes_.append(other.bytes_);
    for (const size_t end : other.ends_) ends_.push_back(before + end);
  }
  void Reserve(size_t strings, size_t bytes) {
    ends_.reserve(strings);
    bytes_.reserve(bytes);
  }

  size_t size() const { return ends_.size(); }
  // The bytes of all strings together.
  size_t bytes() const { return bytes_.size(); }
  absl::string_view operator[](size_t i) const {
    const size_t begin = i == 0 ? 0 : ends_[i - 1];
    return {bytes_.data() + begin, ends_[i] - begin};
  }

 private:
  std::string bytes_;
  std::vector<size_t> ends_;
};

}  // namespace seatwise
