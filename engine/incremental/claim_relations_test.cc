#include "engine/incremental/claim_relations.h"

#include <string>
#include <vector>

#include "engine/incremental/live_facts.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

// Each group asks for one SKU. N needs A, C conflicts with it.
LiveFacts Facts() {
  return histories::LiveFactsOf(
      "tenant\nconflict A C\nrequire N A\n"
      "sku S plans=A\nsku T plans=B\nsku U plans=C\nsku V plans=N\nsku W plans=A,B\n"
      "group s -> S\ngroup t -> T\ngroup u -> U\ngroup v -> V\ngroup w -> W\n");
}

const ClaimShape* ClaimOf(const LiveFacts& facts, const char* group) {
  return facts.shapes[facts.FindGroup(group).value()]->list[0].get();
}

TEST(ClaimRelationsTest, SayWhatAClaimHasToDoWithThoseThatComeOrGo) {
  const LiveFacts facts = Facts();
  ClaimRelations relations(facts.catalog(), {ClaimOf(facts, "s")});
  EXPECT_FALSE(relations.conflict());
  const auto say = [&](const char* group) {
    const ClaimShape* claim = ClaimOf(facts, group);
    const ClaimRelation& relation = relations.Of(claim);
    EXPECT_EQ(relation.claim, claim);
    return std::string(relation.conflicts ? "conflicts " : "") + (relation.needs ? "needs " : "") +
           (relation.asks ? "asks" : "");
  };
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(say("s"), "asks");
    EXPECT_EQ(say("t"), "");
    EXPECT_EQ(say("u"), "conflicts ");
    EXPECT_EQ(say("v"), "needs ");
    EXPECT_EQ(say("w"), "") << "another SKU, though its plan is the same";
  }
}

TEST(ClaimRelationsTest, ThoseThatComeOrGoMayConflictWithEachOther) {
  const LiveFacts facts = Facts();
  ClaimRelations relations(facts.catalog(), {ClaimOf(facts, "s"), ClaimOf(facts, "u")});
  EXPECT_TRUE(relations.conflict());
  EXPECT_TRUE(relations.Of(ClaimOf(facts, "s")).conflicts);
  EXPECT_TRUE(relations.Of(ClaimOf(facts, "u")).asks);
}

}  // namespace
}  // namespace seatwise
