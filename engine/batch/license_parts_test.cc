#include "engine/batch/license_parts.h"

#include <algorithm>
#include <string>

#include "base/executor.h"
#include "base/thread_pool.h"
#include "engine/model/columns_from_facts.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

// Shape 0 asks for plan A of S, shape 1 for plan B of S, shape 2 for T.
Columns ThreeGroups() {
  TenantBuilder tenant;
  tenant.Plans({"A", "B", "C"}).Sku("S", {"A", "B"}, 9).Sku("T", {"C"}, 9);
  tenant.Groups({"g", "h", "i"}).Assign("g", "S", {"B"}).Assign("h", "S", {"A"}).Assign("i", "T");
  return ColumnsFromFacts(tenant.facts);
}

// Which of the three claims are granted follows from the outcome's number.
constexpr ShapeNo kClaims[] = {0, 1, 2};
constexpr uint64_t kGranted[] = {0, 1, 3, 7, 6};
LicenseParts::Source SourceOf(size_t outcome) {
  return {.claims = kClaims, .granted = absl::MakeConstSpan(&kGranted[outcome / 2000 % 5], 1)};
}

LicenseParts MakeParts(const ShapeTable& shapes, size_t outcomes, Executor& executor) {
  LicenseParts parts(shapes, outcomes);
  const size_t count = parts.PartsOf(outcomes);
  parts.Resize(count);
  executor.Run(static_cast<int>(count), [&](int part) {
    const size_t begin = static_cast<size_t>(part) * parts.part_size();
    parts.Make(begin, std::min(begin + parts.part_size(), outcomes), SourceOf);
  });
  parts.Finish(executor);
  return parts;
}

// The plans of a license's set, as a word.
uint64_t PlansOf(const LicenseParts& parts, const OutcomeLicense& license) {
  return parts.PlanSet(license.enabled_plans)[0];
}

TEST(LicensePartsTest, AnOutcomeHasALicenseASku) {  // O1 to O3
  const Columns columns = ThreeGroups();
  const ShapeTable shapes(columns);
  InlineExecutor executor;
  const LicenseParts parts = MakeParts(shapes, 10'000, executor);
  for (size_t outcome : {0, 511, 512, 1'999, 2'000, 6'000, 8'191, 8'192, 9'999}) {
    SCOPED_TRACE(outcome);
    const uint64_t granted = SourceOf(outcome).granted[0];
    const absl::Span<const OutcomeLicense> licenses = parts[outcome];
    ASSERT_EQ(licenses.size(), 2u);
    EXPECT_EQ(PlansOf(parts, licenses[0]), granted & 3);
    EXPECT_EQ(PlansOf(parts, licenses[1]), granted & 4);
    EXPECT_EQ(licenses[0].state == LicenseState::kError, (granted & 3) == 0);
    EXPECT_EQ(licenses[0].state == LicenseState::kActive, (granted & 3) == 3);
  }
}

TEST(LicensePartsTest, FewOutcomesMakeManyPartsAndManyMakeLargeOnes) {
  const Columns columns = ThreeGroups();
  const ShapeTable shapes(columns);
  EXPECT_EQ(LicenseParts(shapes, 0).part_size(), 64u);
  EXPECT_EQ(LicenseParts(shapes, 1'000).part_size(), 64u);
  EXPECT_EQ(LicenseParts(shapes, 10'000).part_size(), 512u);
  EXPECT_EQ(LicenseParts(shapes, 1'000'000).part_size(), 4'096u);
  EXPECT_EQ(LicenseParts(shapes, 1'000).PartsOf(65), 2u);
}

TEST(LicensePartsTest, ThreadsDoNotShow) {
  const Columns columns = ThreeGroups();
  const ShapeTable shapes(columns);
  InlineExecutor one;
  ThreadPool seven(7);
  const LicenseParts x = MakeParts(shapes, 30'000, one);
  const LicenseParts y = MakeParts(shapes, 30'000, seven);
  ASSERT_EQ(x.plan_sets(), y.plan_sets());
  for (size_t outcome = 0; outcome < 30'000; ++outcome) {
    ASSERT_EQ(x[outcome].size(), y[outcome].size());
    for (size_t i = 0; i < x[outcome].size(); ++i) {
      ASSERT_EQ(x[outcome][i].enabled_plans, y[outcome][i].enabled_plans);
    }
  }
}

}  // namespace
}  // namespace seatwise
