#include "storage/store_condition.h"

#include "gtest/gtest.h"

namespace seatwise {
namespace {

const rocksdb::Status kNoSpace = rocksdb::Status::NoSpace("full");
const rocksdb::Status kEio = rocksdb::Status::IOError("EIO");
const rocksdb::Status kOk = rocksdb::Status::OK();

absl::StatusCode Code(const absl::Status& status) { return status.code(); }

TEST(StoreConditionTest, AFullDiskIsLeftWhenResumingSucceeds) {
  StoreCondition condition(0);
  EXPECT_TRUE(condition.Health().ok());
  EXPECT_EQ(Code(condition.Failed(kNoSpace, "append", true)), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(condition.log_broken());
  EXPECT_EQ(Code(condition.TryResume([] { return kNoSpace; })),
            absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(condition.log_broken());
  EXPECT_TRUE(condition.TryResume([] { return kOk; }).ok());
  EXPECT_FALSE(condition.log_broken());
  EXPECT_TRUE(condition.Health().ok());
}

TEST(StoreConditionTest, AnyOtherFailureHaltsForGood) {
  StoreCondition condition(0);
  condition.Failed(kNoSpace, "append", false).IgnoreError();
  EXPECT_EQ(Code(condition.Failed(kEio, "sync", true)), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Code(condition.TryResume([] { return kOk; })), absl::StatusCode::kUnavailable);
  condition.Failed(kNoSpace, "append", false).IgnoreError();
  condition.Failed(absl::DataLossError("later")).IgnoreError();
  EXPECT_EQ(condition.Health().message(),
            "the store is halted: it can be read, and takes writes again after a restart (sync: "
            "IO error: EIO)");
}

TEST(StoreConditionTest, WhatRocksdbCallsFatalHaltsEvenOnAFullDisk) {
  StoreCondition condition(0);
  const rocksdb::Status fatal(kNoSpace, rocksdb::Status::Severity::kFatalError);
  EXPECT_EQ(Code(condition.Failed(fatal, "new log", true)), absl::StatusCode::kUnavailable);
}

TEST(StoreConditionTest, WhatFailsWhileResumingCounts) {
  StoreCondition condition(0);
  condition.Failed(kNoSpace, "append", false).IgnoreError();
  const absl::Status status = condition.TryResume([&condition] {
    condition.Failed(kEio, "flush", false).IgnoreError();
    return kOk;
  });
  EXPECT_EQ(Code(status), absl::StatusCode::kUnavailable);
}

TEST(StoreConditionTest, ResumingIsNotTriedAgainAtOnce) {
  StoreCondition condition(3600);
  condition.Failed(kNoSpace, "append", false).IgnoreError();
  int tries = 0;
  EXPECT_FALSE(condition
                   .TryResume([&tries] {
                     ++tries;
                     return kOk;
                   })
                   .ok());
  EXPECT_EQ(tries, 0);
}

TEST(StoreConditionTest, WhatRocksdbReportsFromTheBackgroundIsHeard) {
  StoreCondition condition(0);
  rocksdb::Status error = kEio;
  condition.OnBackgroundError(rocksdb::BackgroundErrorReason::kFlush, &error);
  EXPECT_EQ(Code(condition.Health()), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(condition.log_broken());
  bool auto_recovery = true;
  condition.OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason::kFlush, kEio, &auto_recovery);
  EXPECT_FALSE(auto_recovery);
}

TEST(StoreConditionTest, ANewMemtableIsToldOfOnce) {
  StoreCondition condition(0);
  EXPECT_TRUE(condition.TakeNewMemtable());
  EXPECT_FALSE(condition.TakeNewMemtable());
  condition.OnMemTableSealed({});
  EXPECT_TRUE(condition.TakeNewMemtable());
}

}  // namespace
}  // namespace seatwise
