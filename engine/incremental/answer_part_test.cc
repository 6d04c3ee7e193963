#include "engine/incremental/answer_part.h"

#include <vector>

#include "engine/incremental/live_tenant_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

using ::testing::IsEmpty;

// All are in g; S has seats for two, T for all.
TenantBuilder Three() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A"}, 2).Sku("T", {"B"}, 100).Groups({"g"});
  tenant.Users({"ana", "bob", "cid"});
  return tenant.Member("g", "ana", 1).Member("g", "bob", 2).Member("g", "cid", 3);
}

LiveTenant Live(const Facts& facts) {
  return {facts, histories::LoadFacts(facts, histories::AnyNumbers(facts, 4))};
}

// Looks at all users of a version.
class AnswerPartTest : public testing::Test {
 protected:
  void Answer(const LiveState& state) {
    const LiveParts& parts = state.parts();
    const auto capacity_of = [&](SkuNo sku) { return parts.facts.products.supply(sku).capacity(); };
    const auto id_of = [&](uint32_t user) { return parts.facts.UserIdOf(user); };
    const SeatBook book(parts.seats, parts.facts.catalog().skus(), capacity_of, PlaceOrder(id_of));
    part_.emplace(parts, book);
    std::vector<uint32_t> users;
    parts.facts.users.ForEach([&](uint32_t user, const Ref<UserRecord>& record) {
      if (record) users.push_back(user);
    });
    part_->Answer(users);
  }

  std::optional<AnswerPart> part_;
};

TEST_F(AnswerPartTest, WhereNothingChangedNothingIsToBeDone) {
  const LiveTenant tenant = Live(Three().Assign("g", "S").Assign("g", "T").facts);
  Answer(tenant.state());
  EXPECT_EQ(part_->answers().users.size(), 3u);
  EXPECT_THAT(part_->queued(), IsEmpty());
  EXPECT_THAT(part_->tally().skus(), IsEmpty());
  EXPECT_THAT(part_->tally().groups(), IsEmpty());
}

TEST_F(AnswerPartTest, UsersWithEqualAnswersAreOnePair) {
  const LiveTenant tenant = Live(Three().Assign("g", "T").facts);
  Answer(tenant.state());
  ASSERT_EQ(part_->answers().pairs.size(), 1u);
  EXPECT_EQ(part_->answers().pairs[0].users, 3);
}

}  // namespace
}  // namespace seatwise
