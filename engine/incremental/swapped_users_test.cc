#include "engine/incremental/swapped_users.h"

#include <memory>
#include <vector>

#include "base/thread_pool.h"
#include "engine/incremental/answer_list.h"
#include "engine/incremental/apply_changes.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/live_state.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/outcome_tally.h"
#include "engine/incremental/seat_book.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validate.h"
#include "engine/rules/traits.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

// All are in g, which asks for S; ben is in Germany, where B is prohibited, eva is in h as well,
// which asks for X, and that conflicts with B.
TenantBuilder Five() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "X"}).Conflict("B", "X").Prohibited("B", "DE");
  tenant.Sku("S", {"A"}, 9).Sku("T", {"B"}, 9).Sku("W", {"X"}, 9).Groups({"g", "h"});
  tenant.UserIn("ana", "US").UserIn("ben", "DE").UserIn("cid", "US").UserIn("dan", "US");
  tenant.UserIn("eva", "US").Member("h", "eva", 9);
  for (const char* user : {"ana", "ben", "cid", "dan", "eva"}) tenant.Member("g", user, 1);
  return tenant.Assign("g", "S").Assign("h", "W");
}

// What becomes of all users of a tenant when g asks for T as well.
class SwappedUsersTest : public testing::Test {
 protected:
  SwappedUsersTest() : facts_(Five().facts), numbers_(histories::AnyNumbers(facts_, 4)) {}

  SwappedUsers Swap(Executor& executor) {
    state_ = LiveStateFrom(histories::LoadFacts(facts_, numbers_), executor);
    parts_ = state_->parts();
    const MemoryFacts view(facts_);
    const Change ask = Put{Assignment{.principal = GroupId("g"), .sku = SkuId("T")}};
    const ValidationResult valid = Validate({{ask}}, view).value();
    affected_ = ApplyChanges(parts_.facts, *valid.changes);
    const auto capacity_of = [](SkuNo) { return int64_t{9}; };
    const auto id_of = [&](uint32_t user) { return parts_.facts.UserIdOf(user); };
    const SeatBook book(parts_.seats, parts_.facts.catalog().skus(), capacity_of,
                        PlaceOrder(id_of));
    return {parts_, book, *affected_.swapped, affected_.users, executor};
  }
  uint32_t User(const char* id) const { return state_->FindUser(id).value(); }

  Facts facts_;
  histories::Numbers numbers_;
  std::shared_ptr<const LiveState> state_;
  LiveParts parts_;
  Affected affected_;
};

TEST_F(SwappedUsersTest, UsersWithEqualOutcomesAreOnePairWhateverTheThreads) {
  for (const int threads : {1, 2, 5}) {
    SCOPED_TRACE(threads);
    ThreadPool pool(threads);
    SwappedUsers swapped = Swap(pool);
    const AnswerList list = swapped.answers();
    ASSERT_EQ(list.users.size(), 5u);
    int64_t users = 0;
    for (size_t i = 0; i < 5; ++i) {
      if (list.users[i] == User("eva")) {
        EXPECT_EQ(list.pair_of[i], AnswerList::kNone);
        continue;
      }
      const OutcomePair& pair = list.pairs[list.pair_of[i]];
      EXPECT_EQ(pair.before, parts_.answers.OutcomeOf(list.users[i]));
      EXPECT_EQ(pair.users, list.users[i] == User("ben") ? 1 : 3);
      EXPECT_EQ(pair.after->any_rejected, list.users[i] == User("ben"));
      ++users;
    }
    EXPECT_EQ(users, 4);
    EXPECT_THAT(swapped.rest(), ElementsAre(User("eva")));
  }
}

TEST_F(SwappedUsersTest, EachUserIsCountedOnce) {
  ThreadPool pool(2);
  SwappedUsers swapped = Swap(pool);
  int64_t demand = 0, consumed = 0, members = 0, with_errors = 0;
  for (const OutcomeTally& tally : swapped.tallies()) {
    for (const auto& [sku, change] : tally.skus()) {
      demand += change.demand;
      consumed += change.consumed;
    }
    for (const auto& [group, change] : tally.groups()) {
      members += change.members;
      with_errors += change.with_errors;
    }
  }
  EXPECT_EQ(demand, 3) << "B is prohibited in Germany, so ben can never hold T";
  EXPECT_EQ(consumed, 3);
  EXPECT_EQ(members, 0);
  EXPECT_EQ(with_errors, 1);
}

// dan and fay have claims of one kind: V, which one seat is for, needs A. But dan asked for V after
// he had A, and fay before.
TEST_F(SwappedUsersTest, UsersWithEqualOutcomesAreToldApartByTheirTurns) {
  TenantBuilder tenant;
  tenant.Plans({"A", "D"}).Requires("D", {"A"}).Sku("S", {"A"}, 9).Sku("T", {"A"}, 9);
  tenant.Sku("V", {"D"}, 2).Groups({"f", "g", "k"}).Users({"ana", "dan", "fay"});
  for (const char* user : {"ana", "dan", "fay"}) tenant.Member("g", user, 2).Member("f", user, 4);
  tenant.Member("k", "dan", 5).Member("k", "fay", 1).Member("k", "ana", 6);
  facts_ = tenant.Assign("f", "S").Assign("k", "V").facts;
  numbers_ = histories::AnyNumbers(facts_, 4);
  ThreadPool pool(2);
  SwappedUsers swapped = Swap(pool);
  EXPECT_EQ(parts_.answers.OutcomeOf(User("dan")), parts_.answers.OutcomeOf(User("fay")));
  EXPECT_THAT(swapped.rest(), Contains(User("fay")));
  EXPECT_THAT(swapped.rest(), Not(Contains(User("dan"))));
  int64_t users = 0, consumed = 0;
  for (const OutcomePair& pair : swapped.answers().pairs) users += pair.users;
  for (const OutcomeTally& tally : swapped.tallies()) {
    for (const auto& [sku, change] : tally.skus()) consumed += change.consumed;
  }
  EXPECT_EQ(users, static_cast<int64_t>(3 - swapped.rest().size()));
  EXPECT_EQ(consumed, users) << "of T";
}

// The outcomes of users are of an earlier table of traits after a change of the catalog.
TEST_F(SwappedUsersTest, TraitsOfAnotherCatalogAreAskedForAnew) {
  ThreadPool pool(2);
  Swap(pool);
  parts_.traits = std::make_shared<TraitTable>(parts_.facts.catalog(), 7);
  const auto capacity_of = [](SkuNo) { return int64_t{9}; };
  const auto id_of = [&](uint32_t user) { return parts_.facts.UserIdOf(user); };
  const SeatBook book(parts_.seats, parts_.facts.catalog().skus(), capacity_of, PlaceOrder(id_of));
  SwappedUsers swapped(parts_, book, *affected_.swapped, affected_.users, pool);
  for (size_t i = 0; i < affected_.users.size(); ++i) {
    if (affected_.users[i] == User("eva")) continue;
    const OutcomePair& pair = swapped.answers().pairs[swapped.answers().pair_of[i]];
    EXPECT_EQ(pair.after->traits_version, 7u);
    EXPECT_EQ(pair.after->any_rejected, affected_.users[i] == User("ben"));
  }
}

}  // namespace
}  // namespace seatwise
