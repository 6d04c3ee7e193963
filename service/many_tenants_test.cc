// Many small tenants over files, with room in memory for a few: they come and go all the time, the
// limit holds, and each comes back with the answers that follow from its facts.
#include <random>
#include <string>
#include <vector>

#include "engine/incremental/live_state.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "service/runtime_for_test.h"
#include "storage/store_for_test.h"
#include "tests/worlds/random_tenant.h"
#include "tests/worlds/weights.h"

namespace seatwise {
namespace {

constexpr uint32_t kTenants = 40;
constexpr size_t kLimit = 192 << 10;

std::string IdOf(uint32_t tenant) { return "t" + std::to_string(tenant); }

worlds::Weights SomeUsers() {
  worlds::Weights weights;
  weights.small = 0;
  weights.users = 40;
  weights.groups = 10;
  weights.units = 30;
  return weights;
}

class ManyTenantsTest : public testing::Test {
 protected:
  void ExpectRight(uint32_t tenant) {
    const auto found = runtime_.Get(IdOf(tenant));
    ASSERT_EQ(ExpandDerived(*found->Published()->live), expected_[tenant]) << IdOf(tenant);
  }
  void ExpectRoom() {
    const RegistryCounts counts = runtime_.registry.counts();
    ASSERT_LE(counts.bytes, kLimit);
    ASSERT_LT(counts.loaded, kTenants / 2);
  }

  StoreForTest store_{StoreKind::kRocks};
  RuntimeForTest runtime_{&*store_, {.memory_limit = kLimit}};
  std::vector<Derived> expected_;
};

TEST_F(ManyTenantsTest, TheLimitHoldsAndAnswersStayRight) {
  const CommitOptions any = {.actor = "ana", .method = "Test"};
  for (uint32_t tenant = 0; tenant < kTenants; ++tenant) {
    const Facts facts = worlds::RandomTenant(tenant, SomeUsers());
    const auto result = runtime_.NewTenant(IdOf(tenant))->Commit(Puts(AllOf(facts)), any);
    ASSERT_TRUE(result.ok() && result->errors.empty()) << result.status();
    expected_.push_back(DeriveReference(facts));
  }
  std::mt19937 random(1);
  for (int i = 0; i < 100; ++i) {
    ASSERT_NO_FATAL_FAILURE(ExpectRight(random() % kTenants));
    runtime_.registry.Trim();
    ASSERT_NO_FATAL_FAILURE(ExpectRoom());
  }
  EXPECT_GT(runtime_.registry.counts().evictions, 50u);
}

}  // namespace
}  // namespace seatwise
