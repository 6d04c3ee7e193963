#include "engine/rules/relations.h"

#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

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

TEST_F(RelationsTest, ConflictsOfASetAreThoseOfItsPlans) {
  EXPECT_EQ(ConflictsOf(catalog_, Set({"A", "C"})), Set({"B"}));
  EXPECT_EQ(ConflictsOf(catalog_, Set({"A", "B"})), Set({"A", "B"}));
  EXPECT_EQ(ConflictsOf(catalog_, Set({"C", "D"})), Set({}));
}

TEST_F(RelationsTest, ASetNeedsWhatItDoesNotBring) {
  const auto needs = [&](TenantBuilder::Names names) {
    std::vector<std::vector<uint64_t>> sets;
    for (uint32_t row : NeedsOf(catalog_, Set(names))) {
      sets.emplace_back(catalog_.any_of(row).begin(), catalog_.any_of(row).end());
    }
    return sets;
  };
  EXPECT_THAT(needs({"C"}), UnorderedElementsAre(Set({"A", "B"}), Set({"D"})));
  EXPECT_THAT(needs({"B", "C"}), UnorderedElementsAre(Set({"D"})));
  EXPECT_THAT(needs({"A", "C", "D"}), IsEmpty());
  EXPECT_THAT(needs({"A"}), IsEmpty());
}

}  // namespace
}  // namespace seatwise
