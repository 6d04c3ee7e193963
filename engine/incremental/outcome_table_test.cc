#include "engine/incremental/outcome_table.h"

#include <memory>

#include "engine/incremental/claim_shape.h"
#include "engine/incremental/recent_outcomes.h"
#include "engine/model/catalog.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// Some shapes, of which only the identity matters here.
class OutcomeTableTest : public testing::Test {
 protected:
  Ref<Outcome> MakeOutcome(Traits traits, uint64_t granted) {
    auto outcome = std::make_unique<Outcome>();
    outcome->traits = traits;
    outcome->claims = {shape_};
    outcome->granted = {granted};
    return Ref<Outcome>::Adopt(outcome.release());
  }
  Ref<Outcome> Find(const OutcomeTable& table, Traits traits, const ClaimShape& shape,
                    uint64_t granted) {
    UserShapes claims(catalog_);
    claims.Add(shape);
    return table.Find({traits, claims, absl::MakeConstSpan(&granted, 1)});
  }

  Catalog catalog_;
  const Ref<ClaimShape> shape_ = Ref<ClaimShape>::Make();
  const Ref<ClaimShape> equal_shape_ = Ref<ClaimShape>::Make();
};

TEST_F(OutcomeTableTest, OutcomesAreFoundByAllThatTheyFollowFrom) {
  OutcomeTable table;
  EXPECT_FALSE(Find(table, 7, *shape_, 1));
  const Ref<Outcome> outcome = MakeOutcome(7, 1);
  table.Add(outcome);
  EXPECT_EQ(Find(table, 7, *shape_, 1), outcome);
  EXPECT_FALSE(Find(table, 6, *shape_, 1));
  EXPECT_FALSE(Find(table, 7, *shape_, 0));
  EXPECT_FALSE(Find(table, 7, *equal_shape_, 1));
}

TEST_F(OutcomeTableTest, TheNextTableKnowsWhatWasMetLast) {
  RecentOutcomes recent;
  OutcomeTable table(recent);
  const Ref<Outcome> outcome = MakeOutcome(7, 1);
  table.Add(outcome);
  EXPECT_EQ(Find(table, 7, *shape_, 1), outcome);
  EXPECT_FALSE(Find(table, 7, *equal_shape_, 1));
  const OutcomeTable next(recent);
  EXPECT_EQ(Find(next, 7, *shape_, 1), outcome);
}

TEST_F(OutcomeTableTest, AllAreRememberedIfThatIsWanted) {
  constexpr Traits kMany = 20'000;  // More than are remembered otherwise.
  RecentOutcomes recent;
  OutcomeTable some(recent);
  OutcomeTable all;
  for (Traits traits = 0; traits < kMany; ++traits) {
    some.Add(MakeOutcome(traits, 1));
    all.Add(MakeOutcome(traits, 1));
  }
  Traits found = 0;
  for (Traits traits = 0; traits < kMany; ++traits) {
    ASSERT_TRUE(Find(all, traits, *shape_, 1)) << traits;
    found += Find(some, traits, *shape_, 1) ? 1 : 0;
  }
  EXPECT_GT(found, RecentOutcomes::kPlaces / 2);
  EXPECT_LE(found, RecentOutcomes::kPlaces);
}

}  // namespace
}  // namespace seatwise
