#include "service/plan_token.h"

#include <string>

#include "base/executor.h"
#include "engine/incremental/live_state.h"
#include "engine/model/ids.h"
#include "engine/model/loaded_facts.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors.h"

namespace seatwise {
namespace {

using ::testing::HasSubstr;

PlanToken Some() {
  return {.revision = 300,
          .gained = 1'000'000,
          .lost = 0,
          .changed = 7,
          .changes = ChangesDigest("x"),
          .effect = ChangesDigest("y")};
}

TEST(PlanTokenTest, IsReadAsItWasWritten) {
  const std::string text = ToText(Some());
  EXPECT_LE(text.size(), 64u);
  const std::optional<PlanToken> token = ParsePlanToken(text);
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(token->revision, 300u);
  EXPECT_EQ(token->gained, 1'000'000);
  EXPECT_EQ(token->changed, 7);
  EXPECT_EQ(token->changes, Some().changes);
  EXPECT_EQ(token->effect, Some().effect);
}

TEST(PlanTokenTest, AnythingElseIsNoToken) {
  const std::string text = ToText(Some());
  EXPECT_FALSE(ParsePlanToken("").has_value());
  EXPECT_FALSE(ParsePlanToken("made up").has_value());
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(ParsePlanToken(text.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(ParsePlanToken(text + "AAAA").has_value());
}

TEST(PlanTokenTest, SaysWhatDiffersAndWhatToDo) {
  PlanToken now = Some();
  EXPECT_TRUE(CheckEffect(Some(), now).ok());
  now.revision = 301;  // Only told.
  EXPECT_TRUE(CheckEffect(Some(), now).ok());
  now.effect = ChangesDigest("z");
  EXPECT_THAT(CheckEffect(Some(), now).message(), HasSubstr("but other ones"));
  now.lost = 3;
  const absl::Status stale = CheckEffect(Some(), now);
  EXPECT_EQ(ReasonOf(stale), v1::PLAN_STALE);
  EXPECT_THAT(stale.message(), HasSubstr("at revision 300 they were to give 1000000 licenses, "
                                         "take 0 and change 7; at revision 301 they would give "
                                         "1000000 licenses, take 3 and change 7; plan again"));
  EXPECT_EQ(ErrorInfoOf(stale).metadata().at("planned_lost"), "0");
  EXPECT_EQ(ErrorInfoOf(stale).metadata().at("lost"), "3");
}

TEST(PlanTokenTest, EffectsDifferWithAnythingThatDiffersInTheDelta) {
  InlineExecutor executor;
  const auto state = LiveStateFrom(LoadedFacts(), executor);
  const LicenseValue value{LicenseState::kActive, PlanIdSet{PlanId("p")}};
  const LicenseDelta delta{{{SkuId("s"), std::nullopt, value, {1, 2}}}};
  const auto effect = [&](const LicenseDelta& other) {
    return PlanTokenOf("", 1, other, *state, *state).effect;
  };
  EXPECT_EQ(effect(delta), effect(delta));
  LicenseDelta other = delta;
  other.runs[0].users = {1};
  EXPECT_NE(effect(delta), effect(other));
  other = delta;
  other.runs[0].sku = SkuId("t");
  EXPECT_NE(effect(delta), effect(other));
  other = delta;
  other.runs[0].after->enabled_plans = {};
  EXPECT_NE(effect(delta), effect(other));
  other = delta;
  std::swap(other.runs[0].before, other.runs[0].after);
  EXPECT_NE(effect(delta), effect(other));
}

}  // namespace
}  // namespace seatwise
