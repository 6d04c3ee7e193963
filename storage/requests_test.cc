#include "storage/requests.h"

#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "storage/tenant_for_test.h"

namespace seatwise {
namespace {

using RequestsTest = TenantFixture;
SEATWISE_ON_BOTH_STORES(RequestsTest);

TEST_P(RequestsTest, RequestsAreKeptWithTheirEffectUntilTheyExpire) {
  const StoredRequest request{
      .request_id = "id", .digest = "d", .reply = "r", .expires_at = Time{2000}};
  meta_.request = request;
  Commit({{Put{tiny::Person("u")}}});
  const auto found = FindRequest(*tenant_->tip(), "ana", "test", "id");
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->request, request);
  EXPECT_EQ((*found)->revision, 1u);
  EXPECT_FALSE(FindRequest(*tenant_->tip(), "bob", "test", "id")->has_value());
  EXPECT_FALSE(FindRequest(*tenant_->tip(), "ana", "toast", "id")->has_value());
  ASSERT_TRUE(tenant_->Prune({}, Time{2000}).ok());
  EXPECT_TRUE(FindRequest(*tenant_->tip(), "ana", "test", "id")->has_value());
  ASSERT_TRUE(tenant_->Prune({}, Time{2001}).ok());
  EXPECT_FALSE(FindRequest(*tenant_->tip(), "ana", "test", "id")->has_value());
}

}  // namespace
}  // namespace seatwise
