// The rows of the page, part by part, within bounds: of their number, and of the bytes that all of
// them take together. One thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"

namespace seatwise::cli {

// The revisions that answers were from.
struct SeenRevisions {
  int64_t first = 0;  // 0: none yet.
  int64_t last = 0;

  void Saw(int64_t revision) {
    first = first == 0 ? revision : std::min(first, revision);
    last = std::max(last, revision);
  }
  void Saw(const SeenRevisions& others) {
    if (others.first == 0) return;
    Saw(others.first);
    Saw(others.last);
  }
};

// The rows of one part, and how many there are beyond.
class PagePart {
 public:
  // No page has room for more: what is longer need not wait to be cut.
  static constexpr size_t kMostBytes = 5'000'000;

  // Has room for so many rows that take so many bytes.
  PagePart(std::string name, size_t most, size_t most_bytes = kMostBytes)
      : name_(std::move(name)), most_(most), most_bytes_(most_bytes) {}

  // Counts a row, JSON as page_rows.h makes it, and keeps it if there is room. Whether there was.
  bool Add(const std::string& row);
  // How many rows there are, where somebody else has counted them.
  void SetAll(int64_t all) { all_ = all; }
  // There are more than were counted.
  void LeaveOpen() { open_ = true; }

  size_t shown() const { return rows_.size(); }
  // What the rows take in the page, in bytes of it.
  size_t bytes() const { return bytes_; }

  // Drops the rows that do not fit into so many bytes, from the end of the part, and says whether
  // there were any. A row too long for its part does not keep out shorter ones behind it.
  bool FitInto(size_t bytes);

  // Members of the page's object: "seats":[...], "more_seats":17, and "open_seats":true where more
  // than that may be left out.
  std::string ToMembers() const;

 private:
  std::string name_;
  size_t most_;
  size_t most_bytes_;
  std::vector<std::string> rows_;  // As they stand in the page, where some characters are escapes.
  size_t bytes_ = 0;
  int64_t all_ = 0;
  bool open_ = false;
};

// How `total` is shared by those who want so much: each gets what it wants, or as much as every
// other that does not.
std::vector<size_t> FairShares(absl::Span<const size_t> wanted, size_t total);

// Cuts parts fairly, so that together they take at most so many bytes. Whether that took a cut.
bool FitParts(std::vector<PagePart>& parts, size_t bytes);

}  // namespace seatwise::cli
