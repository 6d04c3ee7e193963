#include "cli/seat_bars.h"

#include <gtest/gtest.h>

namespace seatwise::cli {
namespace {

NamedSeats Seats(const char* name, SeatUsage usage) {
  usage.sku = SkuId(name);
  return {.usage = usage, .part_number = name, .display_name = ""};
}

std::string BarOf(const SeatUsage& usage, const GraceSeats& grace = {}) {
  Summary summary;
  summary.seats = {Seats("E3", usage)};
  return SeatBars(summary, grace, Style(/*colour=*/false, 60));
}

TEST(SeatBarsTest, HeldAndFreeShareTheBar) {
  EXPECT_EQ(BarOf({.sku = {}, .usable = 12, .consumed = 6}),
            "  E3  ████████████░░░░░░░░░░░░  6 of 12  6 free\n");
}

TEST(SeatBarsTest, DemandBeyondTheSeatsMakesTheBarLonger) {
  EXPECT_EQ(BarOf({.sku = {}, .usable = 12, .consumed = 12, .waiting = 12}),
            "  E3  ████████████××××××××××××  12 of 12  12 waiting\n");
  EXPECT_EQ(BarOf({.sku = {}, .usable = 9, .consumed = 12}),
            "  E3  ██████████████████▓▓▓▓▓▓  12 of 9  3 over\n");
}

TEST(SeatBarsTest, WhatIsOffHoldsParkedUnits) {
  EXPECT_EQ(BarOf({.sku = {}, .usable = 0, .parked = 6, .consumed = 6}),
            "  E3  ████████████████████████  6 of 6  suspended\n");
}

TEST(SeatBarsTest, TheSmallestPartIsVisible) {
  EXPECT_EQ(BarOf({.sku = {}, .usable = 1'000'000, .consumed = 1}),
            "  E3  █░░░░░░░░░░░░░░░░░░░░░░░  1 of 1,000,000  999,999 free\n");
}

TEST(SeatBarsTest, NoSeatsAndNoDemandIsAnEmptyBar) {
  EXPECT_EQ(BarOf({}), "  E3                            0 of 0\n");
}

TEST(SeatBarsTest, SeatsInGraceAreMentioned) {
  EXPECT_EQ(BarOf({.sku = {}, .usable = 4, .consumed = 4}, {{SkuId("E3"), 2}}),
            "  E3  ████████████████████████  4 of 4  2 in grace\n");
}

TEST(SeatBarsTest, TheWorstComesFirst) {
  Summary summary;
  summary.seats = {Seats("calm", {.sku = {}, .usable = 5, .consumed = 1}),
                   Seats("busy", {.sku = {}, .usable = 5, .consumed = 4}),
                   Seats("short", {.sku = {}, .usable = 1, .consumed = 1, .waiting = 1})};
  const std::string bars = SeatBars(summary, {}, Style());
  EXPECT_LT(bars.find("short"), bars.find("busy"));
  EXPECT_LT(bars.find("busy"), bars.find("calm"));
}

}  // namespace
}  // namespace seatwise::cli
