#include "cli/progress_bar.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

constexpr double kSecondsBetweenDrawings = 0.1;
constexpr absl::string_view kEraseLine = "\r\x1b[K";
constexpr size_t kMostBarColumns = 30;

std::string Rate(WorkUnit unit, const WorkDone& work) {
  const auto per_second = static_cast<int64_t>(static_cast<double>(work.done) / work.seconds);
  if (unit == WorkUnit::kBytes) return absl::StrCat(HumanBytes(per_second), "/s");
  return absl::StrCat(Grouped(per_second), unit == WorkUnit::kUsers ? " users/s" : " causes/s");
}

std::string TimeLeft(const WorkDone& work) {
  const double left =
      work.seconds / static_cast<double>(work.done) * static_cast<double>(work.total - work.done);
  const auto seconds = static_cast<int64_t>(left + 0.5);
  return absl::StrFormat("%d:%02d left", seconds / 60, seconds % 60);
}

std::string Bar(double share, size_t columns) {
  const auto filled = static_cast<size_t>(share * static_cast<double>(columns));
  return absl::StrCat("[", std::string(filled, '#'), std::string(columns - filled, ' '), "]");
}

}  // namespace

std::string FormatProgress(absl::string_view label, WorkUnit unit, const WorkDone& work,
                           size_t columns) {
  const double share =
      work.total <= 0
          ? 0
          : std::clamp(static_cast<double>(work.done) / static_cast<double>(work.total), 0.0, 1.0);
  std::string figures = absl::StrFormat("%3.0f %%", share * 100);
  if (work.done > 0 && work.seconds > 0) {
    absl::StrAppend(&figures, "  ", PadLeft(Rate(unit, work), 15), "  ", TimeLeft(work));
  }
  const std::string name = PadRight(label, 8);
  const size_t taken = DisplayWidth(name) + DisplayWidth(figures) + 3;  // The brackets and a space.
  const size_t free = columns > taken ? columns - taken : 0;
  if (free < 5) return Fit(absl::StrCat(name, figures), columns);
  return absl::StrCat(name, Bar(share, std::min(free, kMostBarColumns)), " ", figures);
}

ProgressBar::ProgressBar(Console& console, std::string label, WorkUnit unit)
    : console_(console), label_(std::move(label)), unit_(unit) {}

ProgressBar::~ProgressBar() {
  if (drawn_at_ > 0) console_.Note(kEraseLine);
}

Progress ProgressBar::callback() {
  if (!console_.err().redraws()) return {};
  return [this](int64_t done, int64_t total) { Update(done, total); };
}

void ProgressBar::Update(int64_t done, int64_t total) {
  const double now = since_start_.Seconds();
  if (now - drawn_at_ < kSecondsBetweenDrawings) return;
  drawn_at_ = now;
  // The last column stays free: some terminals wrap when it is written.
  const WorkDone work{.done = done, .total = total, .seconds = now};
  console_.Note(
      absl::StrCat(kEraseLine, FormatProgress(label_, unit_, work, console_.err().columns() - 1)));
}

}  // namespace seatwise::cli
