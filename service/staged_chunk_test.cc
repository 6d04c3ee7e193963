#include "service/staged_chunk.h"

#include <random>
#include <string>
#include <vector>

#include "base/time.h"
#include "gtest/gtest.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/transfer_service.pb.h"
#include "service/timestamps.h"

namespace seatwise {
namespace {

v1::ImportRequest::Chunk AChunk() {
  v1::ImportRequest::Chunk chunk;
  chunk.set_number(17);
  chunk.add_facts()->mutable_tenant_settings();
  chunk.add_facts()->mutable_user()->set_user_id("ana");
  v1::Member& member = *chunk.add_facts()->mutable_member();
  member.set_group_id("staff");
  member.set_user_id("ana");
  *member.mutable_added_at() = ToTimestamp(Time{-1});
  chunk.add_facts();
  chunk.add_facts()->mutable_observed_license()->set_user_id("ana");
  return chunk;
}

TEST(StagedChunkTest, FactsAreFoundWithTheirKinds) {
  const v1::ImportRequest::Chunk chunk = AChunk();
  const std::string bytes = chunk.SerializeAsString();
  const auto raw = ReadChunk(bytes);
  ASSERT_TRUE(raw.ok()) << raw.status();
  EXPECT_EQ(raw->number, 17);
  ASSERT_EQ(raw->facts.size(), 5u);
  const std::optional<FactKind> kinds[] = {FactKind::kTenantSettings, FactKind::kUser,
                                           FactKind::kMembership, std::nullopt,
                                           FactKind::kObserved};
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(raw->facts[static_cast<size_t>(i)].kind, kinds[i]) << i;
    EXPECT_EQ(raw->facts[static_cast<size_t>(i)].message, chunk.facts(i).SerializeAsString());
  }
  const auto member = ReadMember(raw->facts[2].content);
  ASSERT_TRUE(member.has_value());
  EXPECT_EQ(member->group, "staff");
  EXPECT_EQ(member->member, "ana");
  EXPECT_FALSE(member->member_is_group);
  EXPECT_EQ(member->added_at, Time{-1});
}

TEST(StagedChunkTest, OfFieldsThatAreThereTwiceTheLastOneHolds) {
  v1::ImportRequest::Chunk one, two;
  one.set_number(1), two.set_number(2);
  one.add_facts()->mutable_user()->set_user_id("ana");
  v1::Fact group;
  group.mutable_group()->set_group_id("staff");
  *one.mutable_facts(0) = v1::Fact();
  v1::Fact user;
  user.mutable_user()->set_user_id("ana");
  std::string bytes = one.SerializeAsString() + two.SerializeAsString();
  // A fact that is a user, and then a group.
  const std::string both = user.SerializeAsString() + group.SerializeAsString();
  bytes += std::string("\x12") + static_cast<char>(both.size()) + both;
  const auto raw = ReadChunk(bytes);
  ASSERT_TRUE(raw.ok()) << raw.status();
  EXPECT_EQ(raw->number, 2);
  EXPECT_EQ(raw->facts.back().kind, FactKind::kGroup);
  EXPECT_EQ(raw->facts.back().content, "");
}

// A later version may add fields of any type.
TEST(StagedChunkTest, FieldsThatNobodyKnowsAreSkipped) {
  v1::Fact user;
  user.mutable_user()->set_user_id("ana");
  for (const std::string& field : {std::string("\x78\x01", 2),                 // A varint.
                                   std::string("\x79") + std::string(8, 'x'),  // Eight bytes.
                                   std::string("\x7a\x01x"),                   // So many bytes.
                                   std::string("\x7d") + std::string(4, 'x')}) {
    const std::string fact = field + user.SerializeAsString();
    const std::string bytes = field + "\x12" + static_cast<char>(fact.size()) + fact;
    const auto raw = ReadChunk(bytes);
    ASSERT_TRUE(raw.ok()) << raw.status();
    ASSERT_EQ(raw->facts.size(), 1u);
    EXPECT_EQ(raw->facts[0].kind, FactKind::kUser);
    EXPECT_EQ(raw->facts[0].message, fact);
  }
}

// Each member differs from one that is read by what is left to others.
TEST(StagedChunkTest, WhateverElseAMemberSaysIsLeftToOthers) {
  const auto with = [](auto change) {
    v1::Member member;
    member.set_group_id("staff");
    member.set_user_id("ana");
    change(member);
    return ReadMember(member.SerializeAsString()).has_value();
  };
  EXPECT_TRUE(with([](v1::Member&) {}));
  EXPECT_TRUE(with([](v1::Member& m) { m.mutable_added_at()->set_nanos(1000); }));
  EXPECT_TRUE(with([](v1::Member& m) { m.set_member_group_id("board"); }));
  EXPECT_FALSE(with([](v1::Member& m) { m.set_name("tenants/t/groups/g/members/user:u"); }));
  EXPECT_FALSE(with([](v1::Member& m) { m.set_etag("e"); }));
  EXPECT_FALSE(with([](v1::Member& m) { m.clear_group_id(); }));
  EXPECT_FALSE(with([](v1::Member& m) { m.clear_user_id(); }));
  EXPECT_FALSE(with([](v1::Member& m) { m.set_user_id(""); }));
  EXPECT_FALSE(with([](v1::Member& m) { m.mutable_added_at()->set_nanos(1); }));
  EXPECT_FALSE(with([](v1::Member& m) { m.mutable_added_at()->set_nanos(-1000); }));
  EXPECT_FALSE(with([](v1::Member& m) { m.mutable_added_at()->set_seconds(int64_t{1} << 60); }));
}

// What is read of damaged bytes is what protobuf reads of them, and what protobuf does not read is
// not read.
TEST(StagedChunkTest, DamagedBytesAreReadAsProtobufDoesOrNotAtAll) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::string sound = AChunk().facts(2).member().SerializeAsString();
  int read = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = sound;
    const int flips = 1 + static_cast<int>(random() % 2);
    for (int flip = 0; flip < flips; ++flip) {
      bytes[random() % bytes.size()] ^= static_cast<char>(1 << random() % 8);
    }
    if (random() % 8 == 0) bytes.resize(random() % bytes.size());
    const auto row = ReadMember(bytes);
    v1::Member member;
    if (!row || !member.ParseFromString(bytes)) continue;  // Ids that are no UTF-8 are not known.
    ++read;
    EXPECT_EQ(row->group, member.group_id());
    EXPECT_EQ(row->member, row->member_is_group ? member.member_group_id() : member.user_id());
    EXPECT_EQ(row->added_at, FromTimestamp(member.added_at())) << member.ShortDebugString();
  }
  EXPECT_GT(read, 1000);
}

TEST(StagedChunkTest, BytesThatAreNoChunkAreRefused) {
  const std::string bytes = AChunk().SerializeAsString();
  EXPECT_FALSE(ReadChunk(bytes.substr(0, bytes.size() - 1)).ok());
  EXPECT_FALSE(ReadChunk(std::string("\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11)).ok());
  EXPECT_FALSE(ReadChunk(std::string(1, '\0')).ok());
  EXPECT_TRUE(ReadChunk("").ok());
}

}  // namespace
}  // namespace seatwise
