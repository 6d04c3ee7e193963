#include "engine/incremental/claim_reader.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

using histories::LiveFactsOf;

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> ClaimsOf(const LiveFacts& facts, absl::string_view user) {
  ClaimReader reader(facts);
  std::vector<std::string> texts;
  for (const LiveClaim& claim : reader.Of(facts.FindUser(user).value())) {
    const Shape& head = claim.shape->head;
    texts.push_back(absl::StrCat(head.direct() ? "-" : facts.GroupIdOf(head.group), " ",
                                 facts.catalog().sku(claim.shape->smallest_sku).id.value(), " ",
                                 claim.priority, " ", claim.since.micros, " ",
                                 claim.joined.micros));
  }
  return texts;
}

TEST(ClaimReaderTest, DirectClaimsComeFirstThenThoseOfGroupsById) {
  const LiveFacts facts = LiveFactsOf(
      "tenant nested\nsku E1 plans=A\nsku E3 plans=B\n"
      "ana -> E3 @4 priority=1\nana -> E1 @9\n"
      "group z -> E3 @2\ngroup z -> E1 @8 priority=5\ngroup b -> E1 @1\n"
      "ana in z @3\nana in c @7\ngroup c in b @6\nana in d @2\nbob in d\n");
  EXPECT_THAT(ClaimsOf(facts, "ana"),
              ElementsAre("- E1 0 9 9", "- E3 1 4 4", "b E1 0 7 7", "z E1 5 8 3", "z E3 0 3 3"));
  EXPECT_THAT(ClaimsOf(facts, "bob"), IsEmpty());
}

TEST(ClaimReaderTest, OfSeveralWaysTheEarliestCounts) {
  const LiveFacts facts = LiveFactsOf(
      "tenant nested atomic\nsku E1 plans=A\nsku E3 plans=B\n"
      "group all -> E1 @2\ngroup all -> E3 @1\n"
      "ana in all @9\nana in emea @3\ngroup emea in all @5\nana in apac @8\n"
      "group apac in all @1\n");
  EXPECT_THAT(ClaimsOf(facts, "ana"), ElementsAre("all E1 0 5 5"));
}

TEST(ClaimReaderTest, AHeldShapeOutlivesTheFacts) {
  Ref<ClaimShape> shape;
  {
    const LiveFacts facts = LiveFactsOf("sku E1 plans=A\nana -> E1\nbob -> E1\n");
    ClaimReader reader(facts);
    shape = reader.Of(0)[0].Hold();
    EXPECT_EQ(reader.Of(1)[0].shape, shape.get()) << "equal direct claims share a shape";
  }
  EXPECT_TRUE(shape->IsUnique());
  EXPECT_EQ(shape->items.size(), 1u);
}

}  // namespace
}  // namespace seatwise
