#include "service/timestamps.h"

#include "gtest/gtest.h"

namespace seatwise {
namespace {

google::protobuf::Timestamp Stamp(int64_t seconds, int32_t nanos) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(nanos);
  return timestamp;
}

TEST(TimestampsTest, EveryTimeOfAFactComesBack) {
  for (const int64_t micros : {kMinTime.micros, kMaxTime.micros, int64_t{0}, int64_t{-1},
                               int64_t{999'999}, int64_t{-1'000'000}, int64_t{1'000'001}}) {
    const google::protobuf::Timestamp timestamp = ToTimestamp(Time{micros});
    EXPECT_GE(timestamp.nanos(), 0) << micros;
    EXPECT_EQ(FromTimestamp(timestamp), Time{micros}) << micros;
  }
  EXPECT_EQ(ToTimestamp(Time{-1}).seconds(), -1);
  EXPECT_EQ(ToTimestamp(Time{-1}).nanos(), 999'999'000);
}

TEST(TimestampsTest, WhatIsNoTimeOfAFactIsRefused) {
  EXPECT_EQ(FromTimestamp(Stamp(0, 1)), std::nullopt);
  EXPECT_EQ(FromTimestamp(Stamp(0, -1000)), std::nullopt);
  EXPECT_EQ(FromTimestamp(Stamp(0, 1'000'000'000)), std::nullopt);
  EXPECT_EQ(FromTimestamp(Stamp(-62135596801, 0)), std::nullopt);
  EXPECT_EQ(FromTimestamp(Stamp(253402300800, 0)), std::nullopt);
  EXPECT_EQ(FromTimestamp(Stamp(INT64_MAX, 0)), std::nullopt);
}

}  // namespace
}  // namespace seatwise
