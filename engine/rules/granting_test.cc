#include "engine/rules/granting.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "engine/model/catalog.h"
#include "engine/model/columns.h"
#include "engine/model/columns_from_facts.h"
#include "engine/model/facts.h"
#include "engine/model/location.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/shape.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// So many seats of each SKU.
struct FewSeats {
  std::map<SkuNo, int> left;
  bool HasSeat(SkuNo sku) const { return left.at(sku) > 0; }
  void Take(SkuNo sku) { --left[sku]; }
};

// Progress with its memory.
struct KeptProgress {
  std::vector<uint64_t> words;
  Healing healing;
  GrantProgress progress;

  template <typename Collection>
  KeptProgress(const Collection& shapes, const ClaimList& list, absl::Span<const uint32_t> order)
      : words(ProgressWords(shapes)),
        progress(StartGranting(shapes, list.shapes, order, words.data(), &healing)) {}
};

// Offers one claim for each SKU of the tenant, all assigned to group g, in the order given, and
// answers which are granted. With `others` each turn begins with Resume, as in a queue where other
// users have turns in between.
std::vector<uint32_t> Grant(const Facts& facts, std::vector<uint32_t> order, FewSeats& seats,
                            const char* location = "US", bool others = false) {
  const Columns columns = ColumnsFromFacts(facts);
  const ShapeTable shapes(columns);
  const TraitTable traits(columns.catalog);
  std::vector<ShapeNo> claims(shapes.size());
  std::iota(claims.begin(), claims.end(), 0);
  std::vector<uint64_t> granted(GrantWords(claims.size()));
  Granting<ShapeTable, FewSeats> granting(shapes, traits, seats);
  const ClaimList list{claims, traits.Of(Location::Parse(location).value_or(Location()), false)};
  KeptProgress kept(shapes, list, order);
  granting.Load(list, order, absl::MakeSpan(granted));
  for (size_t turn = 0; turn < order.size(); ++turn) {
    if (others) granting.Load({}, {}, {});
    if (others) granting.Resume(list, order, absl::MakeSpan(granted), kept.progress);
    granting.Offer(turn);
  }
  std::vector<uint32_t> result;
  for (uint32_t claim : order) {
    if (IsGranted(granted, claim)) result.push_back(claim);
  }
  return result;
}

TEST(GrantingTest, TheFirstOfTwoConflictingClaimsWins) {  // K4
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A"}, 1).Sku("T", {"B"}, 1).Conflict("A", "B").Groups({"g"});
  tenant.Assign("g", "S").Assign("g", "T");
  FewSeats seats{{{0, 1}, {1, 1}}};
  EXPECT_THAT(Grant(tenant.facts, {1, 0}, seats), ElementsAre(1));
  EXPECT_EQ(seats.left[0], 1);
  EXPECT_EQ(seats.left[1], 0);
}

TEST(GrantingTest, HealedClaimsAreTriedAgainFromTheFront) {  // G2
  TenantBuilder tenant;
  tenant.Plans({"X", "Y", "Z"}).Requires("X", {"Y"}).Requires("Y", {"Z"}).Groups({"g"});
  tenant.Sku("S", {"X"}, 1).Sku("T", {"Y"}, 1).Sku("U", {"Z"}, 1);
  tenant.Assign("g", "S").Assign("g", "T").Assign("g", "U");
  FewSeats seats{{{0, 1}, {1, 1}, {2, 1}}};
  EXPECT_THAT(Grant(tenant.facts, {0, 1, 2}, seats), ElementsAre(0, 1, 2));
}

