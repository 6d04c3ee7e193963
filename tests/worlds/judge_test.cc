// The harness itself: engines that get one thing wrong are caught on random tenants, and the tenant
// that is shown is small.
#include "tests/worlds/judge.h"

#include <algorithm>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/worlds/describe.h"
#include "tests/worlds/parse_tenant.h"
#include "tests/worlds/random_tenant.h"
#include "tests/worlds/shrink.h"

namespace seatwise::worlds {
namespace {

// An engine that overlooks something: it derives what is right for other facts.
struct Mistake {
  std::string name;
  void (*overlook)(Facts&);

  friend std::ostream& operator<<(std::ostream& out, const Mistake& mistake) {
    return out << mistake.name;
  }
};

Engine Wrong(const Mistake& mistake) {
  return {mistake.name, [mistake](const Facts& facts) {
            Facts other = facts;
            mistake.overlook(other);
            return DeriveReference(other);
          }};
}

template <SubscriptionStatus kStatus>
void WithoutStatus(Facts& facts) {
  std::erase_if(facts.subscriptions, [](const auto& s) { return s.status == kStatus; });
}

void OldestChains(Facts& facts) {
  for (Membership& fact : facts.memberships) {
    if (!IsDirect(fact.member)) fact.added_at = kMinTime;
  }
}

void NewestGroupsFirst(Facts& facts) {
  for (Assignment& assignment : facts.assignments) {
    if (!IsDirect(assignment.principal)) assignment.assigned_at = {-assignment.assigned_at.micros};
  }
}

// Upper and lower case become different letters.
void CaseMatters(Facts& facts) {
  for (User& user : facts.users) {
    absl::btree_set<std::string> spelled;
    for (const std::string& a : user.proxy_addresses) spelled.insert(absl::BytesToHexString(a));
    user.proxy_addresses = spelled;
  }
}

void AllOfInsteadOfAnyOf(Facts& facts) {
  std::vector<PlanRequirement> all;
  for (const PlanRequirement& r : facts.requirements) {
    for (const PlanId& plan : r.any_of) all.push_back({r.plan, {plan}});
  }
  facts.requirements = all;
}

void OverageWithoutUsable(Facts& facts) {
  for (const Sku& sku : facts.skus) {
    if (sku.overage_units == 0 || sku.overage_units == kUnlimited) continue;
    facts.subscriptions.push_back({.id = SubscriptionId("overage"),
                                   .sku = sku.id,
                                   .units = sku.overage_units,
                                   .status = SubscriptionStatus::kSuspended});
  }
}

template <auto kRows, typename Change>
void ForEach(Facts& facts, Change change) {
  for (auto& row : facts.*kRows) change(row);
}

const Mistake kMistakes[] = {
    {"priority",
     [](Facts& f) { ForEach<&Facts::assignments>(f, [](auto& a) { a.priority = 0; }); }},
    {"assigned_at",
     [](Facts& f) { ForEach<&Facts::assignments>(f, [](auto& a) { a.assigned_at = kMinTime; }); }},
    {"added_at",
     [](Facts& f) { ForEach<&Facts::memberships>(f, [](auto& m) { m.added_at = {}; }); }},
    {"disabled_plans",
     [](Facts& f) { ForEach<&Facts::assignments>(f, [](auto& a) { a.disabled_plans.clear(); }); }},
    {"conflicts", [](Facts& f) { f.conflicts.clear(); }},
    {"requirements", [](Facts& f) { f.requirements.clear(); }},
    {"all_of", AllOfInsteadOfAnyOf},
    {"prohibitions", [](Facts& f) { f.prohibitions.clear(); }},
    {"default_location", [](Facts& f) { f.settings.default_usage_location = {}; }},
    {"own_location",
     [](Facts& f) { ForEach<&Facts::users>(f, [](auto& u) { u.usage_location = {}; }); }},
    {"created_at", [](Facts& f) { ForEach<&Facts::users>(f, [](auto& u) { u.created_at = {}; }); }},
    {"case", CaseMatters},
    {"unique_address",
     [](Facts& f) { ForEach<&Facts::plans>(f, [](auto& p) { p.unique_address = false; }); }},
    {"company",
     [](Facts& f) { ForEach<&Facts::plans>(f, [](auto& p) { p.applies_to = AppliesTo::kUser; }); }},
    {"overage", [](Facts& f) { ForEach<&Facts::skus>(f, [](auto& s) { s.overage_units = 0; }); }},
    {"overage_while_parked", OverageWithoutUsable},
    {"self_service",
     [](Facts& f) { ForEach<&Facts::subscriptions>(f, [](auto& s) { s.self_service = false; }); }},
    {"warning", WithoutStatus<SubscriptionStatus::kWarning>},
    {"suspended", WithoutStatus<SubscriptionStatus::kSuspended>},
    {"locked_out", WithoutStatus<SubscriptionStatus::kLockedOut>},
    {"nesting", [](Facts& f) { f.settings.nested_groups = false; }},
    {"always_nesting", [](Facts& f) { f.settings.nested_groups = true; }},
    {"oldest_chains", OldestChains},
    {"newest_groups", NewestGroupsFirst},
    {"atomic", [](Facts& f) { f.settings.assignment_mode = AssignmentMode::kSkuIndependent; }},
    {"always_atomic", [](Facts& f) { f.settings.assignment_mode = AssignmentMode::kGroupAtomic; }},
};

class MistakesTest : public testing::TestWithParam<Mistake> {};

TEST_P(MistakesTest, IsCaughtAndShownSmall) {
  const std::vector<Engine> engines = {{"reference", DeriveReference}, Wrong(GetParam())};
  const auto find = [&](const Facts& facts) { return FindFault(engines, facts); };
  int caught = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const Facts facts = RandomTenant(seed);
    if (find(facts).empty()) continue;
    if (++caught > 1) continue;
    const std::string small =
        Describe(Shrink(facts, [&](const Facts& f) { return find(f) != ""; }));
    EXPECT_LE(std::count(small.begin(), small.end(), '\n'), 12) << small;
    EXPECT_NE(find(ParseTenant(small)), "") << small;
  }
  EXPECT_GE(caught, 3);
}

INSTANTIATE_TEST_SUITE_P(Judge, MistakesTest, testing::ValuesIn(kMistakes),
                         [](const auto& info) { return info.param.name; });

TEST(JudgeTest, AgreeingEnginesHaveNoFault) {
  const std::vector<Engine> engines = {{"reference", DeriveReference}, {"again", DeriveReference}};
  EXPECT_EQ(FindFaultInDisguise(engines, RandomTenant(1), 1), "");
}

TEST(JudgeTest, ABrokenInvariantOfTheFirstEngineIsAFault) {
  const Engine wrong = {"wrong", [](const Facts& facts) {
                          Derived derived = DeriveReference(facts);
                          for (SeatUsage& seats : derived.seats) ++seats.consumed;
                          return derived;
                        }};
  const std::vector<Engine> engines = {wrong};
  EXPECT_TRUE(absl::StrContains(FindFault(engines, ParseTenant("sku E3 seats=3")), "O5"));
}

TEST(JudgeTest, AnEngineThatSeesTheOrderOfRowsIsCaughtInDisguise) {
  const Engine wrong = {"wrong", [](const Facts& facts) {
                          Derived derived = DeriveReference(facts);
                          if (facts.users[0].id > facts.users[1].id) derived.licenses.pop_back();
                          return derived;
                        }};
  const Facts facts = ParseTenant("tenant location=US\nana -> E3\nbob -> E3");
  const std::vector<Engine> engines = {{"reference", DeriveReference}, wrong};
  EXPECT_EQ(FindFault(engines, facts), "");
  int caught = 0;
  for (uint64_t seed = 0; seed < 9; ++seed) {
    caught += FindFaultInDisguise(engines, facts, seed) != "";
  }
  EXPECT_GT(caught, 0);
}

TEST(JudgeTest, TheStoryOfAFaultHasTheSmallestTenantAndItsFault) {
  const std::vector<Engine> engines = {{"reference", DeriveReference}, Wrong(kMistakes[0])};
  const Facts facts = ParseTenant(R"(tenant location=US
    sku E3 seats=1 plans=MAIL,DOCS
    sku E5 seats=5
    ana -> E3 @1
    bob -> E3 priority=7 @2
    cid -> E5)");
  EXPECT_EQ(Explain(facts, [&](const Facts& f) { return FindFault(engines, f); }),
            R"(priority differs
licenses:
- ana: E3 Error
- bob: E3 Active DOCS,MAIL
+ ana: E3 Active DOCS,MAIL
+ bob: E3 Error
items:
- ana by ana: E3 Rejected CountViolation(place 1)
- bob by bob: E3 Granted
+ ana by ana: E3 Granted
+ bob by bob: E3 Rejected CountViolation(place 1)
The smallest tenant like that:
tenant location=US
sku E3
ana -> E3
bob -> E3 priority=7
Its fault: priority differs
items:
- ana by ana: E3 Rejected CountViolation(place 2)
- bob by bob: E3 Rejected CountViolation(place 1)
+ ana by ana: E3 Rejected CountViolation(place 1)
+ bob by bob: E3 Rejected CountViolation(place 2)
)");
}

}  // namespace
}  // namespace seatwise::worlds
