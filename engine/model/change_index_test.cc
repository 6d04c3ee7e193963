#include "engine/model/change_index.h"

#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/ids.h"
#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(ChangeIndexTest, TheFirstWordOnAKeyCounts) {
  const ChangeIndex index({{Delete{PlanId("p")}, Put{tiny::Plan("p")}, Put{tiny::Plan("q")},
                            Delete{UserId("p"), true}}});
  ASSERT_NE(index.Find(PlanId("p")), nullptr);
  EXPECT_EQ(index.Find(PlanId("p"))->change, 0u);
  EXPECT_TRUE(index.Deletes(PlanId("p")));
  EXPECT_FALSE(index.Cascades(PlanId("p")));
  EXPECT_TRUE(index.Find(PlanId("q"))->is_put);
  EXPECT_FALSE(index.Deletes(PlanId("q")));
  EXPECT_TRUE(index.Cascades(UserId("p")));
  EXPECT_EQ(index.Find(GroupId("p")), nullptr);
  EXPECT_FALSE(index.Deletes(GroupId("p")));
}

TEST(ChangeIndexTest, ConflictsAreFoundInBothDirections) {
  const ChangeIndex index({{Put{tiny::Conflict("q", "p")}}});
  EXPECT_NE(index.Find(tiny::Conflict("p", "q")), nullptr);
}

TEST(ChangeIndexTest, MembershipsGoWithEitherSide) {
  const ChangeIndex index({{Delete{GroupId("g")}, Delete{UserId("u")}}});
  EXPECT_TRUE(index.TakesAlong(MembershipKey{GroupId("g"), UserId("x")}));
  EXPECT_TRUE(index.TakesAlong(MembershipKey{GroupId("x"), GroupId("g")}));
  EXPECT_TRUE(index.TakesAlong(MembershipKey{GroupId("x"), UserId("u")}));
  EXPECT_FALSE(index.TakesAlong(MembershipKey{GroupId("u"), UserId("g")}));
}

TEST(ChangeIndexTest, AssignmentsGoWithUsersAndOtherwiseByCascade) {
  const ChangeIndex index({{Delete{UserId("u")}, Delete{GroupId("g")}, Delete{GroupId("h"), true},
                            Delete{SkuId("s")}, Delete{SkuId("t"), true}}});
  EXPECT_TRUE(index.TakesAlong(AssignmentKey{UserId("u"), SkuId("x")}));
  EXPECT_FALSE(index.TakesAlong(AssignmentKey{GroupId("g"), SkuId("x")}));
  EXPECT_TRUE(index.TakesAlong(AssignmentKey{GroupId("h"), SkuId("x")}));
  EXPECT_FALSE(index.TakesAlong(AssignmentKey{GroupId("x"), SkuId("s")}));
  EXPECT_TRUE(index.TakesAlong(AssignmentKey{GroupId("x"), SkuId("t")}));
}

TEST(ChangeIndexTest, RelationsGoWithTheirPlanByCascade) {
  const ChangeIndex index({{Delete{PlanId("p")}, Delete{PlanId("q"), true}}});
  EXPECT_FALSE(index.TakesAlong(tiny::Conflict("p", "x")));
  EXPECT_TRUE(index.TakesAlong(tiny::Conflict("p", "q")));
  EXPECT_TRUE(index.TakesAlong(tiny::Conflict("q", "x")));
  EXPECT_TRUE(index.TakesAlong(tiny::Requirement("q", {"x"})));
  EXPECT_FALSE(index.TakesAlong(tiny::Requirement("x", {"q", "y"})));
  EXPECT_TRUE(index.TakesAlong(tiny::Requirement("x", {"q"})));
  EXPECT_TRUE(index.TakesAlong(tiny::Prohibition("q", "DE")));
  EXPECT_FALSE(index.TakesAlong(SkuId("x")));
}

}  // namespace
}  // namespace seatwise
