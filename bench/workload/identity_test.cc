#include "bench/workload/identity.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

constexpr uint32_t kUsers = 50'000;

// How many users have each address, compared as rule K3 does.
std::map<std::string, int> CountAddresses(Sharing sharing) {
  std::map<std::string, int> counts;
  for (uint32_t user = 0; user < kUsers; ++user) {
    const std::string list = IdentityOf(1, user, kUsers, sharing).proxy_addresses;
    for (absl::string_view address : absl::StrSplit(list, ';')) {
      EXPECT_FALSE(address.empty());
      ++counts[absl::AsciiStrToLower(address)];
    }
  }
  return counts;
}

TEST(IdentityTest, NamesAreUniqueAndSomeNeedQuoting) {
  std::set<std::string> names;
  int commas = 0, quotes = 0;
  for (uint32_t user = 0; user < kUsers; ++user) {
    const Identity identity = IdentityOf(1, user, kUsers, Sharing::kRare);
    names.insert(identity.user_principal_name);
    commas += identity.display_name.find(',') != std::string::npos;
    quotes += identity.display_name.find('"') != std::string::npos;
  }
  EXPECT_EQ(names.size(), kUsers);
  EXPECT_NEAR(commas, kUsers / 100, 150);
  EXPECT_NEAR(quotes, kUsers / 1000, 30);
}

TEST(IdentityTest, FewAddressesHaveTwoOwnersWhereSharingIsRare) {
  int shared = 0;
  for (const auto& [address, count] : CountAddresses(Sharing::kRare)) shared += count > 1;
  EXPECT_GT(shared, 5);
  EXPECT_LT(shared, 60);
}

TEST(IdentityTest, ThousandsShareAnAddressWhereAsked) {
  const std::map<std::string, int> counts = CountAddresses(Sharing::kByThousands);
  EXPECT_EQ(counts.at("smtp:everyone@contoso.example"), kUsers / 10);
  EXPECT_EQ(counts.at("smtp:cluster.0@contoso.example"), 2'000);
  EXPECT_EQ(counts.at("smtp:cluster.2@contoso.example"), 1'000);
}

TEST(IdentityTest, NobodyHasAnAddressTwice) {
  for (uint32_t user = 0; user < kUsers; ++user) {
    const std::string list = IdentityOf(1, user, kUsers, Sharing::kByThousands).proxy_addresses;
    std::vector<std::string> addresses = absl::StrSplit(list, ';');
    std::sort(addresses.begin(), addresses.end());
    EXPECT_EQ(std::adjacent_find(addresses.begin(), addresses.end()), addresses.end()) << list;
  }
}

}  // namespace
}  // namespace seatwise::workload
