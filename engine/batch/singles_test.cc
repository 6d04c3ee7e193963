#include "engine/batch/singles.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "engine/batch/pipeline_for_test.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

// By single: the grants as one word.
std::vector<uint64_t> Granted(const PipelineForTest& run) {
  std::vector<uint64_t> words;
  for (size_t i = 0; i < run.singles.size(); ++i) words.push_back(run.singles.granted(i)[0]);
  return words;
}

TEST(SinglesTest, TheQueueServesInOrder) {  // G2, C5
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 2).Groups({"g"}).Assign("g", "S");
  tenant.Users({"ana", "bob", "cid"}).Member("g", "ana", 3).Member("g", "bob", 1);
  tenant.Member("g", "cid", 2);
  for (int threads : {1, 2, 7}) {
    const PipelineForTest run(tenant.facts, threads);
    EXPECT_THAT(Granted(run), ElementsAre(0, 1, 1));
    ASSERT_EQ(run.singles.queue().size(), 3u);
    EXPECT_EQ(run.singles.user(run.singles.queue()[0].single), 1u);
  }
}

// Ana's AUDIO claim (1) needs CALLS, which her later claim brings (2); bob (3) is behind the
// healer. AUDIO has one seat.
TEST(SinglesTest, AHealedClaimTakesItsSeatAtThePlaceOfItsHealer) {
  TenantBuilder tenant;
  tenant.Plans({"AUDIO", "CALLS"}).Requires("AUDIO", {"CALLS"}).Groups({"audio", "calls"});
  tenant.Sku("A", {"AUDIO"}, 1).Sku("C", {"CALLS"}, 9).Assign("audio", "A").Assign("calls", "C");
  tenant.Users({"ana", "bob"}).Member("audio", "ana", 1).Member("calls", "ana", 2);
  tenant.Member("audio", "bob", 3).Member("calls", "bob", 1);
  EXPECT_THAT(Granted(PipelineForTest(tenant.facts, 2)), ElementsAre(3, 2));
  // Had ana's healer come after bob's claim, bob would have the seat.
  tenant.facts.memberships[1].added_at = Time{4};
  EXPECT_THAT(Granted(PipelineForTest(tenant.facts, 2)), ElementsAre(2, 3));
}

// Of ana's claims the one for A queues (contended), and the one that brings CALLS after it; not
// the one that brings nothing that A needs, and not the one that brings CALLS before it.
TEST(SinglesTest, OnlyWhatMayHealQueuesBesideContendedClaims) {
  TenantBuilder tenant;
  tenant.Plans({"AUDIO", "CALLS", "OTHER"}).Requires("AUDIO", {"CALLS"});
  tenant.Groups({"audio", "calls", "early", "other"}).Sku("A", {"AUDIO"}, 1);
  tenant.Sku("C", {"CALLS"}, 9).Sku("E", {"CALLS", "OTHER"}, 9).Sku("O", {"OTHER"}, 9);
  tenant.Assign("audio", "A").Assign("calls", "C").Assign("early", "E").Assign("other", "O");
  tenant.Users({"ana", "bob"}).Member("early", "ana", 1).Member("audio", "ana", 2);
  tenant.Member("calls", "ana", 3).Member("other", "ana", 4).Member("audio", "bob", 5);
  const PipelineForTest run(tenant.facts, 2);
  std::vector<uint32_t> turns;
  for (const QueueEntry& entry : run.singles.queue()) turns.push_back(entry.turn);
  EXPECT_THAT(turns, ElementsAre(1, 2, 0));  // Ana's second and third, bob's only one.
  EXPECT_THAT(Granted(run), ElementsAre(0b1111, 0));
}

// Each of 40 claims needs the next; both users have one seat of each SKU to share.
TEST(SinglesTest, ALongChainHealsAtOneTurn) {
  constexpr int kLength = 40;
  TenantBuilder tenant;
  tenant.Users({"ana", "bob"});
  for (int i = 0; i < kLength; ++i) {
    const std::string name = absl::StrCat(100 + i);
    const std::string next = absl::StrCat(101 + i);
    tenant.Plans({name.c_str()}).Groups({name.c_str()}).Sku(name.c_str(), {name.c_str()}, 1);
    tenant.Assign(name.c_str(), name.c_str());
    tenant.Member(name.c_str(), "ana", 2 * i).Member(name.c_str(), "bob", 2 * i + 1);
    if (i + 1 < kLength) tenant.Requires(name.c_str(), {next.c_str()});
  }
  constexpr uint64_t kAll = (uint64_t{1} << kLength) - 1;
  EXPECT_THAT(Granted(PipelineForTest(tenant.facts, 2)), ElementsAre(kAll, 0));
}

TEST(SinglesTest, UncontendedClaimsBetweenTurnsAreFoldedIn) {
  TenantBuilder tenant;
  // KIOSK conflicts with MAIL; ana's KIOSK claim, not contended, comes first and rules out S.
  tenant.Plans({"MAIL", "KIOSK"}).Conflict("MAIL", "KIOSK").Sku("S", {"MAIL"}, 1);
  tenant.Sku("K", {"KIOSK"}, 9).Groups({"g", "k"}).Assign("g", "S").Assign("k", "K");
  tenant.Users({"ana", "bob"}).Member("k", "ana", 1).Member("g", "ana", 2).Member("g", "bob", 3);
  EXPECT_THAT(Granted(PipelineForTest(tenant.facts, 1)), ElementsAre(2, 1));
}

TEST(SinglesTest, UsersWhoseOwnOrderMattersNeedNoQueue) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Conflict("A", "B").Sku("S", {"A"}, 9).Sku("T", {"B"}, 9);
  tenant.Groups({"g", "h"}).Assign("g", "S").Assign("h", "T").Users({"ana", "bob"});
  tenant.Member("g", "ana", 1).Member("h", "ana", 2).Member("g", "bob", 2).Member("h", "bob", 1);
  const PipelineForTest run(tenant.facts, 2);
  EXPECT_TRUE(run.singles.queue().empty());
  EXPECT_THAT(Granted(run), ElementsAre(1, 2));
}

}  // namespace
}  // namespace seatwise
