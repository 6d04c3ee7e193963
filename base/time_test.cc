#include "base/time.h"

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(TimeTest, KnownInstants) {
  EXPECT_EQ(ParseTime("1970-01-01T00:00:00Z"), Time{0});
  EXPECT_EQ(ParseTime("2025-03-10T00:00:00Z"), Time{1'741'564'800'000'000});
  EXPECT_EQ(ParseTime("1969-12-31T23:59:59.999999Z"), Time{-1});
  EXPECT_EQ(ParseTime("0001-01-01T00:00:00Z"), kMinTime);
  EXPECT_EQ(ParseTime("9999-12-31T23:59:59.999999Z"), kMaxTime);
}

TEST(TimeTest, FractionsOfOneToSixDigits) {
  EXPECT_EQ(ParseTime("1970-01-01T00:00:00.5Z"), Time{500'000});
  EXPECT_EQ(ParseTime("1970-01-01T00:00:00.000001Z"), Time{1});
  EXPECT_EQ(ParseTime("1970-01-01T00:00:00.100Z"), Time{100'000});
}

TEST(TimeTest, EverythingElseIsRejected) {
  for (const char* text : {"",
                           "Z",
                           "1970-01-01",
                           "1970-01-01T00:00:00",
                           "1970-01-01t00:00:00Z",
                           "1970-01-01T00:00:00z",
                           "1970-01-01T00:00:00+00:00",
                           "1970-01-01T00:00:60Z",
                           "1970-01-01T24:00:00Z",
                           "1970-01-01T00:60:00Z",
                           "1970-13-01T00:00:00Z",
                           "1970-00-01T00:00:00Z",
                           "1970-01-00T00:00:00Z",
                           "2023-02-29T00:00:00Z",
                           "1900-02-29T00:00:00Z",
                           "0000-01-01T00:00:00Z",
                           "1970-01-01T00:00:00.Z",
                           "1970-01-01T00:00:00.1234567Z",
                           "1970-01-01T00:00:00.1",
                           "1970-01-01 00:00:00Z",
                           " 1970-01-01T00:00:00Z",
                           "1970-01-01T00:00:00Z ",
                           "-970-01-01T00:00:00Z",
                           "1970-1-01T000:00:00Z"}) {
    EXPECT_EQ(ParseTime(text), std::nullopt) << text;
  }
}

TEST(TimeTest, LeapDaysExist) {
  EXPECT_TRUE(ParseTime("2024-02-29T00:00:00Z"));
  EXPECT_TRUE(ParseTime("2000-02-29T00:00:00Z"));
}

TEST(TimeTest, FormatIsTheShortestFormThatReadsBack) {
  EXPECT_EQ(FormatTime(Time{0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(FormatTime(Time{500'000}), "1970-01-01T00:00:00.5Z");
  EXPECT_EQ(FormatTime(Time{10}), "1970-01-01T00:00:00.00001Z");
  EXPECT_EQ(FormatTime(kMinTime), "0001-01-01T00:00:00Z");
  EXPECT_EQ(FormatTime(kMaxTime), "9999-12-31T23:59:59.999999Z");
}

TEST(TimeTest, EveryDayOfTheRangeRoundTrips) {
  constexpr int64_t kDay = 86'400'000'000;
  for (int64_t micros = kMinTime.micros; micros <= kMaxTime.micros; micros += kDay) {
    const Time time{micros + 3};
    ASSERT_EQ(ParseTime(FormatTime(time)), time);
  }
}

}  // namespace
}  // namespace seatwise
