#include "engine/model/quoted.h"

#include <string>

#include "engine/model/limits.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(QuotedTest, PrintableTextStaysAsItIs) {
  EXPECT_EQ(Quoted("E3"), "'E3'");
  EXPECT_EQ(Quoted("Jos\xc3\xa9"), "'Jos\xc3\xa9'");
  EXPECT_EQ(Quoted(""), "''");
}

TEST(QuotedTest, WhatWouldDisturbATerminalOrAMessageIsEscaped) {
  EXPECT_EQ(Quoted("a\nb"), "'a\\nb'");
  EXPECT_EQ(Quoted("\x1b[2J"), "'\\033[2J'");
  EXPECT_EQ(Quoted("it's"), "'it\\'s'");
  EXPECT_EQ(Quoted("\xff"), "'\\xff'");
}

TEST(QuotedTest, LongTextIsCut) {
  EXPECT_EQ(Quoted(std::string(kMaxIdBytes, 'x')), "'" + std::string(kMaxIdBytes, 'x') + "'");
  EXPECT_EQ(Quoted(std::string(kMaxIdBytes + 1, 'x')),
            "'" + std::string(kMaxIdBytes, 'x') + "...'");
}

}  // namespace
}  // namespace seatwise
