// Spliced outcomes are what the evaluator makes of the claims.
#include "engine/incremental/outcome_splice.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/incremental/apply_changes.h"
#include "engine/incremental/evaluator.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/outcome_table.h"
#include "engine/incremental/queue_place.h"
#include "engine/incremental/seat_book.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validate.h"
#include "engine/rules/traits.h"
#include "engine/testing/tenant_builder.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

class PlentyOfSeats final : public SeatSource {
 public:
  bool IsTracked(SkuNo) const override { return false; }
  bool HasSeat(SkuNo, const QueuePlace&) const override { return true; }
};

// ana's outcome now.
Ref<Outcome> Evaluated(const LiveFacts& live, const TraitTable& traits) {
  OutcomeTable known;
  Evaluator evaluator(live, traits, known);
  evaluator.Load(live.FindUser("ana").value());
  return evaluator.Evaluate(PlentyOfSeats());
}

struct Outcomes {
  Ref<Outcome> spliced;
  Ref<Outcome> evaluated;
};

// What ana has after a change of what one group asks for, where ana had claims and keeps some.
Outcomes After(const Facts& facts, std::vector<Change> changes) {
  LiveFacts live = histories::LiveFactsOf(facts);
  const TraitTable traits(live.catalog());
  const Ref<Outcome> before = Evaluated(live, traits);
  const MemoryFacts view(facts);
  const ValidationResult valid = Validate({std::move(changes)}, view).value();
  const SwappedShapes swapped = ApplyChanges(live, *valid.changes).swapped.value();
  Outcomes outcomes{.spliced = {}, .evaluated = Evaluated(live, traits)};
  std::vector<const ClaimShape*> gone;
  if (swapped.before) {
    for (const auto& shape : swapped.before->list) gone.push_back(shape.get());
  }
  std::vector<SplicedClaim> come;
  if (swapped.after) {
    for (const auto& shape : swapped.after->list) {
      const auto was = std::find(gone.begin(), gone.end(), shape.get());
      come.push_back({shape.get(), was == gone.end() ? SplicedClaim::kNew
                                                     : static_cast<size_t>(was - gone.begin())});
    }
  }
  // Where both lists of claims begin to differ, or the claims of the group that stay are.
  const auto of_group = [&](const Ref<ClaimShape>& claim) {
    return claim->head.group == swapped.group;
  };
  const auto& list = gone.empty() ? outcomes.evaluated->claims : before->claims;
  const auto begin = std::find_if(list.begin(), list.end(), of_group) - list.begin();
  OutcomeSplice splice(live.catalog(), traits.version(), gone, come);
  EXPECT_TRUE(splice.AppliesTo(*before));
  outcomes.spliced = splice.Make(*before, before->traits, static_cast<size_t>(begin));
  return outcomes;
}

void ExpectEqual(const Outcome& x, const Outcome& y) {
  EXPECT_EQ(x.traits, y.traits);
  EXPECT_EQ(x.traits_version, y.traits_version);
  EXPECT_EQ(x.claims, y.claims);
  EXPECT_EQ(x.granted, y.granted);
  EXPECT_EQ(x.items, y.items);
  EXPECT_EQ(x.waits, y.waits);
  EXPECT_EQ(x.any_rejected, y.any_rejected);
  ASSERT_EQ(x.licenses.size(), y.licenses.size());
  for (size_t i = 0; i < x.licenses.size(); ++i) {
    EXPECT_EQ(x.licenses[i].sku, y.licenses[i].sku);
    EXPECT_EQ(x.licenses[i].held, y.licenses[i].held);
    EXPECT_EQ(x.licenses[i].rejected, y.licenses[i].rejected);
    EXPECT_EQ(x.licenses[i].may_pass, y.licenses[i].may_pass);
    EXPECT_EQ(x.plans(x.licenses[i]), y.plans(y.licenses[i]));
  }
}

Change Ask(const char* group, const char* sku) {
  return Put{Assignment{.principal = GroupId(group), .sku = SkuId(sku)}};
}
Change AskNoMore(const char* group, const char* sku) {
  return Delete{AssignmentKey{GroupId(group), SkuId(sku)}};
}

// ana is in f, g, h and k. f and h ask for U, each without another plan; R of k is rejected, since
// its plans conflict; g asks for S, and for R as well where it says so.
Facts Ana(bool g_asks_for_r) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C", "D", "X", "Y"}).Conflict("X", "Y");
  tenant.Sku("S", {"A"}, 9).Sku("A", {"B"}, 9).Sku("Z", {"B"}, 9).Sku("U", {"C", "D"}, 9);
  tenant.Sku("R", {"X", "Y"}, 9).UserIn("ana", "US").Groups({"e", "f", "g", "h", "k", "z"});
  for (const char* group : {"e", "f", "g", "h", "k", "z"}) tenant.Member(group, "ana", 1);
  tenant.Assign("f", "U", {"C"}).Assign("h", "U", {"D"}).Assign("g", "S").Assign("k", "R");
  if (g_asks_for_r) tenant.Assign("g", "R");
  return tenant.facts;
}

TEST(OutcomeSpliceTest, WhatIsSplicedIsWhatTheEvaluatorMakes) {
  const std::vector<std::vector<Change>> table = {
      {Ask("g", "A")},                                      // Before all other SKUs,
      {Ask("g", "Z")},                                      // or behind them.
      {Ask("e", "A")},                                      // The first claims of all,
      {Ask("z", "Z")},                                      // and the last.
      {AskNoMore("g", "S")},                                // Less.
      {AskNoMore("g", "S"), Ask("g", "A"), Ask("g", "Z")},  // Others.
  };
  for (size_t i = 0; i < table.size(); ++i) {
    for (const bool g_asks_for_r : {false, true}) {
      SCOPED_TRACE(testing::Message() << i << g_asks_for_r);
      const Outcomes outcomes = After(Ana(g_asks_for_r), table[i]);
      EXPECT_TRUE(outcomes.evaluated->any_rejected);
      EXPECT_FALSE(outcomes.evaluated->unions.empty());
      ExpectEqual(*outcomes.spliced, *outcomes.evaluated);
    }
  }
}

TEST(OutcomeSpliceTest, ClaimsBelongToWhoeverIsLeft) {
  Outcomes outcomes = After(Ana(true), {Ask("g", "A")});
  for (const auto& claim : outcomes.spliced->claims) EXPECT_FALSE(claim->IsUnique());
  outcomes.evaluated = {};
  for (const auto& claim : outcomes.spliced->claims) EXPECT_TRUE(claim->IsUnique());
}

}  // namespace
}  // namespace seatwise