TEST(GrantingTest, AChainHealsInWhateverOrderAndWhoeverHasTurnsBetween) {  // G2, K5
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C", "D", "E"}).Groups({"g"});
  tenant.Requires("B", {"A"}).Requires("C", {"B"}).Requires("D", {"C"}).Requires("D", {"E"});
  tenant.Sku("S", {"A"}, 1).Sku("T", {"B"}, 1).Sku("U", {"C"}, 1).Sku("V", {"D"}, 1);
  tenant.Sku("W", {"E"}, 1);
  for (const char* sku : {"S", "T", "U", "V", "W"}) tenant.Assign("g", sku);
  std::vector<uint32_t> order = {0, 1, 2, 3, 4};
  do {
    for (bool others : {false, true}) {
      FewSeats seats{{{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}}};
      EXPECT_EQ(Grant(tenant.facts, order, seats, "US", others), order);
      FewSeats none_of_b{{{0, 1}, {1, 0}, {2, 1}, {3, 1}, {4, 1}}};
      EXPECT_EQ(Grant(tenant.facts, order, none_of_b, "US", others).size(), 2u);
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

// A table of shapes that counts how often somebody looks at a claim.
class CountingShapes {
 public:
  explicit CountingShapes(const ShapeTable& shapes) : shapes_(shapes) {}

  int64_t looks() const { return looks_; }

  const Catalog& catalog() const { return shapes_.catalog(); }
  const Shape& operator[](ShapeNo shape) const { return Look()[shape]; }
  absl::Span<const ShapeItem> items(ShapeNo shape) const { return Look().items(shape); }
  PlanBits plans(ShapeNo shape) const { return Look().plans(shape); }
  size_t bond_words() const { return shapes_.bond_words(); }
  PlanBits bonds(ShapeNo shape) const { return Look().bonds(shape); }
  PlanBits conflicts(ShapeNo shape) const { return Look().conflicts(shape); }
  uint32_t need_count(ShapeNo shape) const { return Look().need_count(shape); }
  PlanBits need(ShapeNo shape, uint32_t number) const { return Look().need(shape, number); }
  PlanBits plan_set(uint32_t number) const { return Look().plan_set(number); }

 private:
  const ShapeTable& Look() const {
    ++looks_;
    return shapes_;
  }
  const ShapeTable& shapes_;
  mutable int64_t looks_ = 0;
};
static_assert(Shapes<CountingShapes>);

// Claim i needs the plan of claim i - 1.
Facts Chain(int length) {
  TenantBuilder tenant;
  tenant.Groups({"g"});
  for (int i = 0; i < length; ++i) {
    const std::string name = absl::StrCat(10'000 + i);
    tenant.Plans({name.c_str()}).Sku(name.c_str(), {name.c_str()}, 1).Assign("g", name.c_str());
    if (i > 0) tenant.Requires(name.c_str(), {absl::StrCat(10'000 + i - 1).c_str()});
  }
  return tenant.facts;
}

// What it takes to grant a chain whose turns come in this order. Others have turns in between, if
// `others` says so.
double LooksPerClaim(const std::vector<uint32_t>& order, bool others) {
  const Columns columns = ColumnsFromFacts(Chain(static_cast<int>(order.size())));
  const ShapeTable table(columns);
  const CountingShapes shapes(table);
  const TraitTable traits(columns.catalog);
  std::vector<ShapeNo> claims(order.size());
  std::iota(claims.begin(), claims.end(), 0);
  std::vector<uint64_t> granted(GrantWords(claims.size()));
  EndlessSeats seats;
  Granting<CountingShapes, EndlessSeats> granting(shapes, traits, seats);
  const ClaimList list{claims, traits.Of(*Location::Parse("US"), false)};
  KeptProgress kept(shapes, list, order);
  granting.Load(list, order, absl::MakeSpan(granted));
  for (size_t turn = 0; turn < order.size(); ++turn) {
    if (others) {
      granting.Load({}, {}, {});
      granting.Resume(list, order, absl::MakeSpan(granted), kept.progress);
    }
    granting.Offer(turn);
  }
  for (uint32_t claim : order) EXPECT_TRUE(IsGranted(granted, claim)) << claim;
  return static_cast<double>(shapes.looks()) / static_cast<double>(order.size());
}

TEST(GrantingTest, ALongChainTakesNoMoreLooksAClaimThanAShortOne) {  // G2, K5
  for (bool others : {false, true}) {
    for (const char* way : {"forward", "backward", "shuffled"}) {
      double looks[2] = {};
      for (size_t i : {0, 1}) {
        std::vector<uint32_t> order(i == 0 ? kManyClaims : 16 * kManyClaims);
        std::iota(order.begin(), order.end(), 0);
        if (way[0] == 'b') std::reverse(order.begin(), order.end());
        if (way[0] == 's') std::shuffle(order.begin(), order.end(), std::mt19937(1));
        looks[i] = LooksPerClaim(order, others);
      }
      EXPECT_LE(looks[1], looks[0] + 1) << way << (others ? ", others between" : "");
      EXPECT_LE(looks[0], 32) << way;
    }
  }
}

// A SKU for each plan, assigned to one group or two, with needs and conflicts between the plans.
Facts RandomClaims(size_t plans, std::mt19937& random) {
  TenantBuilder tenant;
  tenant.Groups({"g", "h"});
  std::vector<std::string> names;
  for (size_t i = 0; i < plans; ++i) names.push_back(absl::StrCat(10'000 + i));
  for (const std::string& name : names) {
    tenant.Plans({name.c_str()}).Sku(name.c_str(), {name.c_str()}, 1).Assign("g", name.c_str());
    if (random() % 4 == 0) tenant.Assign("h", name.c_str());
  }
  const auto draw = [&] { return names[random() % plans].c_str(); };
  for (const std::string& name : names) {
    const char* other = draw();
    if (random() % 2 == 0) tenant.Requires(name.c_str(), {draw()});
    if (random() % 4 == 0) tenant.Requires(name.c_str(), {draw(), draw()});
    if (random() % 16 == 0 && name != other) tenant.Conflict(name.c_str(), other);
  }
  return tenant.facts;
}

// G2 as it is written: the first claim that passes is granted, as long as there is one.
std::vector<uint32_t> GrantPlainly(const ShapeTable& shapes, const std::vector<uint32_t>& order,
                                   FewSeats seats) {
  std::vector<uint64_t> enabled(shapes.bond_words());
  std::set<uint32_t> granted;
  const auto passes = [&](uint32_t claim) {
    bool lacks = granted.contains(claim) || shapes[claim].conflicts_with_itself ||
                 Intersects(shapes.conflicts(claim), enabled) ||
                 !seats.HasSeat(shapes.items(claim)[0].sku);
    for (uint32_t need = 0; need < shapes.need_count(claim); ++need) {
      lacks = lacks || !Intersects(shapes.need(claim, need), enabled);
    }
    return !lacks;
  };
  for (auto next = order.begin(); next != order.end();) {
    next = std::find_if(order.begin(), order.end(), passes);
    if (next == order.end()) break;
    granted.insert(*next);
    UnionInto(absl::MakeSpan(enabled), shapes.bonds(*next));
    // The seat that the user holds will do for other claims for the SKU.
    seats.left[shapes.items(*next)[0].sku] = 1;
  }
  return {granted.begin(), granted.end()};
}

TEST(GrantingTest, ManyClaimsAreGrantedAsIfEachWereAskedAfterEachGrant) {  // G2
  size_t most = 0;
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    std::mt19937 random(seed);
    const Facts facts = RandomClaims(kManyClaims + random() % 40, random);
    const Columns columns = ColumnsFromFacts(facts);
    const ShapeTable shapes(columns);
    std::vector<uint32_t> order(shapes.size());
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), random);
    FewSeats seats;
    for (SkuNo sku = 0; sku < columns.catalog.skus(); ++sku) seats.left[sku] = random() % 8 != 0;
    const std::vector<uint32_t> expected = GrantPlainly(shapes, order, seats);
    std::vector<uint32_t> granted = Grant(facts, order, seats, "US", seed % 2 == 0);
    std::sort(granted.begin(), granted.end());
    EXPECT_EQ(granted, expected);
    most = std::max(most, granted.size());
  }
  EXPECT_GT(most, 20u);
}

TEST(GrantingTest, NothingIsGrantedThatNeedsASeatThatIsNotThere) {  // K6
  TenantBuilder tenant;
  tenant.Plans({"X", "Y"}).Requires("X", {"Y"}).Sku("S", {"X"}, 1).Sku("T", {"Y"}, 1);
  tenant.Groups({"g"}).Assign("g", "S").Assign("g", "T");
  FewSeats seats{{{0, 1}, {1, 0}}};
  EXPECT_THAT(Grant(tenant.facts, {0, 1}, seats), IsEmpty());
  EXPECT_EQ(seats.left[0], 1);
}

TEST(GrantingTest, AHeldSkuNeedsNoSecondSeat) {
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A", "B"}, 1).Groups({"g", "h"});
  tenant.Assign("g", "S", {"A"}).Assign("h", "S", {"B"});
  FewSeats seats{{{0, 1}}};
  EXPECT_THAT(Grant(tenant.facts, {0, 1}, seats), ElementsAre(0, 1));
  EXPECT_EQ(seats.left[0], 0);
}

TEST(GrantingTest, WithoutALocationNothingPasses) {  // K1
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 1).Groups({"g"}).Assign("g", "S", {"A"});
  FewSeats seats{{{0, 1}}};
  EXPECT_THAT(Grant(tenant.facts, {0}, seats, ""), IsEmpty());
}

TEST(GrantingTest, WhatIsProhibitedInTheLocationNeverPasses) {  // K2
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 1).Prohibited("A", "CN").Groups({"g"}).Assign("g", "S");
  FewSeats seats{{{0, 1}}};
  EXPECT_THAT(Grant(tenant.facts, {0}, seats, "CN"), IsEmpty());
  EXPECT_THAT(Grant(tenant.facts, {0}, seats, "US"), ElementsAre(0));
}

}  // namespace
}  // namespace seatwise
