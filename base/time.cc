// Days are counted from the civil date by the era arithmetic of 400-year cycles (146,097 days
// each), with years that begin in March so that the leap day is the last of its year.
#include "base/time.h"

#include <cstdio>

#include "base/check.h"

namespace seatwise {
namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kSecondsPerDay = 86'400;

constexpr bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int DaysInMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

// Days from 1970-01-01 to the given date; years 1 to 9999.
constexpr int64_t DaysFromCivil(int year, int month, int day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = y / 400;
  const int year_of_era = y - era * 400;
  const int month_from_march = month > 2 ? month - 3 : month + 9;
  const int day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return int64_t{era} * 146'097 + day_of_era - 719'468;
}

struct CivilDate {
  int year;
  int month;
  int day;
};

CivilDate CivilFromDays(int64_t days) {
  const int64_t shifted = days + 719'468;
  const int64_t era = shifted / 146'097;
  const int64_t day_of_era = shifted - era * 146'097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const int day = static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  const int month =
      static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  const int year = static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
  return {year, month, day};
}

// The decimal number in text[begin, begin + size), or -1 if a character is not a digit.
int Digits(absl::string_view text, size_t begin, size_t size) {
  int value = 0;
  for (size_t i = begin; i < begin + size; ++i) {
    const unsigned digit = static_cast<unsigned char>(text[i]) - unsigned{'0'};
    if (digit > 9) return -1;
    value = value * 10 + static_cast<int>(digit);
  }
  return value;
}

// The microseconds of ".f{1,6}Z", or -1. `text` starts at the dot.
int FractionMicros(absl::string_view text) {
  const size_t digits = text.size() - 2;
  if (text.size() < 3 || digits > 6 || text[0] != '.' || text.back() != 'Z') return -1;
  int value = Digits(text, 1, digits);
  for (size_t i = digits; value >= 0 && i < 6; ++i) value *= 10;
  return value;
}

}  // namespace

std::optional<Time> ParseTime(absl::string_view text) {
  constexpr size_t kWholeSeconds = 19;  // YYYY-MM-DDThh:mm:ss
  if (text.size() <= kWholeSeconds) return std::nullopt;
  if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  const int year = Digits(text, 0, 4);
  const int month = Digits(text, 5, 2);
  const int day = Digits(text, 8, 2);
  const int hour = Digits(text, 11, 2);
  const int minute = Digits(text, 14, 2);
  const int second = Digits(text, 17, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > DaysInMonth(year, month)) {
    return std::nullopt;
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return std::nullopt;
  }
  const absl::string_view rest = text.substr(kWholeSeconds);
  const int fraction = rest == "Z" ? 0 : FractionMicros(rest);
  if (fraction < 0) return std::nullopt;
  const int64_t seconds =
      DaysFromCivil(year, month, day) * kSecondsPerDay + hour * 3'600 + minute * 60 + second;
  return Time{seconds * kMicrosPerSecond + fraction};
}

std::string FormatTime(Time time) {
  SEATWISE_CHECK(time >= kMinTime && time <= kMaxTime) << time.micros;
  const int64_t from_min = time.micros - kMinTime.micros;
  const int64_t days = from_min / (kSecondsPerDay * kMicrosPerSecond);
  const int64_t in_day = from_min % (kSecondsPerDay * kMicrosPerSecond);
  const CivilDate date =
      CivilFromDays(days + kMinTime.micros / (kSecondsPerDay * kMicrosPerSecond));
  const int seconds = static_cast<int>(in_day / kMicrosPerSecond);
  const int fraction = static_cast<int>(in_day % kMicrosPerSecond);
  char buffer[64];
  std::snprintf(buffer, sizeof(buffer), "%04d-%02d-%02dT%02d:%02d:%02d.%06d", date.year, date.month,
                date.day, seconds / 3'600, seconds / 60 % 60, seconds % 60, fraction);
  std::string text = buffer;
  while (text.back() == '0' && fraction != 0) text.pop_back();
  if (fraction == 0) text.resize(19);
  return text + "Z";
}

std::ostream& operator<<(std::ostream& out, Time time) { return out << FormatTime(time); }

}  // namespace seatwise
