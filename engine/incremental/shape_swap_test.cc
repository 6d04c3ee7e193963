#include "engine/incremental/shape_swap.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/incremental/apply_changes.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/load_live_facts.h"
#include "engine/incremental/outcome_table.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validate.h"
#include "engine/testing/tenant_builder.h"
#include "gtest/gtest.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"

namespace seatwise {
namespace {

// Seats for everybody, or none of some SKUs; it may matter who takes those of some SKUs.
struct SomeSeats final : SeatSource {
  std::set<SkuNo> tracked;
  bool none_of_tracked = false;

  bool IsTracked(SkuNo sku) const override { return tracked.contains(sku); }
  bool HasSeat(SkuNo sku, const QueuePlace&) const override {
    return !none_of_tracked || !IsTracked(sku);
  }
};

// The SKU whose seats it matters who takes.
struct Scarce {
  const char* sku = nullptr;
  bool denied = false;  // Nobody gets one.
};

// ana's outcome after a change of assignments, by the swap and by a look at ana; the same for
// somebody in Germany who had the same outcome.
struct Answers {
  std::optional<ShapeSwap::Answer> swapped;
  Ref<Outcome> evaluated;
  std::optional<ShapeSwap::Answer> in_germany;
};

Answers After(const Facts& facts, std::vector<Change> changes, Scarce scarce = {}) {
  LiveFacts live = LoadLiveFacts(histories::LoadFacts(facts, histories::AnyNumbers(facts, 5)));
  const TraitTable traits(live.catalog());
  SomeSeats seats;
  seats.none_of_tracked = scarce.denied;
  if (scarce.sku != nullptr) seats.tracked.insert(live.catalog().FindSku(scarce.sku).value());
  const auto evaluate = [&] {
    OutcomeTable known;
    Evaluator evaluator(live, traits, known);
    evaluator.Load(live.FindUser("ana").value());
    return evaluator.Evaluate(seats);
  };
  const Ref<Outcome> before = evaluate();
  const MemoryFacts view(facts);
  const ValidationResult valid = Validate({std::move(changes)}, view).value();
  const Affected affected = ApplyChanges(live, *valid.changes);
  Answers answers{.swapped = std::nullopt, .evaluated = evaluate(), .in_germany = std::nullopt};
  if (!affected.swapped.has_value()) return answers;
  OutcomeTable known;
  Evaluator evaluator(live, traits, known);
  ShapeSwap swap(live, traits, *affected.swapped, seats);
  const Outcome nothing;
  const Outcome& old = before ? *before : nothing;
  const uint32_t ana = live.FindUser("ana").value();
  answers.swapped = swap.After(old, traits.Of(live.LocationOf(ana), false), evaluator);
  answers.in_germany = swap.After(old, traits.Of(*Location::Parse("DE"), false), evaluator);
  return answers;
}

void ExpectEqual(const Ref<Outcome>& x, const Ref<Outcome>& y) {
  ASSERT_EQ(bool(x), bool(y));
  if (!x) return;
  EXPECT_EQ(x->traits, y->traits);
  EXPECT_EQ(x->claims, y->claims);
  EXPECT_EQ(x->granted, y->granted);
  EXPECT_EQ(x->items, y->items);
  ASSERT_EQ(x->licenses.size(), y->licenses.size());
  for (size_t i = 0; i < x->licenses.size(); ++i) {
    EXPECT_EQ(x->licenses[i].sku, y->licenses[i].sku);
    EXPECT_EQ(x->licenses[i].held, y->licenses[i].held);
    EXPECT_EQ(x->licenses[i].may_pass, y->licenses[i].may_pass);
    EXPECT_EQ(x->plans(x->licenses[i]), y->plans(y->licenses[i]));
  }
}

// ana is in f, g and h; g asks for S, h for R, which is rejected: its plans conflict.
TenantBuilder Ana() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C", "D", "X", "Y"}).Conflict("X", "Y").Conflict("A", "C");
  tenant.Requires("D", {"A"}).Prohibited("B", "DE");
  tenant.Sku("S", {"A"}, 9).Sku("T", {"B"}, 9).Sku("U", {"C"}, 9).Sku("V", {"D"}, 9);
  tenant.Sku("R", {"X", "Y"}, 9).UserIn("ana", "US").Groups({"f", "g", "h"});
  tenant.Member("f", "ana", 1).Member("g", "ana", 2).Member("h", "ana", 3);
  return tenant.Assign("g", "S").Assign("h", "R");
}

Change Ask(const char* group, const char* sku) {
  return Put{Assignment{.principal = GroupId(group), .sku = SkuId(sku)}};
}
Change AskNoMore(const char* group, const char* sku) {
  return Delete{AssignmentKey{GroupId(group), SkuId(sku)}};
}

TEST(ShapeSwapTest, WhatMattersToNobodyFollowsFromTheOutcomeBefore) {
  struct Swap {
    std::vector<Change> changes;
    bool alike = true;
  };
  const std::vector<Swap> table = {
      {{Ask("g", "T")}},                       // One more of a licensed group.
      {{Ask("f", "T")}},                       // The first of a group, before all others,
      {{Ask("f", "S")}, false},                // also if somebody else asks for it as well.
      {{AskNoMore("g", "S")}},                 // The last one.
      {{AskNoMore("g", "S"), Ask("g", "T")}},  // One instead of another.
  };
  for (size_t i = 0; i < table.size(); ++i) {
    SCOPED_TRACE(i);
    for (const bool atomic : {false, true}) {
      TenantBuilder tenant = Ana();
      if (atomic) tenant.Atomic();
      const Answers answers = After(tenant.facts, table[i].changes);
      ASSERT_TRUE(answers.swapped.has_value());
      EXPECT_EQ(answers.swapped->alike, table[i].alike);
      ExpectEqual(answers.swapped->outcome, answers.evaluated);
    }
  }
}

struct Row {
  const char* why;
  Facts facts;
  std::vector<Change> changes;
  Scarce scarce = {};
};

// ana asks for V as well, which needs what S has.
TenantBuilder Needy() {
  TenantBuilder needy = Ana();
  return needy.Groups({"k"}).Member("k", "ana", 9).Assign("k", "V");
}

TEST(ShapeSwapTest, WhereTheOrderDoesNotMatterClaimsAreGrantedAnew) {
  TenantBuilder german = Ana();
  german.facts.users[0].usage_location = *Location::Parse("DE");
  TenantBuilder nowhere = Ana();
  nowhere.facts.users[0].usage_location = {};
  nowhere.facts.settings.default_usage_location = {};
  TenantBuilder chain = Needy();
  chain.Plans({"E"}).Requires("E", {"D"}).Sku("Z", {"E"}, 9).Assign("f", "Z");
  TenantBuilder waiting = Needy();
  std::erase_if(waiting.facts.assignments,
                [](const Assignment& assignment) { return assignment.sku == SkuId("S"); });
  TenantBuilder quarrel = Needy();
  quarrel.Sku("W", {"X"}, 9).Sku("Q", {"Y"}, 9).Assign("f", "W").Assign("h", "Q");
  const Row table[] = {
      {"K1", nowhere.facts, {Ask("g", "T")}},
      {"K2", german.facts, {Ask("g", "T")}},
      {"K5, what was needed goes", Needy().facts, {AskNoMore("g", "S")}},
      {"K5, what is needed comes", waiting.facts, {Ask("g", "S")}},
      {"K5, one after the other", chain.facts, {AskNoMore("g", "S")}},
      {"K5, beside a scarce SKU", Needy().Assign("f", "T").facts, {AskNoMore("g", "S")}, {"T"}},
      {"K5, where another seat is denied",
       Needy().Assign("f", "T").facts,
       {AskNoMore("g", "S")},
       {"T", true}},
      {"K5, where others conflict", quarrel.facts, {AskNoMore("g", "S")}},
  };
  for (const Row& row : table) {
    SCOPED_TRACE(row.why);
    const Answers answers = After(row.facts, row.changes, row.scarce);
    ASSERT_TRUE(answers.swapped.has_value());
    EXPECT_FALSE(answers.swapped->alike);
    ExpectEqual(answers.swapped->outcome, answers.evaluated);
  }
}

// ana's claim of V, which is scarce, needs what S of g and F of f have.
TenantBuilder Needy(int64_t joined_f, int64_t joined_k) {
  TenantBuilder tenant;
  tenant.Plans({"A", "D"}).Requires("D", {"A"}).Sku("S", {"A"}, 9).Sku("F", {"A"}, 9);
  tenant.Sku("V", {"D"}, 9).UserIn("ana", "US").Groups({"f", "g", "k"});
  tenant.Member("g", "ana", 5).Member("f", "ana", joined_f).Member("k", "ana", joined_k);
  return tenant.Assign("f", "F").Assign("k", "V");
}

TEST(ShapeSwapTest, ClaimsForScarceSkusStayOnConditionsOfTheirTurns) {
  const Answers answers = After(Needy(1, 9).facts, {Ask("g", "S")}, {"V"});
  ASSERT_TRUE(answers.swapped.has_value());
  EXPECT_TRUE(answers.swapped->alike);
  ExpectEqual(answers.swapped->outcome, answers.evaluated);
  ASSERT_EQ(answers.swapped->conditions.size(), 1u);
  EXPECT_EQ(answers.swapped->conditions[0].firm.size(), 1u);
}

// Where plans conflict, whatever becomes of V's claim stays if F is ahead; that is also so of ties,
// if F stands before the group in the list of claims.
TEST(ShapeSwapTest, WherePlansConflictEqualTimesAreInTheOrderOfTheList) {
  for (const bool before : {true, false}) {
    SCOPED_TRACE(before);
    TenantBuilder needy = Needy(1, 9);
    needy.Plans({"X"}).Conflict("D", "X").Sku("W", {"X"}, 9).Assign("k", "W");
    const char* group = before ? "g" : "e";
    needy.Groups({"e"}).Member("e", "ana", 5);
    const Answers answers = After(needy.facts, {Ask(group, "S")});
    ASSERT_TRUE(answers.swapped.has_value());
    ExpectEqual(answers.swapped->outcome, answers.evaluated);
    ASSERT_EQ(answers.swapped->conditions.size(), 1u);
    ASSERT_EQ(answers.swapped->conditions[0].firm.size(), 1u);
    EXPECT_EQ(answers.swapped->conditions[0].firm[0].behind_at_ties, !before);
  }
}

TEST(ShapeSwapTest, OfOneGroupTheShapesTellWhichClaimStandsBehind) {
  const auto ask = [](int32_t priority, int64_t at) -> std::vector<Change> {
    return {Put{Assignment{.principal = GroupId("f"),
                           .sku = SkuId("S"),
                           .priority = priority,
                           .assigned_at = Time{at}}}};
  };
  const auto conditions = [&](int32_t priority, int64_t at) -> size_t {
    TenantBuilder needy = Needy(1, 9);
    needy.facts.assignments[0].assigned_at = Time{3};
    const Answers answers = After(needy.facts, ask(priority, at), {"V"});
    ExpectEqual(answers.swapped.value().outcome, answers.evaluated);
    return answers.swapped->conditions.size();
  };
  EXPECT_EQ(conditions(0, 4), 0u);
  EXPECT_EQ(conditions(0, 3), 0u);
  EXPECT_EQ(conditions(0, 2), 1u);
  EXPECT_EQ(conditions(-1, 2), 0u);
  EXPECT_EQ(conditions(1, 4), 1u);
}

TEST(ShapeSwapTest, WhatMayMatterIsLeftToALookAtTheUser) {
  const Row table[] = {
      {"K4 with what ana has", Ana().facts, {Ask("h", "U")}},
      {"K5 of the new claim", Ana().facts, {Ask("g", "V")}},
      {"K5 of a claim for a scarce SKU", Needy().facts, {AskNoMore("g", "S")}, {"V"}},
      {"K5 where a dependent conflicts",
       Needy().Conflict("D", "X").Sku("W", {"X"}, 9).Assign("f", "W").facts,
       {AskNoMore("g", "S")}},
      {"K5 where claims conflict", Needy().Assign("f", "U").facts, {AskNoMore("g", "S")}},
      {"K6", Ana().facts, {Ask("g", "T")}, {"T"}},
      {"K4 within the claim", Ana().facts, {Ask("g", "R")}},
      {"a claim that goes and was rejected", Ana().facts, {AskNoMore("h", "R")}},
  };
  for (const Row& row : table) {
    EXPECT_FALSE(After(row.facts, row.changes, row.scarce).swapped.has_value()) << row.why;
  }
}

TEST(ShapeSwapTest, TheFirstClaimOfAUserFollowsFromNothing) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 9).Users({"ana"}).Groups({"g"}).Member("g", "ana", 1);
  const Answers answers = After(tenant.facts, {Ask("g", "S")});
  ASSERT_TRUE(answers.swapped.has_value());
  ExpectEqual(answers.swapped->outcome, answers.evaluated);
}

// An outcome outlives catalogs in which its traits had other numbers.
TEST(ShapeSwapTest, TheTraitsOfTheUserCountAndNotThoseOfTheOutcome) {
  const Answers answers = After(Ana().facts, {Ask("g", "T")});
  ASSERT_TRUE(answers.swapped.has_value() && answers.in_germany.has_value());
  const auto granted = [](const Ref<Outcome>& outcome) { return outcome->granted[0]; };
  EXPECT_NE(granted(answers.swapped->outcome), granted(answers.in_germany->outcome))
      << "B is prohibited there";
}

TEST(ShapeSwapTest, TwoGroupsAreNoSwap) {
  EXPECT_FALSE(After(Ana().facts, {Ask("f", "T"), Ask("g", "T")}).swapped.has_value());
}

}  // namespace
}  // namespace seatwise
