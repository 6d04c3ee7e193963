#include "bench/workload/generator.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "bench/workload/folder_reader.h"
#include "gtest/gtest.h"

namespace seatwise::workload {
namespace {

constexpr const char* kFiles[] = {
    "tenant.json",
    "skus.csv",
    "service_plans.csv",
    "sku_plans.csv",
    "plan_conflicts.csv",
    "plan_requirements.csv",
    "plan_prohibited_locations.csv",
    "subscriptions.csv",
    "users.csv",
    "groups.csv",
    "members.csv",
    "assignments.csv",
};

Options PresetS(uint64_t seed, const Overrides& overrides = {}) {
  return *Resolve(Preset::kS, Shape::kRealistic, Mode::kSkuIndependent, true, seed, overrides);
}

Options Tiny(uint64_t seed) {
  return PresetS(seed, {.users = 200, .groups = 60, .licensed_groups = 20, .memberships = 1'500});
}

// Generates into a folder of its own below the test's.
std::string Folder(const std::string& name, const Options& options) {
  const std::string folder = absl::StrCat(testing::TempDir(), "/", name);
  const absl::StatusOr<Summary> summary = Generate(options, folder);
  EXPECT_TRUE(summary.ok()) << summary.status();
  return folder;
}

std::string AllBytes(const std::string& folder) {
  std::string bytes;
  for (const char* file : kFiles) absl::StrAppend(&bytes, ReadText(folder + "/" + file));
  return bytes;
}

TEST(GeneratorTest, SameSeedGivesTheSameBytesAndAnotherSeedOthers) {
  const std::string first = AllBytes(Folder("first", Tiny(1)));
  EXPECT_EQ(first, AllBytes(Folder("second", Tiny(1))));
  EXPECT_NE(first, AllBytes(Folder("third", Tiny(2))));
}

// A change of these bytes changes every tenant that benchmarks were run on: it must be meant.
TEST(GeneratorTest, BytesOfSeedOneAreFixed) {
  uint64_t hash = 14695981039346656037u;  // FNV-1a.
  for (unsigned char byte : AllBytes(Folder("fixed", Tiny(1)))) {
    hash = (hash ^ byte) * 1099511628211u;
  }
  EXPECT_EQ(hash, 10662415855186613623u);
}

TEST(GeneratorTest, SummaryTellsWhatWasWritten) {
  const std::string folder = testing::TempDir() + "/summary";
  const absl::StatusOr<Summary> summary = Generate(Tiny(1), folder);
  ASSERT_TRUE(summary.ok()) << summary.status();
  ASSERT_EQ(summary->files.size(), std::size(kFiles));
  for (size_t i = 0; i < std::size(kFiles); ++i) {
    const FileSize& file = summary->files[i];
    EXPECT_EQ(file.name, kFiles[i]);
    EXPECT_EQ(file.bytes, ReadText(folder + "/" + file.name).size());
    if (i > 0) {
      EXPECT_EQ(file.rows, ReadTable(folder, file.name).size()) << file.name;
    }
  }
}

TEST(GeneratorTest, TenantFileFollowsModeAndNesting) {
  Options options = Tiny(1);
  options.mode = Mode::kGroupAtomic;
  options.nested = false;
  EXPECT_EQ(ReadText(Folder("atomic", options) + "/tenant.json"),
            "{\"assignment_mode\":\"GROUP_ATOMIC\",\"nested_groups\":false,"
            "\"default_usage_location\":\"\",\"retention_days\":30}\n");
}

TEST(GeneratorTest, AFolderThatCannotBeMadeIsNamed) {
  const std::string file = testing::TempDir() + "/in_the_way";
  Folder("before", Tiny(1));
  ASSERT_TRUE(CsvFile::Create(testing::TempDir(), "in_the_way", "a").ok());
  const absl::Status status = Generate(Tiny(1), file).status();
  EXPECT_FALSE(status.ok());
  EXPECT_NE(status.message().find(absl::StrCat("cannot create folder ", file)), std::string::npos)
      << status;
}

// The preset S, generated once for all tests of it.
class PresetSTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { folder_ = new std::string(Folder("preset_s", PresetS(1))); }
  static void TearDownTestSuite() { delete folder_; }

  static Table Read(absl::string_view name) { return ReadTable(*folder_, name); }
  static std::set<std::string> Ids(absl::string_view name) {
    std::set<std::string> ids;
    for (const auto& row : Read(name)) EXPECT_TRUE(ids.insert(row[0]).second) << name;
    return ids;
  }
  // Every row's first cells are a key.
  static void ExpectUnique(absl::string_view name, size_t cells) {
    std::set<std::vector<std::string>> keys;
    for (const auto& row : Read(name)) {
      EXPECT_TRUE(keys.insert({row.begin(), row.begin() + cells}).second) << name;
    }
  }
  static void ExpectKnown(absl::string_view list, const std::set<std::string>& ids) {
    for (absl::string_view id : absl::StrSplit(list, ';', absl::SkipEmpty())) {
      EXPECT_TRUE(ids.count(std::string(id))) << id;
    }
  }

  static std::string* folder_;
};

std::string* PresetSTest::folder_ = nullptr;

TEST_F(PresetSTest, CountsAreThePresets) {
  EXPECT_EQ(Read("users.csv").size(), 10'000u);
  EXPECT_EQ(Read("groups.csv").size(), 2'000u);
  EXPECT_EQ(Read("skus.csv").size(), 20u);
  EXPECT_NEAR(Read("members.csv").size(), 100'000u, 2'000u);
  std::set<std::string> licensed;
  for (const auto& row : Read("assignments.csv")) {
    if (row[0] == "group") licensed.insert(row[1]);
  }
  EXPECT_EQ(licensed.size(), 100u);
}

TEST_F(PresetSTest, NoKeyRepeats) {
  for (const char* name :
       {"users.csv", "groups.csv", "skus.csv", "service_plans.csv", "subscriptions.csv"}) {
    Ids(name);
  }
  ExpectUnique("sku_plans.csv", 2);
  ExpectUnique("plan_conflicts.csv", 2);
  ExpectUnique("plan_requirements.csv", 2);
  ExpectUnique("plan_prohibited_locations.csv", 2);
  ExpectUnique("members.csv", 3);
  ExpectUnique("assignments.csv", 3);
}

TEST_F(PresetSTest, CatalogRefersToWhatExists) {
  const std::set<std::string> skus = Ids("skus.csv");
  const std::set<std::string> plans = Ids("service_plans.csv");
  for (const auto& row : Read("sku_plans.csv")) {
    ExpectKnown(row[0], skus);
    ExpectKnown(row[1], plans);
  }
  for (const char* name : {"plan_conflicts.csv", "plan_requirements.csv"}) {
    for (const auto& row : Read(name)) {
      ExpectKnown(row[0], plans);
      ExpectKnown(row[1], plans);
    }
  }
  for (const auto& row : Read("plan_prohibited_locations.csv")) ExpectKnown(row[0], plans);
  for (const auto& row : Read("subscriptions.csv")) ExpectKnown(row[1], skus);
}

TEST_F(PresetSTest, DirectoryRefersToWhatExists) {
  const std::set<std::string> users = Ids("users.csv");
  const std::set<std::string> groups = Ids("groups.csv");
  const std::set<std::string> skus = Ids("skus.csv");
  const std::set<std::string> plans = Ids("service_plans.csv");
  for (const auto& row : Read("members.csv")) {
    ExpectKnown(row[0], groups);
    ExpectKnown(row[2], row[1] == "group" ? groups : users);
  }
  for (const auto& row : Read("assignments.csv")) {
    ExpectKnown(row[1], row[0] == "group" ? groups : users);
    ExpectKnown(row[2], skus);
    ExpectKnown(row[3], plans);
  }
}

TEST_F(PresetSTest, OnePercentHaveNoLocation) {
  const Table users = Read("users.csv");
  const auto nowhere =
      std::count_if(users.begin(), users.end(), [](const auto& row) { return row[3].empty(); });
  EXPECT_NEAR(nowhere, 100, 30);
}

TEST_F(PresetSTest, OnlyUsersAndGroupsNeedQuotes) {
  EXPECT_NE(ReadText(*folder_ + "/users.csv").find('"'), std::string::npos);
  EXPECT_NE(ReadText(*folder_ + "/groups.csv").find('"'), std::string::npos);
  EXPECT_EQ(ReadText(*folder_ + "/members.csv").find('"'), std::string::npos);
  EXPECT_EQ(ReadText(*folder_ + "/assignments.csv").find('"'), std::string::npos);
}

TEST_F(PresetSTest, ATenthOfTheUsersAskForAScarceSku) {
  const Summary summary = *Generate(PresetS(1), *folder_);
  EXPECT_EQ(summary.scarce_skus, 5u);
  EXPECT_NEAR(summary.touching, 1'000u, 150u);
  EXPECT_GT(summary.claims, 30'000u);
  EXPECT_LT(summary.claims, 60'000u);
}

}  // namespace
}  // namespace seatwise::workload
