#include "tests/worlds/shrink.h"

#include "gtest/gtest.h"
#include "tests/worlds/describe.h"
#include "tests/worlds/parse_tenant.h"
#include "tests/worlds/random_tenant.h"

namespace seatwise::worlds {
namespace {

TEST(ShrinkTest, NothingIsLeftIfEverythingFails) {
  const Facts small = Shrink(RandomTenant(3), [](const Facts&) { return true; });
  EXPECT_EQ(Describe(small), "tenant location=US\n");
}

TEST(ShrinkTest, KeepsWhatTheFaultNeeds) {
  const Facts facts = ParseTenant(R"(tenant atomic nested location=US
    plan MAIL unique
    sku E3 seats=7 overage=2 plans=MAIL,DOCS
    require MAIL DOCS,TEAMS
    user ana location=DE address=smtp:a created=5
    group staff -> E3 priority=3 off=DOCS @7
    ana in staff @3
    bob in staff @3)");
  const Facts small = Shrink(facts, [](const Facts& f) {
    return !f.memberships.empty() && !f.requirements.empty() &&
           f.memberships[0].added_at.micros > 0;
  });
  // One member, one requirement of one plan by one plan.
  EXPECT_EQ(Describe(small),
            "tenant location=US\n"
            "plan MAIL\n"
            "plan TEAMS\n"
            "require MAIL TEAMS\n"
            "bob in staff @3\n");
}

TEST(ShrinkTest, FactsStayValid) {
  const auto valid = [](const Facts& f) {
    return ParseTenant(Describe(f)).plans.size() == f.plans.size();
  };
  Shrink(RandomTenant(8), [&](const Facts& f) {
    EXPECT_TRUE(valid(f)) << Describe(f);
    return f.users.size() > 1;
  });
}

}  // namespace
}  // namespace seatwise::worlds
