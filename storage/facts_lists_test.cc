// Pages of any size put together are the whole list, and go on where they ended whatever changed.
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "storage/fact_dice_for_test.h"
#include "storage/facts_snapshot.h"
#include "storage/tenant_for_test.h"

namespace seatwise {
namespace {

using FactsListsTest = TenantFixture;
SEATWISE_ON_BOTH_STORES(FactsListsTest);

// All pages of a list; each full but the last, which says that nothing follows.
template <typename ListPage>
std::vector<FactKey> Paged(ListPage list, size_t limit) {
  std::vector<FactKey> keys;
  FactPage page;
  do {
    const auto next = list(page.next, limit);
    EXPECT_TRUE(next.ok()) << next.status();
    page = *next;
    EXPECT_TRUE(page.next.empty() || page.facts.size() == limit);
    for (const Fact& fact : page.facts) keys.push_back(KeyOf(fact));
  } while (!page.next.empty());
  return keys;
}

// The keys of the facts of the model that a list should have.
template <typename Wanted>
std::vector<FactKey> Model(const MemoryFacts& model, Wanted wanted) {
  std::vector<FactKey> keys;
  for (const FactKey& key : FactDice::KeysOf(model.ToFacts())) {
    if (wanted(key)) keys.push_back(key);
  }
  return keys;
}

template <typename ListPage, typename Wanted>
void ExpectList(const MemoryFacts& model, ListPage list, Wanted wanted) {
  const std::vector<FactKey> whole = Paged(list, 1000);
  for (const size_t limit : {1, 2, 3, 7}) ASSERT_EQ(Paged(list, limit), whole) << limit;
  std::vector<FactKey> sorted = whole;
  std::sort(sorted.begin(), sorted.end());
  ASSERT_EQ(sorted, Model(model, wanted));
}

TEST_P(FactsListsTest, PagesOfAnySizeAreTheWholeList) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  FactDice dice(seed, 9);
  for (int i = 0; i < 200; ++i) Commit(dice.AnyChangeSet(model_.ToFacts()));
  const auto facts = tenant_->tip();
  for (size_t kind = 0; kind < kFactKinds; ++kind) {
    const auto list = [&](absl::string_view next, size_t limit) {
      return facts->List(static_cast<FactKind>(kind), next, limit);
    };
    ASSERT_NO_FATAL_FAILURE(
        ExpectList(model_, list, [&](const FactKey& key) { return key.index() == kind; }));
  }
  for (const FactKey& named : FactDice::KeysOf(model_.ToFacts())) {
    Principal principal;
    if (const auto* user = std::get_if<UserId>(&named)) {
      principal = *user;
    } else if (const auto* group = std::get_if<GroupId>(&named)) {
      principal = *group;
      const auto members = [&](absl::string_view next, size_t limit) {
        return facts->ListMembers(*group, next, limit);
      };
      ASSERT_NO_FATAL_FAILURE(ExpectList(model_, members, [&](const FactKey& key) {
        const auto* row = std::get_if<MembershipKey>(&key);
        return row != nullptr && row->group == *group;
      }));
    } else {
      continue;
    }
    const auto groups = [&](absl::string_view next, size_t limit) {
      return facts->ListGroupsOf(principal, next, limit);
    };
    ASSERT_NO_FATAL_FAILURE(ExpectList(model_, groups, [&](const FactKey& key) {
      const auto* row = std::get_if<MembershipKey>(&key);
      return row != nullptr && row->member == principal;
    }));
    const auto assignments = [&](absl::string_view next, size_t limit) {
      return facts->ListAssignmentsOf(principal, next, limit);
    };
    ASSERT_NO_FATAL_FAILURE(ExpectList(model_, assignments, [&](const FactKey& key) {
      const auto* row = std::get_if<AssignmentKey>(&key);
      return row != nullptr && row->principal == principal;
    }));
  }
}

TEST_P(FactsListsTest, AListGoesOnWhereItEndedThoughThatFactIsGone) {
  ASSERT_TRUE(Commit({{Put{tiny::Person("a")}, Put{tiny::Person("b")}, Put{tiny::Person("d")}}}));
  const FactPage page = *tenant_->tip()->List(FactKind::kUser, "", 2);
  ASSERT_TRUE(Commit({{Delete{UserId("b")}, Put{tiny::Person("aa")}, Put{tiny::Person("c")}}}));
  const FactPage rest = *tenant_->tip()->List(FactKind::kUser, page.next, 9);
  ASSERT_EQ(rest.facts.size(), 2u);
  EXPECT_EQ(KeyOf(rest.facts[0]), FactKey(UserId("c")));
  EXPECT_EQ(KeyOf(rest.facts[1]), FactKey(UserId("d")));
}

TEST_P(FactsListsTest, AStartOfAnotherListIsRefused) {
  ASSERT_TRUE(Commit(
      {{Put{tiny::Person("a")}, Put{tiny::Person("b")}, Put{tiny::Team("g")}, Put{tiny::Team("h")},
        Put{tiny::Member("g", tiny::AUser("a"))}, Put{tiny::Member("g", tiny::AUser("b"))}}}));
  const auto facts = tenant_->tip();
  const std::string users = facts->List(FactKind::kUser, "", 1)->next;
  const std::string members = facts->ListMembers(GroupId("g"), "", 1)->next;
  ASSERT_FALSE(users.empty() || members.empty());
  for (const absl::Status& status : {facts->List(FactKind::kGroup, users, 1).status(),
                                     facts->ListMembers(GroupId("h"), members, 1).status(),
                                     facts->ListMembers(GroupId("g"), users, 1).status(),
                                     facts->ListGroupsOf(UserId("a"), members, 1).status(),
                                     facts->ListAssignmentsOf(UserId("a"), "x", 1).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_TRUE(facts->ListMembers(GroupId("nobody"), members, 1).ok());
}

}  // namespace
}  // namespace seatwise
