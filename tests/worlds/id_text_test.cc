#include "tests/worlds/id_text.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise::worlds {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(IdTextTest, PlainIdsAreNotQuoted) {
  EXPECT_EQ(QuoteId("ana"), "ana");
  EXPECT_EQ(QuoteId("E3_v1.0-x"), "E3_v1.0-x");
  EXPECT_EQ(QuoteId("Zoë"), "Zoë");
}

TEST(IdTextTest, WhatCouldBeMisreadIsQuoted) {
  EXPECT_EQ(QuoteId("a b"), "\"a b\"");
  EXPECT_EQ(QuoteId("in"), "\"in\"");
  EXPECT_EQ(QuoteId(""), "\"\"");
  EXPECT_EQ(QuoteId("->"), "\"->\"");
  EXPECT_EQ(QuoteId("\t"), "\"\\011\"");
}

TEST(IdTextTest, UnquotingBringsTheIdBack) {
  for (const char* id :
       {"ana", "", "a b", "a\tb", "sku", "\"", "\\", "a\\\"b", "\x01", "é,=", "@3", "->"}) {
    EXPECT_EQ(UnquoteId(QuoteId(id)), id);
  }
}

TEST(IdTextTest, SeparatorsInQuotesDoNotSplit) {
  EXPECT_THAT(SplitOutsideQuotes("a,\"b,\\\",\",c", ','), ElementsAre("a", "\"b,\\\",\"", "c"));
  EXPECT_THAT(SplitOutsideQuotes("a  b", ' '), ElementsAre("a", "", "b"));
  EXPECT_THAT(SplitOutsideQuotes("", ','), IsEmpty());
}

}  // namespace
}  // namespace seatwise::worlds
