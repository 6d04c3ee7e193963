#include "cli/seat_bars.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostNameColumns = 22;
constexpr size_t kMostBarColumns = 24;
constexpr size_t kLeastBarColumns = 8;
constexpr size_t kMargin = 2;

// The parts of a bar, in seats.
enum Part : size_t { kHeld, kOver, kWaiting, kFree, kParts };
using Parts = std::array<int64_t, kParts>;

// The units that a holder finds: those that are parked if nothing is usable (S3).
int64_t UnitsOf(const SeatUsage& usage) { return usage.off() ? usage.parked : usage.usable; }

Parts PartsOf(const SeatUsage& usage) {
  const int64_t units = UnitsOf(usage);
  Parts parts = {};
  parts[kHeld] = std::min(usage.consumed, units);
  parts[kOver] = usage.consumed - parts[kHeld];
  parts[kWaiting] = usage.waiting;
  parts[kFree] = units - parts[kHeld];
  return parts;
}

// Columns in proportion to seats. What is there has at least one column; the largest part gives or
// takes what rounding leaves.
std::array<size_t, kParts> ColumnsOf(const Parts& parts, size_t columns) {
  std::array<size_t, kParts> shares = {};
  int64_t total = 0;
  for (const int64_t part : parts) total += part;
  if (total == 0) return shares;
  size_t used = 0;
  for (size_t i = 0; i < kParts; ++i) {
    const double exact = static_cast<double>(parts[i]) / static_cast<double>(total);
    shares[i] = static_cast<size_t>(exact * static_cast<double>(columns) + 0.5);
    if (parts[i] > 0) shares[i] = std::max<size_t>(shares[i], 1);
    used += shares[i];
  }
  *std::max_element(shares.begin(), shares.end()) += columns - used;
  return shares;
}

std::string Repeated(absl::string_view sign, size_t times) {
  std::string text;
  for (size_t i = 0; i < times; ++i) absl::StrAppend(&text, sign);
  return text;
}

std::string Bar(const SeatUsage& usage, size_t columns, const Style& style) {
  const std::array<size_t, kParts> shares = ColumnsOf(PartsOf(usage), columns);
  const Ink held = usage.off() ? Ink::kFaint : Ink::kGood;
  const std::string bar = absl::StrCat(style.Paint(held, Repeated("█", shares[kHeld])),
                                       style.Paint(Ink::kWarning, Repeated("▓", shares[kOver])),
                                       style.Paint(Ink::kBad, Repeated("×", shares[kWaiting])),
                                       style.Paint(Ink::kFaint, Repeated("░", shares[kFree])));
  return PadRight(bar, columns);
}

std::string Remarks(const SeatUsage& usage, int64_t grace) {
  std::vector<std::string> remarks;
  if (usage.off()) remarks.push_back("suspended");
  if (usage.waiting > 0) remarks.push_back(absl::StrCat(Grouped(usage.waiting), " waiting"));
  const int64_t over = PartsOf(usage)[kOver];
  if (over > 0) remarks.push_back(absl::StrCat(Grouped(over), " over"));
  if (usage.available() > 0) remarks.push_back(absl::StrCat(Grouped(usage.available()), " free"));
  if (grace > 0) remarks.push_back(absl::StrCat(Grouped(grace), " in grace"));
  return absl::StrJoin(remarks, ", ");
}

std::string NameOf(const NamedSeats& seats) {
  if (!seats.part_number.empty()) return Printable(seats.part_number);
  return Printable(seats.display_name.empty() ? seats.usage.sku.value() : seats.display_name);
}

// As they are shown.
std::vector<NamedSeats> Sorted(std::vector<NamedSeats> seats) {
  std::stable_sort(seats.begin(), seats.end(), [](const NamedSeats& a, const NamedSeats& b) {
    return std::pair(a.usage.overrun(), a.usage.consumed) >
           std::pair(b.usage.overrun(), b.usage.consumed);
  });
  return seats;
}

// A line in the making: everything but the bar.
struct Line {
  std::string name;
  SeatUsage usage;
  std::string held;
  std::string units;
  std::string remarks;
};

std::vector<Line> LinesOf(const Summary& summary, const GraceSeats& grace) {
  std::vector<Line> lines;
  for (const NamedSeats& seats : Sorted(summary.seats)) {
    const auto in_grace = grace.find(seats.usage.sku);
    lines.push_back(
        {.name = Fit(NameOf(seats), kMostNameColumns),
         .usage = seats.usage,
         .held = Grouped(seats.usage.consumed),
         .units = Grouped(UnitsOf(seats.usage)),
         .remarks = Remarks(seats.usage, in_grace == grace.end() ? 0 : in_grace->second)});
  }
  return lines;
}

size_t Widest(const std::vector<Line>& lines, std::string Line::* cell) {
  size_t widest = 0;
  for (const Line& line : lines) widest = std::max(widest, DisplayWidth(line.*cell));
  return widest;
}

}  // namespace

std::string SeatBars(const Summary& summary, const GraceSeats& grace, const Style& style) {
  const std::vector<Line> lines = LinesOf(summary, grace);
  const size_t name = Widest(lines, &Line::name);
  const size_t held = Widest(lines, &Line::held);
  const size_t units = Widest(lines, &Line::units);
  const size_t taken =
      name + held + units + Widest(lines, &Line::remarks) + 4 * kMargin + 4;  // " of ".
  const size_t bar = std::clamp(style.columns() > taken ? style.columns() - taken : 0,
                                kLeastBarColumns, kMostBarColumns);
  const std::string margin(kMargin, ' ');
  std::string text;
  for (const Line& line : lines) {
    std::string row = absl::StrCat(margin, PadRight(line.name, name), margin,
                                   Bar(line.usage, bar, style), margin, PadLeft(line.held, held),
                                   " of ", PadRight(line.units, units), margin, line.remarks);
    absl::StripTrailingAsciiWhitespace(&row);
    absl::StrAppend(&text, row, "\n");
  }
  return text;
}

}  // namespace seatwise::cli
