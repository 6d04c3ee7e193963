#include "engine/model/cascade.h"

#include <string>
#include <vector>

#include "engine/model/change.h"
#include "engine/model/change_index.h"
#include "engine/model/deletion.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/memory_facts.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A change set against a tenant, followed and resolved as Validate does with a correct one.
struct Resolution {
  std::vector<std::string> written;  // "+ key" and "- key", in order, with "[change]" at the end.
  std::vector<Warning> warnings;
  std::vector<Fact> puts;
};

Resolution Resolve(const Facts& facts, const ChangeSet& changes) {
  const MemoryFacts stored(facts);
  const ChangeIndex index(changes);
  Cascade cascade(index, stored);
  for (size_t i = 0; i < changes.changes.size(); ++i) {
    const Delete* deletion = std::get_if<Delete>(&changes.changes[i]);
    if (deletion == nullptr) continue;
    for (const DeletionRule& rule : DeletionRulesOf(KindOf(deletion->key))) {
      EXPECT_TRUE(cascade.Follow(i, deletion->key, rule).ok());
    }
  }
  const auto resolved = cascade.Resolve(changes);
  EXPECT_TRUE(resolved.ok());
  const auto line = [&](const char* sign, const FactKey& key) {
    return sign + Describe(key) + " [" + std::to_string(cascade.ChangeOf(key)) + "]";
  };
  Resolution result;
  for (const Fact& fact : resolved->puts) result.written.push_back(line("+ ", KeyOf(fact)));
  for (const FactKey& key : resolved->deletes) result.written.push_back(line("- ", key));
  result.warnings = cascade.warnings();
  result.puts = resolved->puts;
  return result;
}

TEST(CascadeTest, PutsComeByKindAndDeletesFromTheLastKind) {
  EXPECT_THAT(Resolve(tiny::Tenant(), {{Delete{SubscriptionId("s1")}, Put{tiny::Team("zed")},
                                        Delete{ObservedKey{UserId("gone"), SkuId("e3")}},
                                        Put{tiny::Plan("voice")}, Put{tiny::Team("all")}}})
                  .written,
              ElementsAre("+ plan 'voice' [3]", "+ group 'zed' [1]", "+ group 'all' [4]",
                          "- observed SKU 'e3' of user 'gone' [2]", "- subscription 's1' [0]"));
}

TEST(CascadeTest, MembershipsAndDirectAssignmentsGoWithTheUser) {
  EXPECT_THAT(Resolve(tiny::Tenant(), {{Delete{UserId("bob")}}}).written,
              ElementsAre("- assignment of SKU 'e1' to user 'bob' [0]",
                          "- membership of user 'bob' in group 'board' [0]", "- user 'bob' [0]"));
}

TEST(CascadeTest, AGroupTakesItsMembershipsOnBothSides) {
  EXPECT_THAT(
      Resolve(tiny::Tenant(), {{Put{tiny::Person("ana")}, Delete{GroupId("board")}}}).written,
      ElementsAre("+ user 'ana' [0]", "- membership of user 'bob' in group 'board' [1]",
                  "- membership of group 'board' in group 'staff' [1]", "- group 'board' [1]"));
}

TEST(CascadeTest, WhatTheSetNamesItselfDoesNotFollow) {
  EXPECT_THAT(Resolve(tiny::Tenant(),
                      {{Delete{UserId("bob")}, Delete{AssignmentKey{UserId("bob"), SkuId("e1")}}}})
                  .written,
              ElementsAre("- assignment of SKU 'e1' to user 'bob' [1]",
                          "- membership of user 'bob' in group 'board' [0]", "- user 'bob' [0]"));
}

