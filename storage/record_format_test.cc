#include "storage/record_format.h"

#include <string>

#include "gtest/gtest.h"
#include "storage/record.pb.h"

namespace seatwise {
namespace {

TEST(RecordFormatTest, AMessageComesBack) {
  storage::GroupRecord group;
  group.set_number(7);
  EXPECT_EQ(Decoded<storage::GroupRecord>(EncodeMessage(group))->number(), 7u);
}

TEST(RecordFormatTest, AMessageWithoutContentIsNotEmpty) {
  EXPECT_EQ(EncodeMessage(storage::GroupRecord()), "\x01");
  EXPECT_EQ(*Unframed(Framed("")), "");
}

TEST(RecordFormatTest, OtherVersionsAreRefusedAndNamed) {
  const absl::Status newer = Decoded<storage::GroupRecord>("\x02zzz").status();
  EXPECT_EQ(newer.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(newer.message().find("version 2"), absl::string_view::npos) << newer;
  EXPECT_FALSE(Unframed(std::string(1, '\0')).ok());
}

TEST(RecordFormatTest, WhatIsNoMessageIsDataLoss) {
  for (const std::string& value :
       {std::string(), std::string("\x01\x08"), std::string("\x01\xff")}) {
    EXPECT_EQ(Decoded<storage::GroupRecord>(value).status().code(), absl::StatusCode::kDataLoss);
  }
}

}  // namespace
}  // namespace seatwise
