#include "storage/store_keys.h"

#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(StoreKeysTest, TenantsLieInTheOrderOfTheirNumbers) {
  const std::string all_bytes_high(100, '\xff');
  const std::vector<TenantNumber> tenants = {{0}, {1}, {255}, {256}, {0x01000000}, kMaxTenant};
  for (size_t i = 0; i < tenants.size(); ++i) {
    EXPECT_LT(FullKey(tenants[i], ""), FullKey(tenants[i], all_bytes_high));
    EXPECT_LT(FullKey(tenants[i], all_bytes_high), FullKeyAfter(tenants[i]));
    if (i == 0) continue;
    EXPECT_LE(FullKeyAfter(tenants[i - 1]), FullKey(tenants[i], ""));
  }
}

TEST(StoreKeysTest, AKeyIsThePrefixAndTheTenantsKey) {
  EXPECT_EQ(FullKey({0x01020304}, "k"), "\x01\x02\x03\x04k");
  EXPECT_EQ(FullKey({0}, "").size(), kTenantPrefixBytes);
}

TEST(StoreKeysTest, TheStoresOwnKeysLieBehindAllTenants) {
  for (const std::string& own :
       {EpochKey({0}), EpochKey(kMaxTenant), GenerationKey(), TicketKey()}) {
    EXPECT_GE(own, FullKeyAfter(kMaxTenant));
  }
}

TEST(StoreKeysTest, NumbersComeBack) {
  for (const uint64_t number : {uint64_t{0}, uint64_t{1}, uint64_t{1} << 40, ~uint64_t{0}}) {
    EXPECT_EQ(DecodeNumber(EncodeNumber(number)), number);
  }
  EXPECT_EQ(DecodeNumber(""), std::nullopt);
  EXPECT_EQ(DecodeNumber("123456789"), std::nullopt);
}

TEST(StoreKeysTest, FullKeysDifferByTenantAndKey) {
  EXPECT_NE(EpochKey({1}), EpochKey({2}));
  EXPECT_NE(FullKey({1}, "a"), FullKey({2}, "a"));
}

}  // namespace
}  // namespace seatwise
