#include "tests/histories/facts_difference.h"

#include <cstdint>

#include "engine/model/facts.h"
#include "engine/model/memory_facts.h"
#include "gtest/gtest.h"
#include "tests/histories/history.h"
#include "tests/histories/history_text.h"
#include "tests/worlds/random_tenant.h"

namespace seatwise::histories {
namespace {

TEST(FactsDifferenceTest, NamesWhatDiffers) {
  const Facts before = ParseHistory("plan MAIL\nuser ana location=DE\nana in staff").start;
  const Facts after = ParseHistory("plan MAIL\nuser ana location=US\nuser bob").start;
  EXPECT_EQ(DescribeChanges(ChangesBetween(before, after)),
            "put user ana location=US\n"
            "put user bob\n"
            "delete group staff\n"
            "delete ana in staff\n");
  EXPECT_TRUE(ChangesBetween(after, after).changes.empty());
}

TEST(FactsDifferenceTest, LeadsFromAnyTenantToAnother) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    const Facts target = MemoryFacts(worlds::RandomTenant(seed)).ToFacts();
    MemoryFacts facts(worlds::RandomTenant(seed + 1));
    const Admitted admitted = Admit(ChangesBetween(facts.ToFacts(), target), facts);
    EXPECT_EQ(admitted.refused, 0u);
    facts.Apply(admitted.changes);
    ASSERT_EQ(facts.ToFacts(), target);
  }
}

}  // namespace
}  // namespace seatwise::histories
