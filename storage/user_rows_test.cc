#include "storage/user_rows.h"

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "engine/model/account_flags.h"
#include "engine/model/address_clashes.h"
#include "engine/model/facts.h"
#include "engine/model/location.h"
#include "engine/model/string_column.h"
#include "gtest/gtest.h"
#include "storage/fact_dice_for_test.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/records.h"

namespace seatwise {
namespace {

std::vector<std::string> TextsOf(const StringColumn& column) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < column.size(); ++i) texts.emplace_back(column[i]);
  return texts;
}

// What the record says through its message; nothing else may come of it.
void ExpectAsTheMessage(const std::string& value) {
  storage::UserRecord record;
  UserRows rows;
  const absl::Status status = rows.Add("ana", value);
  const absl::Status decoded = DecodeMessage(value, record);
  if (!decoded.ok()) {
    ASSERT_EQ(status, decoded);
    return;
  }
  const absl::StatusOr<Location> location = ToLocation(record.usage_location());
  ASSERT_EQ(status, location.status());
  if (!status.ok()) return;
  EXPECT_EQ(rows.ids[0], "ana");
  EXPECT_EQ(rows.number[0], record.number());
  EXPECT_EQ(rows.location[0], *location);
  EXPECT_EQ(rows.created_at[0], Time{record.created_at()});
  EXPECT_EQ(rows.accounts[0], (AccountFlags{record.blocked(), record.guest()}));
  EXPECT_EQ(
      TextsOf(rows.addresses.address),
      std::vector<std::string>(record.proxy_addresses().begin(), record.proxy_addresses().end()));
  EXPECT_EQ(rows.addresses.user, std::vector<uint32_t>(TextsOf(rows.addresses.address).size()));
}

TEST(UserRowsTest, ARecordIsReadAsItsMessageIs) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  FactDice dice(seed);
  int users = 0;
  for (int i = 0; i < 20'000; ++i) {
    const Fact fact = dice.AnyFact();
    const User* user = std::get_if<User>(&fact);
    if (user == nullptr) continue;
    ++users;
    const uint32_t number = static_cast<uint32_t>(i) * 0x10001;
    ASSERT_NO_FATAL_FAILURE(ExpectAsTheMessage(EncodeMessage(ToUserRecord(*user, number))));
  }
  EXPECT_GT(users, 100);
}

TEST(UserRowsTest, DamageIsWhatTheMessageSaysItIs) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  storage::UserRecord record;
  record.set_number(300);
  record.set_usage_location("PT");
  record.set_created_at(-1);
  record.set_guest(true);
  record.add_proxy_addresses("SMTP:ana@contoso.com");
  const std::string good = EncodeMessage(record);
  for (size_t size = 0; size <= good.size(); ++size) {
    ASSERT_NO_FATAL_FAILURE(ExpectAsTheMessage(good.substr(0, size)));
  }
  for (int i = 0; i < 50'000; ++i) {
    std::string bytes = good;
    for (size_t flips = 1 + random() % 3; flips > 0; --flips) {
      bytes[random() % bytes.size()] ^= static_cast<char>(1 << random() % 8);
    }
    ASSERT_NO_FATAL_FAILURE(ExpectAsTheMessage(bytes)) << testing::PrintToString(bytes);
  }
}

TEST(UserRowsTest, FieldsOfANewerVersionAreLeftOut) {
  // Field 15: a varint, bytes, 8 and 4 bytes.
  for (const absl::string_view field : {absl::string_view("\x78\x96\x01", 3),
                                        absl::string_view("\x7a\x03"
                                                          "abc",
                                                          5),
                                        absl::string_view("\x79"
                                                          "12345678",
                                                          9),
                                        absl::string_view("\x7d"
                                                          "1234",
                                                          5)}) {
    storage::UserRecord record;
    record.set_number(7);
    ASSERT_NO_FATAL_FAILURE(ExpectAsTheMessage(EncodeMessage(record) + std::string(field)));
  }
}

TEST(UserRowsTest, PartsAreJoinedInOrder) {
  std::vector<UserRows> parts(3);
  for (const auto& [part, id] : {std::pair(0, "a"), std::pair(2, "b"), std::pair(2, "c")}) {
    storage::UserRecord record;
    record.set_number(static_cast<uint32_t>(id[0]));
    record.add_proxy_addresses(id);
    ASSERT_TRUE(parts[static_cast<size_t>(part)].Add(id, EncodeMessage(record)).ok());
  }
  const std::vector<std::string> names = {"a", "b", "c"};
  EXPECT_EQ(TextsOf(TakeIds(parts)), names);
  const AddressColumn addresses = TakeAddresses(parts);
  EXPECT_EQ(TextsOf(addresses.address), names);
  EXPECT_EQ(addresses.user, (std::vector<uint32_t>{0, 1, 2}));
  const UserRows values = TakeValues(parts);
  EXPECT_EQ(values.number, (std::vector<uint32_t>{'a', 'b', 'c'}));
  EXPECT_EQ(values.location.size(), 3u);
  EXPECT_EQ(values.created_at.size(), 3u);
  EXPECT_EQ(values.accounts.size(), 3u);
}

}  // namespace
}  // namespace seatwise
