#include "engine/incremental/evaluator.h"

#include <map>
#include <set>
#include <string>

#include "engine/incremental/live_facts.h"
#include "engine/incremental/load_live_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// SKUs that are tracked, and the first time from which on no seat of them is left.
struct TimedSeats final : SeatSource {
  std::map<SkuNo, int64_t> end;

  bool IsTracked(SkuNo sku) const override { return end.contains(sku); }
  bool HasSeat(SkuNo sku, const QueuePlace& place) const override {
    return !IsTracked(sku) || place.since.micros < end.at(sku);
  }
};

// What becomes of ana, in words: her licenses, and where she stands in queues.
class EvaluatorTest : public testing::Test {
 protected:
  std::vector<std::string> Evaluate(const Facts& facts,
                                    std::map<std::string, int64_t> seats_until) {
    facts_ = LoadLiveFacts(histories::LoadFacts(facts, histories::AnyNumbers(facts, 5)));
    const TraitTable traits(facts_.catalog());
    OutcomeTable known;
    Evaluator evaluator(facts_, traits, known);
    TimedSeats seats;
    for (const auto& [sku, end] : seats_until) {
      seats.end[facts_.catalog().FindSku(sku).value()] = end;
    }
    evaluator.Load(facts_.FindUser("ana").value());
    outcome_ = evaluator.Evaluate(seats);
    const auto name = [&](SkuNo sku) { return facts_.catalog().sku(sku).id.value(); };
    std::vector<std::string> words;
    if (outcome_) {
      for (const LiveOutcomeLicense& license : outcome_->licenses) {
        words.push_back(name(license.sku) + (license.held ? " held" : " not held"));
      }
    }
    for (const SeatEntry& entry : evaluator.entries()) {
      const char* kinds[] = {" taken", " denied", " waited for"};
      words.push_back(name(entry.sku) + kinds[static_cast<size_t>(entry.kind)] + " @" +
                      std::to_string(entry.place.since.micros));
    }
    return words;
  }

  LiveFacts facts_;
  Ref<Outcome> outcome_;
};

TEST_F(EvaluatorTest, WithoutClaimsThereIsNothing) {
  EXPECT_THAT(Evaluate(TenantBuilder().Users({"ana"}).facts, {}), IsEmpty());
  EXPECT_FALSE(outcome_);
}

TEST_F(EvaluatorTest, OnlyPlacesInTrackedQueuesAreNoted) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A"}, 1).Sku("T", {"B"}, 1).Users({"ana"});
  tenant.AssignUser("ana", "S", {}, 0, 3).AssignUser("ana", "T", {}, 0, 4);
  EXPECT_THAT(Evaluate(tenant.facts, {{"T", 9}}), ElementsAre("S held", "T held", "T taken @4"));
  EXPECT_THAT(Evaluate(tenant.facts, {{"T", 4}}),
              ElementsAre("S held", "T not held", "T denied @4", "T waited for @4"));
}

TEST_F(EvaluatorTest, AHealedClaimTakesItsSeatAtThePlaceOfTheHealer) {  // G2
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Requires("A", {"B"}).Sku("S", {"A"}, 1).Sku("T", {"B"}, 1);
  tenant.Users({"ana"}).AssignUser("ana", "S", {}, 0, 1).AssignUser("ana", "T", {}, 0, 5);
  EXPECT_THAT(Evaluate(tenant.facts, {{"S", 9}, {"T", 9}}),
              ElementsAre("S held", "T held", "T taken @5", "S taken @5"));
  // Denied at the place of the healer, waited for at its own.
  EXPECT_THAT(Evaluate(tenant.facts, {{"S", 4}, {"T", 9}}),
              ElementsAre("S not held", "T held", "T taken @5", "S denied @5", "S waited for @1"));
}

TEST_F(EvaluatorTest, AClaimThatLacksSeveralSeatsIsDeniedTheFirst) {
  TenantBuilder tenant;
  tenant.Atomic().Plans({"A", "B", "C"}).Sku("S", {"A"}, 1).Sku("T", {"B"}, 1).Sku("U", {"C"}, 1);
  tenant.Users({"ana"}).Groups({"g"}).Member("g", "ana", 2);
  tenant.Assign("g", "S").Assign("g", "T").Assign("g", "U");
  EXPECT_THAT(Evaluate(tenant.facts, {{"S", 9}, {"T", 1}, {"U", 1}}),
              ElementsAre("S not held", "T not held", "U not held", "T denied @2",
                          "S waited for @2", "T waited for @2", "U waited for @2"));
}

TEST_F(EvaluatorTest, WhatFailsInTheEndIsNotWaitedFor) {  // K6
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Conflict("A", "B").Sku("S", {"A"}, 1).Sku("T", {"B"}, 1);
  tenant.Users({"ana"}).AssignUser("ana", "S", {}, 0, 1).AssignUser("ana", "T", {}, 0, 5);
  EXPECT_THAT(Evaluate(tenant.facts, {{"S", 0}}),
              ElementsAre("S not held", "T held", "S denied @1"));
}

TEST_F(EvaluatorTest, WhatCanNeverPassIsNotDemanded) {  // K2
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Prohibited("A", "US").Sku("S", {"A"}, 1).Sku("T", {"B"}, 1);
  tenant.Users({"ana"}).AssignUser("ana", "S").AssignUser("ana", "T");
  EXPECT_THAT(Evaluate(tenant.facts, {}), ElementsAre("S not held", "T held"));
  EXPECT_FALSE(outcome_->licenses[0].may_pass);
  EXPECT_TRUE(outcome_->licenses[1].may_pass);
}

}  // namespace
}  // namespace seatwise
