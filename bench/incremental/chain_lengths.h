// How many users a change made the engine answer for because seats moved, and what they cost.
//
// The length of a change is PrepareStatistics::queue_repairs: evaluations beyond those of the users
// that the change itself is about. It is at least the number of seats that moved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace seatwise {

// Takes the changes of one kind, in any order. One thread.
class ChainLengths {
 public:
  // A change that took so many microseconds.
  void Add(uint64_t length, double micros) { changes_.emplace_back(length, micros); }

  // The median of the microseconds of changes up to this length; nothing if there was none.
  std::optional<double> MedianUpTo(uint64_t length) const;

  // The median, over longer changes, of the microseconds beyond MedianUpTo(length) for each user
  // beyond `length`; nothing if there is no shorter or no longer change.
  std::optional<double> MedianPerFurther(uint64_t length) const;

  // How many changes were of length 0, 1, 2, 3 to 4, 5 to 8 and so on, each twice the one before,
  // up to the longest that there was.
  std::vector<int64_t> Histogram() const;

  // What the bars of a histogram are of: "0", "1", "2", "3-4", "5-8", ...
  static std::string NameOfBar(size_t bar);

 private:
  std::vector<std::pair<uint64_t, double>> changes_;  // Length, microseconds.
};

// The middle one, of an even number the later; nothing if there is none.
std::optional<double> MedianOf(std::vector<double> values);

}  // namespace seatwise
