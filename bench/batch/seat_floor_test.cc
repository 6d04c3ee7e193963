// The floor is right where it claims to be: without checks K1 to K5 it says what the engine says.
#include "bench/batch/seat_floor.h"

#include <algorithm>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/thread_pool.h"
#include "engine/batch/batch.h"
#include "engine/model/columns_from_facts.h"
#include "engine/model/derived_view.h"
#include "engine/rules/shapes.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// (user, SKU, holds it, plans as bits over the USER plans of the SKU).
using Row = std::tuple<UserNo, SkuNo, bool, uint64_t>;

class RandomTenant {
 public:
  explicit RandomTenant(uint64_t seed) : random_(seed) {
    facts.settings.default_usage_location = *Location::Parse("US");
    facts.settings.nested_groups = Draw(2) == 0;
    for (int i = 0; i < kPlans; ++i) facts.plans.push_back({.id = PlanId(absl::StrCat("p", i))});
    for (int i = 0; i < kSkus; ++i) AddSku(i);
    for (int i = 0; i < kUsers; ++i) facts.users.push_back({.id = UserId(absl::StrCat("u", i))});
    for (int i = 0; i < kGroups; ++i) AddGroup(i);
    for (int i = 0; i < kUsers; i += 3) Assign(UserId(absl::StrCat("u", i)));
  }

  Facts facts;

 private:
  static constexpr int kPlans = 6, kSkus = 4, kUsers = 12, kGroups = 5;

  int Draw(int below) { return static_cast<int>(random_() % static_cast<uint64_t>(below)); }
  PlanIdSet DrawPlans() {
    PlanIdSet plans;
    for (int i = 0; i < kPlans; ++i) {
      if (Draw(2) == 0) plans.insert(PlanId(absl::StrCat("p", i)));
    }
    return plans;
  }
  void AddSku(int number) {
    const SkuId id(absl::StrCat("s", number));
    facts.skus.push_back({.id = id, .plans = DrawPlans()});
    facts.subscriptions.push_back(
        {.id = SubscriptionId(id.value()), .sku = id, .units = Draw(kUsers)});
  }
  void Assign(const Principal& principal) {
    for (int sku = 0; sku < kSkus; ++sku) {
      if (Draw(2) == 0) continue;
      facts.assignments.push_back({.principal = principal,
                                   .sku = SkuId(absl::StrCat("s", sku)),
                                   .disabled_plans = DrawPlans(),
                                   .priority = Draw(2),
                                   .assigned_at = Time{Draw(4)}});
    }
  }
  void AddGroup(int number) {
    const GroupId id(absl::StrCat("g", number));
    facts.groups.push_back({.id = id});
    if (Draw(3) != 0) Assign(id);
    for (int user = 0; user < kUsers; ++user) {
      if (Draw(2) != 0) continue;
      facts.memberships.push_back({id, UserId(absl::StrCat("u", user)), Time{Draw(4)}});
    }
    for (int other = 0; other < number; ++other) {
      if (Draw(3) != 0) continue;
      facts.memberships.push_back({id, GroupId(absl::StrCat("g", other)), Time{Draw(4)}});
    }
  }

  std::mt19937_64 random_;
};

uint64_t BitsOfSku(const Catalog& catalog, SkuNo sku, PlanBits plans) {
  uint64_t bits = 0;
  int bit = 0;
  ForEachPlan(catalog.user_plans(sku),
              [&](uint32_t plan) { bits |= uint64_t{Contains(plans, plan)} << bit++; });
  return bits;
}

std::set<Row> EngineRows(const Columns& columns, Executor& executor) {
  const auto state = Derive(columns, executor);
  std::set<Row> rows;
  const UserNo users = static_cast<UserNo>(columns.users.size());
  state->ForEachLicense(0, users, [&](const LicenseRow& row) {
    const uint64_t plans = BitsOfSku(columns.catalog, row.sku, state->PlanSet(row.enabled_plans));
    const bool held = row.state != LicenseState::kError;
    rows.insert({row.user, row.sku, held, held ? plans : 0});
  });
  return rows;
}

std::set<Row> FloorRows(const Columns& columns, ThreadPool& pool) {
  const ShapeTable shapes(columns);
  const Nesting nesting(shapes, pool);
  SeatFloor floor(columns, nesting, pool.threads());
  floor.Run(pool);
  floor.Run(pool);  // What the first run left behind does no harm.
  std::set<Row> rows;
  for (const std::vector<FloorRow>& part : floor.rows()) {
    for (const FloorRow& row : part) {
      rows.insert({row.user, row.sku, !row.denied, row.denied ? 0 : row.plans});
    }
  }
  return rows;
}

TEST(SeatFloorTest, AgreesWithTheEngineWhereNothingIsChecked) {
  ThreadPool pool(2);
  int denied = 0;
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const Columns columns = ColumnsFromFacts(RandomTenant(seed).facts);
    const std::set<Row> rows = FloorRows(columns, pool);
    ASSERT_EQ(rows, EngineRows(columns, pool));
    denied += static_cast<int>(
        std::count_if(rows.begin(), rows.end(), [](const Row& row) { return !std::get<2>(row); }));
  }
  EXPECT_GT(denied, 100);  // Seats were short.
}

}  // namespace
}  // namespace seatwise
