#include "interchange/sorted_records.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "interchange/test_folder.h"

namespace seatwise {
namespace {

std::vector<std::string> All(SortedRecords& records) {
  std::vector<std::string> all;
  EXPECT_TRUE(records
                  .ForEach([&](absl::string_view record) {
                    all.emplace_back(record);
                    return absl::OkStatus();
                  })
                  .ok());
  return all;
}

// Of any bytes and lengths, some longer than a buffer, some equal.
std::vector<std::string> RandomRecords(std::mt19937& random, size_t count) {
  std::vector<std::string> records;
  for (size_t i = 0; i < count; ++i) {
    if (i > 0 && random() % 10 == 0) {
      records.push_back(records[random() % records.size()]);
      continue;
    }
    std::string record(random() % 100 == 0 ? random() % 300'000 : random() % 50, '\0');
    for (char& byte : record) byte = static_cast<char>(random());
    records.push_back(std::move(record));
  }
  return records;
}

TEST(SortedRecordsTest, RecordsComeInTheOrderOfTheirBytesHoweverManyRunsThereAre) {
  for (const uint32_t seed : {1u, 2u, 3u, 4u}) {
    std::mt19937 random(seed);
    std::vector<std::string> want = RandomRecords(random, 1000);
    TestFolder folder;
    SortedRecords records(folder.path());
    for (const std::string& record : want) {
      records.Add(record);
      const bool spills = seed > 1 && random() % (1u << (2 * seed)) == 0;
      ASSERT_TRUE(!spills || records.Spill().ok());
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    std::sort(want.begin(), want.end());
    EXPECT_EQ(All(records), want) << "seed " << seed;
  }
}

TEST(SortedRecordsTest, SpilledRecordsTakeNoMemory) {
  TestFolder folder;
  SortedRecords records(folder.path());
  EXPECT_TRUE(records.empty());
  records.Add("record");
  EXPECT_GE(records.bytes(), 6u);
  ASSERT_TRUE(records.Spill().ok());
  EXPECT_EQ(records.bytes(), 0u);
  EXPECT_FALSE(records.empty());
  EXPECT_EQ(All(records), std::vector<std::string>{"record"});
}

TEST(SortedRecordsTest, ErrorsEndIt) {
  SortedRecords nowhere("/proc/nowhere");
  nowhere.Add("record");
  EXPECT_FALSE(nowhere.Spill().ok());

  TestFolder folder;
  SortedRecords records(folder.path());
  int visited = 0;
  for (const char* record : {"b", "a", "c"}) {
    records.Add(record);
    ASSERT_TRUE(records.Spill().ok());
  }
  const absl::Status status = records.ForEach([&](absl::string_view record) {
    ++visited;
    return record == "b" ? absl::CancelledError() : absl::OkStatus();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(visited, 2);
}

}  // namespace
}  // namespace seatwise
