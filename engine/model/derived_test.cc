#include "engine/model/derived.h"

#include <cstdint>

#include "engine/model/ids.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(DerivedTest, EachCodeBelongsToItsDetails) {
  const Violation violations[] = {UsageLocationMissing(),
                                  ProhibitedInUsageLocation(),
                                  Uniqueness(),
                                  MutuallyExclusive(),
                                  Dependency(),
                                  Count(),
                                  Other()};
  int code = 0;
  for (const Violation& violation : violations) {
    EXPECT_EQ(CodeOf(violation), static_cast<ViolationCode>(code++));
  }
  EXPECT_EQ(code, kViolationCodes);
}

TEST(DerivedTest, NamesAreThoseOfTheTables) {
  const char* const names[] = {"UsageLocationMissing",
                               "ProhibitedInUsageLocationViolation",
                               "UniquenessViolation",
                               "MutuallyExclusiveViolation",
                               "DependencyViolation",
                               "CountViolation",
                               "Other"};
  for (int code = 0; code < kViolationCodes; ++code) {
    EXPECT_EQ(ViolationName(static_cast<ViolationCode>(code)), names[code]);
  }
  EXPECT_EQ(LicenseStateName(LicenseState::kActive), "Active");
  EXPECT_EQ(LicenseStateName(LicenseState::kActiveWithError), "ActiveWithError");
  EXPECT_EQ(LicenseStateName(LicenseState::kDisabled), "Disabled");
  EXPECT_EQ(LicenseStateName(LicenseState::kError), "Error");
}

TEST(DerivedTest, WhatIsNotInErrorIsHeld) {
  for (LicenseState state :
       {LicenseState::kActive, LicenseState::kActiveWithError, LicenseState::kDisabled}) {
    EXPECT_TRUE(License{.state = state}.held());
  }
  EXPECT_FALSE(License{.state = LicenseState::kError}.held());
}

// The table of semantics section 7.
TEST(DerivedTest, AvailableAndOverrunFollowFromCounts) {
  const struct {
    int64_t usable, consumed, waiting, available, overrun;
  } rows[] = {
      {10, 8, 0, 2, 0}, {10, 10, 3, 0, 3}, {10, 12, 1, 0, 3}, {10, 13, 0, 0, 3}, {0, 2, 1, 0, 3},
  };
  for (const auto& row : rows) {
    const SeatUsage seats{.usable = row.usable, .consumed = row.consumed, .waiting = row.waiting};
    EXPECT_EQ(seats.available(), row.available);
    EXPECT_EQ(seats.overrun(), row.overrun);
  }
}

TEST(DerivedTest, ASkuIsOffWithParkedUnitsOnly) {
  EXPECT_TRUE((SeatUsage{.usable = 0, .parked = 1}.off()));
  EXPECT_FALSE((SeatUsage{.usable = 1, .parked = 1}.off()));
  EXPECT_FALSE((SeatUsage{.usable = 0, .parked = 0}.off()));
}

}  // namespace
}  // namespace seatwise
