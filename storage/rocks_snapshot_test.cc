#include "storage/rocks_snapshot.h"

#include "gtest/gtest.h"
#include "storage/store_keys.h"

namespace seatwise {
namespace {

// What every snapshot does is in store_conformance_test.cc; this is how it lies in RocksDB.
TEST(RocksSnapshotTest, ReadsWithinTheTenantsPrefix) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, testing::TempDir() + "/snapshot", &db).ok());
  const std::unique_ptr<rocksdb::DB> owned(db);
  ASSERT_TRUE(db->Put({}, FullKey({1}, "a"), "1").ok());
  ASSERT_TRUE(db->Put({}, FullKey({2}, "a"), "2").ok());
  const auto snapshot = TakeRocksSnapshot(*db);
  ASSERT_TRUE(db->Put({}, FullKey({1}, "a"), "later").ok());
  EXPECT_EQ(snapshot->Get({1}, "a").value(), "1");
  EXPECT_EQ(snapshot->SeekLast({2}, "b").value(), (KeyValue{"a", "2"}));
  EXPECT_EQ(snapshot->SeekLast({2}, "A").value(), std::nullopt);
}

}  // namespace
}  // namespace seatwise
