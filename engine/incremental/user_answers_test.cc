#include "engine/incremental/user_answers.h"

#include <string>

#include "base/executor.h"
#include "engine/incremental/from_scratch.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/load_live_facts.h"
#include "engine/incremental/prepare_options.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

const PrepareLimits kLimits;

// The parts of a tenant of which every user is still to be answered for.
LiveParts Unanswered(const Facts& facts) {
  LiveParts parts;
  parts.facts = LoadLiveFacts(histories::LoadFacts(facts, histories::AnyNumbers(facts, 1)));
  parts.traits = std::make_shared<TraitTable>(parts.facts.catalog());
  return parts;
}

std::vector<std::string> HoldersOf(const LiveParts& parts, const char* sku) {
  std::vector<std::string> holders;
  parts.facts.ForEachUserFrom("", [&](uint32_t user, absl::string_view id) {
    if (parts.answers.OutcomeOf(user) == nullptr) return true;
    for (const LiveOutcomeLicense& license : parts.answers.OutcomeOf(user)->licenses) {
      if (license.held && parts.facts.catalog().sku(license.sku).id.value() == sku) {
        holders.emplace_back(id);
      }
    }
    return true;
  });
  return holders;
}

// Three users for two seats.
TenantBuilder Short() {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 2).Users({"ana", "bob", "cid"}).Groups({"g"});
  tenant.Member("g", "ana", 3).Member("g", "bob", 1).Member("g", "cid", 2).Assign("g", "S");
  return tenant;
}

TEST(UserAnswersTest, SeatsGoToTheFirstInTheQueueWhoeverIsAnsweredForFirst) {  // G1
  for (const std::vector<const char*>& order :
       {std::vector{"ana", "bob", "cid"}, {"cid", "bob", "ana"}, {"bob", "ana", "cid"}}) {
    LiveParts parts = Unanswered(Short().facts);
    InlineExecutor executor;
    {
      UserAnswers answers(parts, parts.facts, kLimits, executor);
      for (const char* user : order) answers.Answer({parts.facts.FindUser(user).value()});
      answers.Finish();
    }
    EXPECT_THAT(HoldersOf(parts, "S"), ElementsAre("bob", "cid"));
    const SeatQueue& queue = *parts.seats[0];
    EXPECT_EQ(queue.demand, 3);
    EXPECT_EQ(queue.consumed, 2);
    EXPECT_EQ(queue.takes.size(), 2u);
    EXPECT_EQ(queue.denied.size(), 1u);
    EXPECT_EQ(queue.waiting.size(), 1u);
    const GroupCounts& group = parts.groups[parts.facts.FindGroup("g").value()];
    EXPECT_EQ(group, (GroupCounts{3, 1}));
  }
}

TEST(UserAnswersTest, WhoIsDroppedLeavesTheSeatToTheNext) {
  const Facts facts = Short().facts;
  InlineExecutor executor;
  const LoadedFacts loaded = histories::LoadFacts(facts, histories::AnyNumbers(facts, 1));
  LiveParts parts =
      FromScratch(LoadLiveFacts(loaded), loaded.columns, loaded.user_number, executor);
  const uint32_t bob = parts.facts.FindUser("bob").value();
  UserAnswers answers(parts, parts.facts, kLimits, executor);
  answers.Drop({bob});
  EXPECT_EQ(answers.Finish(), 1u);
  EXPECT_THAT(HoldersOf(parts, "S"), ElementsAre("ana", "cid"));
  EXPECT_FALSE(parts.answers.EntriesOf(bob));
  EXPECT_EQ(answers.touched().size(), 2u);
}

TEST(UserAnswersTest, NobodyTracksWhatIsPlenty) {
  TenantBuilder tenant = Short();
  tenant.facts.subscriptions[0].units = 100;
  LiveParts parts = Unanswered(tenant.facts);
  InlineExecutor executor;
  UserAnswers answers(parts, parts.facts, kLimits, executor);
  for (const char* user : {"ana", "bob", "cid"}) {
    answers.Answer({parts.facts.FindUser(user).value()});
  }
  answers.Finish();
  EXPECT_FALSE(parts.seats[0]->tracked);
  EXPECT_EQ(parts.seats[0]->consumed, 3);
  EXPECT_TRUE(parts.seats[0]->takes.empty());
  EXPECT_FALSE(parts.answers.EntriesOf(0));
}

}  // namespace
}  // namespace seatwise
