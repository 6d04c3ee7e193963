#include "engine/model/derived_view.h"

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "engine/model/columns.h"
#include "engine/model/columns_from_facts.h"
#include "engine/model/derived.h"
#include "engine/model/ids.h"
#include "engine/model/plan_bits.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;

// A state made by hand for tiny::Tenant(): ana has e3, bob waits for e1.
class FakeView final : public DerivedView {
 public:
  FakeView() : columns_(ColumnsFromFacts(tiny::Tenant())), plan_sets_(columns_.catalog.words()) {
    plan_sets_.Add(columns_.catalog.BitsOf({}));
    plan_sets_.Add(columns_.catalog.BitsOf(tiny::Plans({"mail"})));
  }

  const Columns& columns() const override { return columns_; }
  void ForEachLicense(UserNo begin, UserNo end,
                      absl::FunctionRef<void(const LicenseRow&)> visit) const override {
    const LicenseRow rows[] = {{0, 1, LicenseState::kActive, 1}, {1, 0, LicenseState::kError, 0}};
    for (UserNo user = begin; user < end; ++user) visit(rows[user]);
  }
  void ForEachItem(UserNo, UserNo, absl::FunctionRef<void(const ItemRow&)>) const override {}
  uint32_t PlanSetCount() const override { return static_cast<uint32_t>(plan_sets_.size()); }
  PlanBits PlanSet(uint32_t number) const override { return plan_sets_[number]; }
  std::vector<SeatUsage> Seats() const override { return {{.sku = SkuId("e1"), .waiting = 1}}; }
  std::vector<GroupStatus> Groups() const override {
    return {{.group = GroupId("staff"), .members = 2}};
  }
  ClaimCounts Counts() const override { return {}; }
  std::vector<ClaimItem> Explain(UserNo user) const override {
    if (user == 0) {
      return {
          {.user = UserId("ana"), .source = GroupId("staff"), .sku = SkuId("e3"), .granted = true}};
    }
    return {{.user = UserId("bob"),
             .source = UserId("bob"),
             .sku = SkuId("e1"),
             .violations = {Count{1}}}};
  }

 private:
  Columns columns_;
  PlanRows plan_sets_;
};

TEST(DerivedViewTest, MasksAreSetsOfCodes) {
  const ViolationMask mask = 1 << static_cast<int>(ViolationCode::kCount) | 1;
  EXPECT_TRUE(Contains(mask, ViolationCode::kUsageLocationMissing));
  EXPECT_TRUE(Contains(mask, ViolationCode::kCount));
  EXPECT_FALSE(Contains(mask, ViolationCode::kOther));
}

TEST(DerivedViewTest, ExpandingTurnsNumbersIntoIds) {
  const FakeView view;
  const Derived derived = ExpandDerived(view);
  EXPECT_THAT(derived.licenses, ElementsAre(License{.user = UserId("ana"),
                                                    .sku = SkuId("e3"),
                                                    .state = LicenseState::kActive,
                                                    .enabled_plans = tiny::Plans({"mail"})},
                                            License{.user = UserId("bob"),
                                                    .sku = SkuId("e1"),
                                                    .state = LicenseState::kError}));
  ASSERT_EQ(derived.items.size(), 2u);
  EXPECT_EQ(derived.items[0], view.Explain(0)[0]);
  EXPECT_EQ(derived.items[1], view.Explain(1)[0]);
  EXPECT_EQ(derived.seats, view.Seats());
  EXPECT_EQ(derived.groups, view.Groups());
}

}  // namespace
}  // namespace seatwise