TEST(CascadeTest, APlanIsTakenOutOfAllSets) {
  const Resolution result = Resolve(tiny::Tenant(), {{Delete{PlanId("docs"), true}}});
  EXPECT_THAT(result.puts, ElementsAre(Fact(tiny::Product("e3", {"mail"})),
                                       Fact(tiny::Requirement("mail", {"fabric"})),
                                       Fact(tiny::Assigned(tiny::AGroup("staff"), "e3"))));
  EXPECT_THAT(result.written,
              ElementsAre("+ SKU 'e3' [0]", "+ requirement of plan 'mail' for any of 'fabric' [0]",
                          "+ assignment of SKU 'e3' to group 'staff' [0]",
                          "- requirement of plan 'mail' for any of 'docs', 'fabric' [0]",
                          "- plan 'docs' [0]"));
  EXPECT_THAT(result.warnings, IsEmpty());
}

TEST(CascadeTest, PlansThatGoTogetherLeaveASetAtOnce) {
  const Resolution result =
      Resolve(tiny::Tenant(), {{Delete{PlanId("docs"), true}, Delete{PlanId("fabric"), true},
                                Delete{PlanId("kiosk"), true}}});
  EXPECT_THAT(result.written,
              ElementsAre("+ SKU 'e1' [2]", "+ SKU 'e3' [0]",
                          "+ assignment of SKU 'e3' to group 'staff' [0]",
                          "- requirement of plan 'mail' for any of 'docs', 'fabric' [0]",
                          "- conflict of plans 'kiosk' and 'mail' [2]", "- plan 'docs' [0]",
                          "- plan 'fabric' [1]", "- plan 'kiosk' [2]"));
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0].reason, WarningReason::kRequirementDropped);
  EXPECT_EQ(result.warnings[0].fact, FactKey(tiny::Requirement("mail", {"docs", "fabric"})));
  EXPECT_EQ(result.warnings[0].change, 0u);
}

TEST(CascadeTest, RequirementsThatBecomeEqualBecomeOne) {
  Facts facts = tiny::Tenant();
  facts.requirements = {
      tiny::Requirement("mail", {"docs"}), tiny::Requirement("mail", {"docs", "x"}),
      tiny::Requirement("mail", {"kiosk", "x"}), tiny::Requirement("mail", {"kiosk", "y"})};
  facts.plans.push_back(tiny::Plan("x"));
  facts.plans.push_back(tiny::Plan("y"));
  EXPECT_THAT(Resolve(facts, {{Delete{PlanId("x"), true}, Delete{PlanId("y"), true}}}).written,
              ElementsAre("+ requirement of plan 'mail' for any of 'kiosk' [0]",
                          "- requirement of plan 'mail' for any of 'docs', 'x' [0]",
                          "- requirement of plan 'mail' for any of 'kiosk', 'x' [0]",
                          "- requirement of plan 'mail' for any of 'kiosk', 'y' [1]",
                          "- plan 'x' [0]", "- plan 'y' [1]"));
}

TEST(CascadeTest, TheSetHasTheLastWordOnWhatIsLeftOfARequirement) {
  const ChangeSet changes = {{Delete{PlanId("fabric"), true}}};
  for (const Change& word : std::vector<Change>{Delete{tiny::Requirement("mail", {"docs"})},
                                                Put{tiny::Requirement("mail", {"docs"})}}) {
    Facts facts = tiny::Tenant();
    facts.requirements.push_back(tiny::Requirement("mail", {"docs"}));
    ChangeSet with_word = changes;
    with_word.changes.push_back(word);
    const Resolution result = Resolve(facts, with_word);
    EXPECT_EQ(result.puts.size(), std::holds_alternative<Put>(word) ? 1u : 0u);
    EXPECT_THAT(result.warnings, IsEmpty());
  }
}

TEST(CascadeTest, WhatGoesAnywayIsNotShrunk) {
  const Resolution result = Resolve(
      tiny::Tenant(),
      {{Delete{PlanId("docs"), true}, Delete{PlanId("mail"), true}, Delete{SkuId("e3"), true}}});
  EXPECT_THAT(result.puts, IsEmpty());
  EXPECT_THAT(result.warnings, IsEmpty());
}

}  // namespace
}  // namespace seatwise
