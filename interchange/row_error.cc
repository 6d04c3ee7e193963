#include "interchange/row_error.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/model/limits.h"

namespace seatwise {
namespace {

// By place; of one place, in an order that does not depend on which was found first.
bool IsBefore(const RowError& a, const RowError& b) {
  return std::tie(a.line, a.column, a.reason) < std::tie(b.line, b.column, b.reason);
}

}  // namespace

std::string RowError::ToString() const {
  if (line == 0) return absl::StrCat(file, ": ", reason);
  return absl::StrCat(file, ":", line, ":", column, ": ", reason);
}

std::ostream& operator<<(std::ostream& out, const RowError& error) {
  return out << error.ToString();
}

void ErrorList::Add(RowError error) {
  ++count_;
  errors_.push_back(std::move(error));
  if (errors_.size() >= 2 * kMaxReportedErrors) Trim();
}

void ErrorList::Append(ErrorList other, int64_t line_base) {
  for (RowError& error : other.errors_) error.line += line_base;
  count_ += other.count_;
  std::move(other.errors_.begin(), other.errors_.end(), std::back_inserter(errors_));
  if (errors_.size() >= 2 * kMaxReportedErrors) Trim();
}

std::vector<RowError> ErrorList::Take() && {
  Trim();
  return std::move(errors_);
}

void ErrorList::Trim() {
  std::sort(errors_.begin(), errors_.end(), IsBefore);
  if (errors_.size() > kMaxReportedErrors) errors_.resize(kMaxReportedErrors);
}

}  // namespace seatwise
