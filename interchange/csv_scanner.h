// Finds the bytes that structure a CSV file: comma, quote, LF and CR; and NUL, which no text has.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/numeric/bits.h"

namespace seatwise {

// Bit i is set iff bytes[i] structures CSV. Reads 64 bytes.
uint64_t StructuralBits(const char* bytes);

// Walks over the structuring bytes of a buffer, ascending. The buffer must be readable for
// kPadding bytes beyond its size.
class CsvScanner {
 public:
  static constexpr size_t kPadding = 64;

  CsvScanner() = default;
  CsvScanner(const char* data, size_t size, size_t begin) : data_(data), size_(size), base_(begin) {
    if (base_ < size_) bits_ = StructuralBits(data_ + base_);
  }

  // The position of the next structuring byte, or the size of the buffer.
  size_t Next() {
    while (bits_ == 0) {
      base_ += 64;
      if (base_ >= size_) return size_;
      bits_ = StructuralBits(data_ + base_);
    }
    const size_t position = base_ + static_cast<size_t>(absl::countr_zero(bits_));
    bits_ &= bits_ - 1;
    return position < size_ ? position : size_;
  }

 private:
  const char* data_ = nullptr;
  size_t size_ = 0;
  size_t base_ = 0;    // The block of 64 bytes that is looked at.
  uint64_t bits_ = 0;  // What is left of it.
};

}  // namespace seatwise
