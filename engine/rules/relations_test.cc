#include "engine/rules/relations.h"

#include "engine/testing/tenant_builder.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

class RelationsTest : public testing::Test {
 protected:
  std::vector<uint64_t> Set(TenantBuilder::Names names) const {
    PlanIdSet ids;
    for (const char* name : names) ids.insert(PlanId(name));
    return catalog_.BitsOf(ids);
  }

  const Catalog catalog_ = Catalog::Build(TenantBuilder()
                                              .Plans({"A", "B", "C", "D"})
                                              .Conflict("A", "B")
                                              .Requires("C", {"A", "B"})
                                              .Requires("C", {"D"})
                                              .facts);
};

TEST_F(RelationsTest, ConflictsWorkBothWays) {
  EXPECT_TRUE(HasConflict(catalog_, Set({"A"}), Set({"B"})));
  EXPECT_TRUE(HasConflict(catalog_, Set({"B", "C"}), Set({"A"})));
  EXPECT_FALSE(HasConflict(catalog_, Set({"A"}), Set({"A", "C"})));
}

TEST_F(RelationsTest, EveryRequirementNeedsOneOfItsPlans) {
  EXPECT_TRUE(HasUnmetRequirement(catalog_, Set({"C"}), Set({"C"})));
  EXPECT_TRUE(HasUnmetRequirement(catalog_, Set({"C"}), Set({"A", "B"})));
  EXPECT_TRUE(HasUnmetRequirement(catalog_, Set({"C"}), Set({"D"})));
  EXPECT_FALSE(HasUnmetRequirement(catalog_, Set({"C"}), Set({"B", "D"})));
  EXPECT_FALSE(HasUnmetRequirement(catalog_, Set({"A", "B"}), Set({})));
}

}  // namespace
}  // namespace seatwise
