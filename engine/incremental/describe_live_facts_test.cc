#include "engine/incremental/describe_live_facts.h"

#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

using histories::LiveFactsOf;

TEST(DescribeLiveFactsTest, SaysWhatMattersToAUser) {
  const LiveFacts facts = LiveFactsOf(
      "tenant location=US\nplan B unique\nsku s plans=A,B\nprohibit A US\nconflict A B\n"
      "plan C\nrequire B C\n"
      "group g -> s @3 priority=2\nana in g @4\n"
      "user ana address=x created=1\nuser bob address=x\n");
  EXPECT_EQ(DescribeUser(facts, 0),
            "location US x is of bob; g 2 since 4 joined 4[s:A,B all A,B first s conflicts "
            "against A,B needs C unique]"
            "; A prohibited against B, B against A requires C");
  EXPECT_EQ(DescribeUser(facts, 1), "location US; ");
}

TEST(DescribeLiveFactsTest, WhatDisagreesIsSaid) {
  LiveFacts facts = LiveFactsOf("ana in g\n");
  EXPECT_EQ(DescribeLiveFacts(facts).find("NOT"), std::string::npos);
  facts.members.Set(0, {});
  EXPECT_NE(DescribeLiveFacts(facts).find("NOT LISTED"), std::string::npos);
  facts.user_hashes = {};
  EXPECT_NE(DescribeLiveFacts(facts).find("NOT FOUND"), std::string::npos);
}

}  // namespace
}  // namespace seatwise
