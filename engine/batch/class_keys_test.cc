#include "engine/batch/class_keys.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/executor.h"
#include "engine/batch/nesting.h"
#include "engine/model/columns.h"
#include "engine/model/columns_from_facts.h"
#include "engine/model/facts.h"
#include "engine/rules/shapes.h"
#include "engine/rules/traits.h"
#include "engine/testing/tenant_builder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAreArray;

// A tenant as the keys see it.
struct World {
  Columns columns;
  ShapeTable shapes{columns};
  TraitTable traits{columns.catalog};
  InlineExecutor executor;
  Nesting nesting{shapes, executor};

  explicit World(const Facts& facts) : columns(ColumnsFromFacts(facts)) {}
};

// The licensed groups of a user, each once, one after the other.
std::set<GroupNo> LicensedOf(const World& world, UserNo user) {
  std::set<GroupNo> licensed;
  for (GroupNo group : world.columns.GroupsOf(user)) {
    for (const Carrier& carrier : world.nesting.Of(group)) licensed.insert(carrier.licensed);
  }
  return licensed;
}

void ExpectKey(const World& world, UserNo user, const ClassKeys& keys, size_t number) {
  SCOPED_TRACE(testing::Message() << "user " << user);
  const ClassKeyParts parts(keys[number]);
  const std::set<GroupNo> licensed = LicensedOf(world, user);
  EXPECT_THAT(parts.groups, ElementsAreArray(licensed));
  std::vector<ShapeNo> direct;
  for (uint32_t row = world.columns.first_direct[user]; row < world.columns.first_direct[user + 1];
       ++row) {
    direct.push_back(world.shapes.DirectShape(row));
  }
  EXPECT_THAT(parts.direct, ElementsAreArray(direct));
  const bool has_clash = !world.columns.ClashesOf(user).empty();
  const Traits traits = world.traits.Of(world.columns.LocationOf(user), has_clash);
  EXPECT_EQ(parts.traits, licensed.empty() && direct.empty() ? 0 : traits);
  EXPECT_EQ(keys.hash(number), KeyTable::HashOf(keys[number]));
}

// Groups in groups, some licensed: users are in up to 20, by several ways, some in none that count.
Facts RandomTenant(uint32_t seed) {
  std::mt19937 random(seed);
  TenantBuilder tenant;
  tenant.Plans({"A", "B"}).Sku("S", {"A"}, 9).Sku("T", {"B"}, 9).Prohibited("A", "CN");
  const auto group = [](size_t number) { return absl::StrCat("g", 10 + number); };
  constexpr size_t kGroups = 25;
  for (size_t i = 0; i < kGroups; ++i) tenant.Groups({group(i).c_str()});
  for (size_t i = 0; i < kGroups; ++i) {
    if (random() % 2 == 0) tenant.Assign(group(i).c_str(), random() % 2 == 0 ? "S" : "T");
    const size_t inner = random() % kGroups;
    if (inner != i) tenant.Nested(group(i).c_str(), group(inner).c_str());
  }
  for (size_t i = 0; i < 200; ++i) {
    const std::string user = absl::StrCat("u", 100 + i);
    tenant.Users({user.c_str()});
    if (random() % 3 == 0) tenant.facts.users.back().usage_location = *Location::Parse("CN");
    std::set<size_t> groups;
    for (size_t left = random() % 3 == 0 ? random() % 20 : random() % 5; left > 0; --left) {
      groups.insert(random() % kGroups);
    }
    for (size_t number : groups) tenant.Member(group(number).c_str(), user.c_str());
    if (random() % 5 == 0) tenant.AssignUser(user.c_str(), "S");
    if (random() % 9 == 0) tenant.AssignUser(user.c_str(), "T");
  }
  return tenant.facts;
}

// However many users are at hand at the same time.
TEST(ClassKeysTest, KeysSayWhatEachUserHas) {
  for (uint32_t seed = 1; seed <= 10; ++seed) {
    const World world(RandomTenant(seed));
    const auto users = static_cast<UserNo>(world.columns.users.size());
    for (UserNo block : {1, 3, 64, 200}) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", " << block << " users at a time");
      ClassKeys keys(world.shapes, world.traits, world.nesting);
      for (UserNo begin = 0; begin < users; begin += block) {
        const UserNo end = std::min(begin + block, users);
        keys.Make(begin, end);
        for (UserNo user = begin; user < end; ++user) ExpectKey(world, user, keys, user - begin);
      }
    }
  }
}

TEST(ClassKeysTest, ClashingAddressesAreATrait) {
  TenantBuilder tenant;
  tenant.Plans({"A"}).Sku("S", {"A"}, 9).Groups({"g"}).Assign("g", "S");
  for (const char* user : {"ana", "bob", "cid", "dan"}) tenant.Users({user}).Member("g", user);
  for (size_t i : {1, 3}) tenant.facts.users[i].proxy_addresses = {"smtp:one@example.com"};
  const World world(tenant.facts);
  ClassKeys keys(world.shapes, world.traits, world.nesting);
  keys.Make(0, 4);
  for (UserNo user = 0; user < 4; ++user) ExpectKey(world, user, keys, user);
  EXPECT_NE(keys[1], keys[3]);  // One of the two owns the address.
}

}  // namespace
}  // namespace seatwise
