#include "storage/keys.h"

#include <random>
#include <string>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

// Ids of up to 128 bytes, made of few different bytes so that many share a beginning.
std::string RandomId(std::mt19937& random) {
  static constexpr char kBytes[] = {'\0', '\x01', 'a', 'b', '\xfe', '\xff'};
  std::string id(random() % 4 == 0 ? random() % 129 : random() % 4, ' ');
  for (char& c : id) c = kBytes[random() % sizeof(kBytes)];
  return id;
}

struct Parts {
  std::string first;
  uint32_t number = 0;
  std::string second;
  uint64_t time = 0;

  auto operator<=>(const Parts&) const = default;
};

Parts RandomParts(std::mt19937& random) {
  return {.first = RandomId(random),
          .number = static_cast<uint32_t>(random() % 3 * 0x100ff),
          .second = RandomId(random),
          .time = random() % 3 * 0x1000000ffULL};
}

std::string Encode(const Parts& parts) {
  return KeyWriter(Table::kObserved)
      .Id(parts.first)
      .Number32(parts.number)
      .Id(parts.second)
      .Number64(parts.time)
      .Take();
}

Parts Decode(const std::string& key) {
  KeyReader reader(key);
  Parts parts;
  parts.first = reader.Id().value();
  parts.number = reader.Number32().value();
  std::string escaped;
  parts.second = std::string(reader.IdView(escaped).value());
  parts.time = reader.Number64().value();
  EXPECT_TRUE(reader.AtEnd());
  return parts;
}

TEST(KeysTest, KeysSortAsTheirPartsDoAndGiveThemBack) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const Parts a = RandomParts(random);
    const Parts b = random() % 8 == 0 ? a : RandomParts(random);
    ASSERT_EQ(a < b, Encode(a) < Encode(b));
    ASSERT_EQ(a == b, Encode(a) == Encode(b));
    ASSERT_EQ(Decode(Encode(a)), a);
  }
}

TEST(KeysTest, KeysOfDifferentTablesDoNotMix) {
  const std::string plan = KeyWriter(Table::kPlan).Id("\xff\xff").Take();
  const std::string sku = KeyWriter(Table::kSku).Id("").Take();
  EXPECT_LT(plan, sku);
  EXPECT_EQ(TableOf(plan), Table::kPlan);
  EXPECT_EQ(TableOf(""), std::nullopt);
}

TEST(KeysTest, WhatIsNoKeyHasNoParts) {
  for (const std::string& rest :
       {std::string(), std::string("a"), std::string("a\0", 2), std::string("a\0b", 3)}) {
    const std::string key = KeyWriter(Table::kUser).Take() + rest;
    std::string escaped;
    EXPECT_EQ(KeyReader(key).Id(), std::nullopt) << rest;
    EXPECT_EQ(KeyReader(key).IdView(escaped), std::nullopt) << rest;
    EXPECT_EQ(KeyReader(key).Number32(), std::nullopt) << rest;
  }
}

TEST(KeysTest, APrefixEndsRightBehindItsKeys) {
  const std::string ff = std::string(1, '\xff');
  EXPECT_EQ(EndOfPrefix("ab"), "ac");
  EXPECT_EQ(EndOfPrefix("a" + ff + ff), "b");
  EXPECT_EQ(EndOfPrefix(ff), "");
  EXPECT_LT("ab" + ff + ff, EndOfPrefix("ab"));
}

TEST(KeysTest, FingerprintsNeverChange) {
  EXPECT_EQ(Fingerprint(""), 0xcbf29ce484222325u);
  EXPECT_EQ(Fingerprint("a"), 0xaf63dc4c8601ec8cu);
}

}  // namespace
}  // namespace seatwise
