#include "bench/workload/timeline.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace seatwise::workload {

namespace {

constexpr int kFirstYear = 2023;

using DayText = std::array<char, 10>;

void PutDigits(char* out, int count, uint32_t value) {
  for (int i = count - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
}

DayText SpellDay(int year, int month, int day) {
  DayText text = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0'};
  PutDigits(&text[0], 4, year);
  PutDigits(&text[5], 2, month);
  PutDigits(&text[8], 2, day);
  return text;
}

int DaysOfMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  // The timeline holds no year that is divisible by 100.
  return kDays[month - 1] + (month == 2 && year % 4 == 0 ? 1 : 0);
}

// Spelling a day takes far longer than copying it, and there are few.
std::vector<DayText> SpellAllDays() {
  std::vector<DayText> days;
  for (int year = kFirstYear; days.size() < kTimelineDays; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= DaysOfMonth(year, month); ++day) {
        days.push_back(SpellDay(year, month, day));
      }
    }
  }
  return days;
}

const DayText& DayOf(uint32_t second) {
  static const auto* const kDays = new std::vector<DayText>(SpellAllDays());
  return (*kDays)[second / kDaySeconds];
}

// The next run, at or after `second`, of a job that runs every second Sunday at 02:00.
uint32_t NextBulkRun(uint32_t second) {
  constexpr uint32_t kPeriod = 14 * kDaySeconds;
  constexpr uint32_t kFirstRun = 2 * 3600;
  if (second <= kFirstRun) return kFirstRun;
  return (second - kFirstRun + kPeriod - 1) / kPeriod * kPeriod + kFirstRun;
}

}  // namespace

uint32_t PickTime(Random& random, uint32_t from) {
  const uint32_t second = from + random.Below(kTimelineSeconds - from);
  const uint32_t habit = random.Below(100);
  if (habit < 35) return std::min(NextBulkRun(second), kTimelineSeconds - 1);
  if (habit < 60) return std::max(second - second % kDaySeconds, from);
  return second;
}

TimeText SpellTime(uint32_t second) {
  TimeText time;
  time.size = 20;
  char* out = time.text.data();
  std::memcpy(out, DayOf(second).data(), 10);
  std::memcpy(out + 10, "T00:00:00Z", 10);
  const uint32_t of_day = second % kDaySeconds;
  PutDigits(out + 11, 2, of_day / 3600);
  PutDigits(out + 14, 2, of_day / 60 % 60);
  PutDigits(out + 17, 2, of_day % 60);
  return time;
}

TimeText SpellTime(uint32_t second, uint32_t millisecond) {
  TimeText time = SpellTime(second);
  time.size = 24;
  std::memcpy(time.text.data() + 19, ".000Z", 5);
  PutDigits(time.text.data() + 20, 3, millisecond);
  return time;
}

}  // namespace seatwise::workload
