#include "cli/page_parts.h"

#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "cli/html_page.h"

namespace seatwise::cli {
namespace {

constexpr absl::string_view kBetweenRows = ",\n";

}  // namespace

bool PagePart::Add(const std::string& row) {
  ++all_;
  if (rows_.size() >= most_) return false;
  std::string escaped = EscapedJson(row);
  const size_t bytes = escaped.size() + kBetweenRows.size();
  if (bytes_ + bytes > most_bytes_) return false;
  bytes_ += bytes;
  rows_.push_back(std::move(escaped));
  return true;
}

bool PagePart::FitInto(size_t bytes) {
  if (bytes_ <= bytes) return false;
  std::vector<std::string> kept;
  bytes_ = 0;
  for (std::string& row : rows_) {
    const size_t more = row.size() + kBetweenRows.size();
    if (bytes_ + more > bytes) continue;
    bytes_ += more;
    kept.push_back(std::move(row));
  }
  rows_ = std::move(kept);
  return true;
}

std::string PagePart::ToMembers() const {
  const int64_t more = std::max<int64_t>(0, all_ - static_cast<int64_t>(rows_.size()));
  return absl::StrCat("\"", name_, "\":[\n", absl::StrJoin(rows_, kBetweenRows), "],\n\"more_",
                      name_, "\":", more,
                      open_ ? absl::StrCat(",\n\"open_", name_, "\":true") : "");
}

std::vector<size_t> FairShares(absl::Span<const size_t> wanted, size_t total) {
  std::vector<size_t> order(wanted.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t x, size_t y) { return wanted[x] < wanted[y]; });
  std::vector<size_t> shares(wanted.size());
  for (size_t i = 0; i < order.size(); ++i) {
    // What those who want less leave goes to those who want more.
    const size_t share = std::min(wanted[order[i]], total / (order.size() - i));
    shares[order[i]] = share;
    total -= share;
  }
  return shares;
}

bool FitParts(std::vector<PagePart>& parts, size_t bytes) {
  std::vector<size_t> wanted;
  for (const PagePart& part : parts) wanted.push_back(part.bytes());
  const std::vector<size_t> shares = FairShares(wanted, bytes);
  bool cut = false;
  for (size_t i = 0; i < parts.size(); ++i) cut = parts[i].FitInto(shares[i]) || cut;
  return cut;
}

}  // namespace seatwise::cli
