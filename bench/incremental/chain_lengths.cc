#include "bench/incremental/chain_lengths.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "absl/strings/str_cat.h"

namespace seatwise {
namespace {

// 0, 1, 2, 3 to 4, 5 to 8: bar b > 0 ends with 2^(b-1).
size_t BarOf(uint64_t length) {
  return length == 0 ? 0 : static_cast<size_t>(std::bit_width(length - 1)) + 1;
}

}  // namespace

std::optional<double> MedianOf(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::optional<double> ChainLengths::MedianUpTo(uint64_t length) const {
  std::vector<double> micros;
  for (const auto& [of_change, time] : changes_) {
    if (of_change <= length) micros.push_back(time);
  }
  return MedianOf(std::move(micros));
}

std::optional<double> ChainLengths::MedianPerFurther(uint64_t length) const {
  const std::optional<double> without = MedianUpTo(length);
  if (!without) return std::nullopt;
  std::vector<double> micros;
  for (const auto& [of_change, time] : changes_) {
    if (of_change <= length) continue;
    micros.push_back((time - *without) / static_cast<double>(of_change - length));
  }
  return MedianOf(std::move(micros));
}

std::vector<int64_t> ChainLengths::Histogram() const {
  std::vector<int64_t> bars;
  for (const auto& [length, time] : changes_) {
    const size_t bar = BarOf(length);
    if (bar >= bars.size()) bars.resize(bar + 1);
    ++bars[bar];
  }
  return bars;
}

std::string ChainLengths::NameOfBar(size_t bar) {
  if (bar <= 2) return absl::StrCat(bar);
  return absl::StrCat((uint64_t{1} << (bar - 2)) + 1, "-", uint64_t{1} << (bar - 1));
}

}  // namespace seatwise
