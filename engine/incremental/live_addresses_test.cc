#include "engine/incremental/live_addresses.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/histories/live_facts.h"

namespace seatwise {
namespace {

using histories::LiveFactsOf;

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(LiveAddressesTest, TheOldestHolderOwnsAnAddress) {
  const LiveFacts facts = LiveFactsOf(
      "user ana created=2 address=smtp:a@x,smtp:c@x\nuser bob created=1 address=SMTP:A@x\n"
      "user cid created=1 address=smtp:a@x,smtp:b@x\nuser dan address=smtp:b@X\nuser eva\n");
  EXPECT_THAT(HoldersOf(facts, "smtp:a@x"), ElementsAre(0, 1, 2));
  EXPECT_THAT(HoldersOf(facts, "smtp:d@x"), IsEmpty());
  EXPECT_EQ(OwnerOf(facts, {0, 1, 2}), 1u) << "bob is as old as cid, and first by id";
  EXPECT_THAT(ClashesOf(facts, 0), ElementsAre(AddressClash{"smtp:a@x", UserId("bob")}));
  EXPECT_THAT(ClashesOf(facts, 2), ElementsAre(AddressClash{"smtp:a@x", UserId("bob")},
                                               AddressClash{"smtp:b@x", UserId("dan")}));
  for (uint32_t user : {1, 3, 4}) {
    EXPECT_FALSE(facts.HasAddressClash(user));
    EXPECT_FALSE(FindAddressClash(facts, user));
    EXPECT_THAT(ClashesOf(facts, user), IsEmpty());
  }
  EXPECT_TRUE(FindAddressClash(facts, 0));
}

TEST(LiveAddressesTest, SpellingsOfOneAddressAreOne) {
  const PackedAddresses packed = PackAddresses({"smtp:B", "SMTP:b", "a"});
  EXPECT_EQ(packed.text, "asmtp:b");
  EXPECT_THAT(packed.ends, ElementsAre(1, 7));
}

TEST(LiveAddressesTest, TheIndexFollowsAUser) {
  LiveFacts facts = LiveFactsOf("user ana address=a,b\nuser bob address=a\n");
  const Ref<UserRecord> before = facts.users[0];
  const PackedAddresses packed = PackAddresses({"b", "c"});
  UserView view = before->View();
  view.address_text = packed.text;
  view.address_ends = packed.ends;
  facts.users.Set(0, UserRecord::Make(view));
  UpdateAddressIndex(facts, 0, before, facts.users[0]);
  EXPECT_THAT(HoldersOf(facts, "a"), ElementsAre(1));
  EXPECT_THAT(HoldersOf(facts, "c"), ElementsAre(0));
  UpdateAddressIndex(facts, 0, facts.users[0], {});
  EXPECT_EQ(facts.addresses.size(), 1u);
  EXPECT_EQ(AddressHashes({}).size(), 0u);
}

}  // namespace
}  // namespace seatwise
