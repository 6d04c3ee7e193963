#include "storage/batch.h"

#include <string>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(BatchTest, WritesComeBackInTheOrderGiven) {
  Batch batch;
  batch.Put("a", "1");
  batch.Delete("b");
  batch.Put("", "");
  ASSERT_EQ(batch.size(), 3);
  EXPECT_EQ(batch.write(0).key, "a");
  EXPECT_EQ(batch.write(0).value, "1");
  EXPECT_FALSE(batch.write(0).deletion);
  EXPECT_EQ(batch.write(1).key, "b");
  EXPECT_TRUE(batch.write(1).deletion);
  EXPECT_EQ(batch.write(2).key, "");
  EXPECT_FALSE(batch.write(2).deletion);
}

TEST(BatchTest, BytesAreThoseOfKeysAndValues) {
  Batch batch;
  batch.Put("key", std::string("\0\xff", 2));
  batch.Delete("k2");
  EXPECT_EQ(batch.bytes(), 7);
  batch.Clear();
  EXPECT_EQ(batch.bytes(), 0);
  EXPECT_TRUE(batch.empty());
}

TEST(BatchTest, CallersBytesNeedNotOutliveTheCall) {
  Batch batch;
  std::string key = "key";
  std::string value = "value";
  batch.Put(key, value);
  key = "xxx";
  value = "yyyyy";
  EXPECT_EQ(batch.write(0).key, "key");
  EXPECT_EQ(batch.write(0).value, "value");
}

}  // namespace
}  // namespace seatwise
