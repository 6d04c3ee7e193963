#include "engine/incremental/apply_changes.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/sanitizers.h"
#include "engine/incremental/claim_reader.h"
#include "engine/incremental/describe_live_facts.h"
#include "engine/incremental/load_live_facts.h"
#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "engine/model/memory_facts.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/history.h"
#include "tests/histories/history_text.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/histories/random_history.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

bool Has(const std::vector<uint32_t>& ascending, uint32_t number) {
  return std::binary_search(ascending.begin(), ascending.end(), number);
}

bool IsAscending(const std::vector<uint32_t>& numbers) {
  return std::adjacent_find(numbers.begin(), numbers.end(), std::greater_equal<>()) ==
         numbers.end();
}

std::vector<const ClaimShape*> ShapesOf(const LiveFacts& facts, uint32_t user) {
  ClaimReader reader(facts);
  std::vector<const ClaimShape*> shapes;
  for (const LiveClaim& claim : reader.Of(user)) shapes.push_back(claim.shape);
  return shapes;
}

// That everybody for whom anything differs is named.
void ExpectNamesAll(const LiveFacts& before, const LiveFacts& after, const Affected& affected) {
  EXPECT_TRUE(IsAscending(affected.users) && IsAscending(affected.gone) &&
              IsAscending(affected.supply) && IsAscending(affected.groups));
  std::vector<uint32_t> gone;
  for (uint32_t user = 0; user < after.users.size(); ++user) {
    const bool was = user < before.users.size() && before.users[user];
    if (was && !after.users[user]) gone.push_back(user);
    if (!after.users[user]) {
      EXPECT_FALSE(Has(affected.users, user)) << user;
    } else if (!affected.all && !Has(affected.users, user)) {
      ASSERT_TRUE(was) << user;
      EXPECT_EQ(DescribeUser(before, user), DescribeUser(after, user));
      EXPECT_EQ(ShapesOf(before, user), ShapesOf(after, user)) << user;
    }
  }
  EXPECT_EQ(affected.gone, gone);
  for (SkuNo sku = 0; sku < after.catalog().skus(); ++sku) {
    if (Has(affected.supply, sku)) continue;
    ASSERT_LT(sku, before.catalog().skus());
    EXPECT_EQ(before.products.supply(sku).capacity(), after.products.supply(sku).capacity());
    EXPECT_EQ(before.products.supply(sku).off(), after.products.supply(sku).off());
  }
  for (uint32_t group = 0; group < after.groups.size(); ++group) {
    if (affected.all || Has(affected.groups, group)) continue;
    const Ref<GroupShapes> was =
        group < before.shapes.size() ? before.shapes[group] : Ref<GroupShapes>();
    EXPECT_TRUE(was == after.shapes[group]) << group;
  }
}

void FollowHistory(uint64_t seed) {
  const histories::History history = histories::MakeHistory(seed).history;
  MemoryFacts facts(history.start);
  histories::Numbers numbers = histories::AnyNumbers(history.start, seed);
  LiveFacts live = LoadLiveFacts(histories::LoadFacts(facts.ToFacts(), numbers));
  for (size_t step = 0; step < history.steps.size(); ++step) {
    const auto admitted = histories::Admit(history.steps[step], facts);
    SCOPED_TRACE(testing::Message() << "seed " << seed << " step " << step << "\n"
                                    << histories::DescribeChanges(admitted.given));
    const std::string before = DescribeLiveFacts(live);
    LiveFacts next = live;
    const Affected affected = ApplyChanges(next, admitted.changes);
    facts.Apply(admitted.changes);
    numbers.Apply(admitted.changes);
    const LiveFacts fresh = LoadLiveFacts(histories::LoadFacts(facts.ToFacts(), numbers));
    ASSERT_EQ(DescribeLiveFacts(next), DescribeLiveFacts(fresh));
    ASSERT_EQ(DescribeLiveFacts(live), before) << "the base has changed";
    ExpectNamesAll(live, next, affected);
    if (testing::Test::HasFailure()) return;
    live = std::move(next);
  }
}

TEST(ApplyChangesTest, GivesTheFactsAfterwardsAndNamesAllThatAreAffected) {
  for (uint64_t seed = 0; seed < (kSanitized ? 10 : 50) && !HasFailure(); ++seed)
    FollowHistory(seed);
}

// A tenant, one change, and whom it affects, by ids.
std::vector<std::string> AffectedBy(const Facts& start, const Change& change) {
  MemoryFacts facts(start);
  LiveFacts live = LoadLiveFacts(
      histories::LoadFacts(facts.ToFacts(), histories::AnyNumbers(start, /*seed=*/1)));
  const Affected affected = ApplyChanges(live, histories::Admit({{change}}, facts).changes);
  EXPECT_FALSE(affected.all);
  std::vector<std::string> ids;
  for (uint32_t user : affected.users) ids.emplace_back(live.UserIdOf(user));
  std::sort(ids.begin(), ids.end());
  return ids;
}

TEST(ApplyChangesTest, WhoIsNotConcernedIsNotAffected) {
  const histories::History history = histories::ParseHistory(
      "tenant nested location=US\n"
      "sku E3 plans=MAIL,DOCS\nsku E5 plans=VOICE\nsubscription s1 of E3 seats=1\n"
      "group staff -> E3\ngroup board -> E5\n"
      "group sales in staff @1\ngroup club in club @1\n"
      "ana in staff @1\nbob in sales @2\ncid in board @3\ndan in club @4\n"
      "user eva address=smtp:eva@x.test\nuser fay address=smtp:fay@x.test created=5\n"
      "fay -> E5\n");
  const Facts& tenant = history.start;
  const auto put = [](Fact fact) { return Put{std::move(fact)}; };
  EXPECT_THAT(AffectedBy(tenant, put(tiny::Member("staff", tiny::AUser("eva"), 9))),
              ElementsAre("eva"));
  EXPECT_THAT(AffectedBy(tenant, put(tiny::Member("club", tiny::AUser("eva"), 9))), IsEmpty())
      << "the club has no license";
  EXPECT_THAT(AffectedBy(tenant, put(tiny::Member("staff", tiny::AGroup("club"), 9))),
              ElementsAre("dan"));
  EXPECT_THAT(AffectedBy(tenant, put(tiny::Member("club", tiny::AGroup("staff"), 9))), IsEmpty());
  EXPECT_THAT(AffectedBy(tenant, put(tiny::Assigned(tiny::AGroup("sales"), "E5"))),
              ElementsAre("bob"));
  EXPECT_THAT(AffectedBy(tenant, put(tiny::Units("s1", "E3", 7))), IsEmpty())
      << "that is a matter of seats";
  EXPECT_THAT(AffectedBy(tenant, put(tiny::Prohibition("VOICE", "US"))), ElementsAre("cid", "fay"));
  EXPECT_THAT(AffectedBy(tenant, put(tiny::Product("E3", {"MAIL"}))), ElementsAre("ana", "bob"));
  EXPECT_THAT(AffectedBy(tenant, put(tiny::Team("new"))), IsEmpty());
  User eva = tiny::Person("eva");
  eva.proxy_addresses = {"SMTP:Fay@x.test"};
  EXPECT_THAT(AffectedBy(tenant, put(eva)), ElementsAre("fay")) << "eva is older: it is hers";
}

}  // namespace
}  // namespace seatwise
