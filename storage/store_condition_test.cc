#include "storage/store_condition.h"

#include <atomic>
#include <thread>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

const rocksdb::Status kNoSpace = rocksdb::Status::NoSpace("full");
const rocksdb::Status kEio = rocksdb::Status::IOError("EIO");
const rocksdb::Status kOk = rocksdb::Status::OK();

// Whether no sync may begin.
bool LogBroken(StoreCondition& condition) {
  if (!condition.BeginSync()) return true;
  condition.EndSync();
  return false;
}

absl::StatusCode Code(const absl::Status& status) { return status.code(); }

TEST(StoreConditionTest, AFullDiskIsLeftWhenResumingSucceeds) {
  StoreCondition condition(0);
  EXPECT_TRUE(condition.Health().ok());
  EXPECT_EQ(Code(condition.Failed(kNoSpace, "append", true)), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(LogBroken(condition));
  for (const rocksdb::Status& not_yet : {kNoSpace, rocksdb::Status::Busy()}) {
    EXPECT_TRUE(condition.BeginResume());
    condition.EndResume(not_yet);
    EXPECT_EQ(Code(condition.Health()), absl::StatusCode::kResourceExhausted);
    EXPECT_TRUE(LogBroken(condition));
  }
  EXPECT_TRUE(condition.BeginResume());
  condition.EndResume(kOk);
  EXPECT_FALSE(LogBroken(condition));
  EXPECT_TRUE(condition.Health().ok());
  EXPECT_FALSE(condition.BeginResume());
}

TEST(StoreConditionTest, AnyOtherFailureHaltsForGood) {
  StoreCondition condition(0);
  condition.Failed(kNoSpace, "append", false).IgnoreError();
  EXPECT_EQ(Code(condition.Failed(kEio, "sync", true)), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(condition.BeginResume());
  condition.EndResume(kOk);
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
  EXPECT_TRUE(condition.BeginResume());
  condition.Failed(kEio, "flush", false).IgnoreError();
  condition.EndResume(kOk);
  EXPECT_EQ(Code(condition.Health()), absl::StatusCode::kUnavailable);
}

TEST(StoreConditionTest, ResumingIsNotTriedAgainAtOnce) {
  StoreCondition condition(3600);
  condition.Failed(kNoSpace, "append", false).IgnoreError();
  EXPECT_FALSE(condition.BeginResume());
}

TEST(StoreConditionTest, WhatRocksdbReportsFromTheBackgroundIsHeard) {
  StoreCondition condition(0);
  rocksdb::Status error = kEio;
  condition.OnBackgroundError(rocksdb::BackgroundErrorReason::kFlush, &error);
  EXPECT_EQ(Code(condition.Health()), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(LogBroken(condition));
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

// Who writes the log hears of a failure only once nobody syncs it.
TEST(StoreConditionTest, AFailedWriteOfTheLogWaitsForTheSyncThatRuns) {
  StoreCondition condition(0);
  ASSERT_TRUE(condition.BeginSync());
  std::atomic<bool> told = false;
  std::thread writer([&] {
    condition.LogWriteFailed(kNoSpace);
    told = true;
  });
  while (!absl::IsResourceExhausted(condition.Health())) std::this_thread::yield();
  EXPECT_FALSE(condition.BeginSync());
  EXPECT_FALSE(told);
  condition.EndSync();
  writer.join();
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace seatwise
