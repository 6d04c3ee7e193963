#include "storage/high_water_mark.h"

#include <fstream>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

class HighWaterMarkTest : public testing::Test {
 protected:
  HighWaterMarkTest()
      : folder_(testing::TempDir() + "/mark_" +
                    testing::UnitTest::GetInstance()->current_test_info()->name(),
                nullptr) {
    EXPECT_TRUE(folder_.Create().ok());
    EXPECT_TRUE(HighWaterMark::Create(folder_, {1, 10}).ok());
  }

  // Flips all bits of one byte of the file.
  void Damage(int offset) {
    std::fstream file(folder_.PathOf(kMarkFile), std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(offset);
    const char byte = static_cast<char>(~file.get());
    file.seekp(offset);
    file.put(byte);
  }

  StoreFolder folder_;
};

TEST_F(HighWaterMarkTest, TheNewestOfTwoSlotsCounts) {
  for (const uint64_t ticket : {11, 12, 15}) {
    EXPECT_TRUE(HighWaterMark::Open(folder_).value()->MoveTo(ticket).ok());
    EXPECT_EQ(HighWaterMark::Read(folder_).value(), (Mark{1, ticket}));
  }
}

TEST_F(HighWaterMarkTest, IfOneSlotIsDamagedTheOtherCounts) {
  const auto mark = HighWaterMark::Open(folder_).value();
  ASSERT_TRUE(mark->MoveTo(11).ok());  // Slot 0.
  ASSERT_TRUE(mark->MoveTo(12).ok());  // Slot 1.
  Damage(4096 + 20);
  EXPECT_EQ(HighWaterMark::Read(folder_).value(), (Mark{1, 11}));
}

TEST_F(HighWaterMarkTest, EachByteOfASlotIsGuarded) {
  for (int offset = 0; offset < 36; ++offset) {
    ASSERT_TRUE(HighWaterMark::Create(folder_, {1, 10}).ok());
    ASSERT_TRUE(HighWaterMark::Open(folder_).value()->MoveTo(11).ok());  // Slot 0.
    Damage(offset);
    EXPECT_EQ(HighWaterMark::Read(folder_).value(), (Mark{1, 10})) << offset;
  }
}

TEST_F(HighWaterMarkTest, WithoutAnIntactSlotThereIsNoMark) {
  Damage(0);
  Damage(4096);
  EXPECT_EQ(HighWaterMark::Read(folder_).status().code(), absl::StatusCode::kDataLoss);
  ASSERT_TRUE(folder_.RemoveDurably(kMarkFile).ok());
  EXPECT_EQ(HighWaterMark::Open(folder_).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace seatwise
