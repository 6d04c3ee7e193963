#include "interchange/writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "interchange/random_facts_for_test.h"
#include "interchange/test_folder.h"

namespace seatwise {
namespace {

TEST(WriterTest, WritesEveryColumnSortedByKey) {
  Facts facts;
  facts.users = {{.id = UserId("u2"), .attributes = {{"b", "1"}}},
                 {.id = UserId("u1"), .attributes = {{"a", "x,y"}}}};
  facts.groups = {{.id = GroupId("g")}};
  facts.memberships = {{.group = GroupId("g"), .member = UserId("u1"), .added_at = {1'500'000}},
                       {.group = GroupId("g"), .member = GroupId("g")}};
  TestFolder folder;
  ASSERT_TRUE(WriteFacts(facts, folder.path()).ok());
  EXPECT_EQ(FileText(folder.File("users.csv")),
            "user_id,user_principal_name,display_name,usage_location,account_enabled,user_type,"
            "created_at,proxy_addresses,attr:a,attr:b\n"
            "u1,,,,true,Member,1970-01-01T00:00:00Z,,\"x,y\",\n"
            "u2,,,,true,Member,1970-01-01T00:00:00Z,,,1\n");
  EXPECT_EQ(FileText(folder.File("members.csv")),
            "group_id,member_type,member_id,added_at\n"
            "g,group,g,1970-01-01T00:00:00Z\n"
            "g,user,u1,1970-01-01T00:00:01.5Z\n");
  EXPECT_EQ(FileText(folder.File("observed.csv")), "user_id,sku_id,disabled_plans\n");
}

TEST(WriterTest, TheOrderOfFactsDoesNotShow) {
  std::mt19937 random(4);
  const Facts facts = RandomFacts(random);
  Facts shuffled = facts;
  std::reverse(shuffled.users.begin(), shuffled.users.end());
  std::reverse(shuffled.assignments.begin(), shuffled.assignments.end());
  std::reverse(shuffled.skus.begin(), shuffled.skus.end());
  TestFolder a;
  TestFolder b;
  ASSERT_TRUE(WriteFacts(facts, a.path()).ok());
  ASSERT_TRUE(WriteFacts(shuffled, b.path()).ok());
  for (const auto& entry : std::filesystem::directory_iterator(a.path())) {
    const std::string name = entry.path().filename();
    EXPECT_EQ(FileText(a.File(name)), FileText(b.File(name))) << name;
  }
}

TEST(WriterTest, HowLittleMemoryThereIsDoesNotShow) {
  for (const uint32_t seed : {5u, 6u, 7u}) {
    std::mt19937 random(seed);
    const Facts facts = RandomFacts(random);
    TestFolder want;
    ASSERT_TRUE(WriteFacts(facts, want.path()).ok());
    for (const size_t memory : {size_t{0}, size_t{300}, size_t{5000}}) {
      TestFolder folder;
      FactsWriter writer(folder.File("new"), memory);
      ASSERT_TRUE(writer.AddAll(facts).ok());
      ASSERT_TRUE(writer.Finish().ok());
      for (const auto& entry : std::filesystem::directory_iterator(want.path())) {
        const std::string name = entry.path().filename();
        EXPECT_EQ(FileText(folder.File("new/" + name)), FileText(want.File(name)))
            << name << ", seed " << seed << ", " << memory << " bytes";
      }
    }
  }
}

TEST(WriterTest, WithoutFinishNothingIsThere) {
  TestFolder folder;
  {
    FactsWriter writer(folder.File("new"), 0);
    ASSERT_TRUE(writer.Add(Group{.id = GroupId("g")}).ok());
    ASSERT_TRUE(writer.Add(Group{.id = GroupId("h")}).ok());
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.File("new")));
}

TEST(WriterTest, ACatalogAloneHasNoOtherFiles) {
  Facts facts;
  facts.plans = {{.id = PlanId("p")}};
  TestFolder folder;
  ASSERT_TRUE(WriteCatalogFacts(facts, folder.File("new")).ok());
  EXPECT_EQ(FileText(folder.File("new/service_plans.csv")),
            "plan_id,name,display_name,applies_to,unique_address,retains_data\n"
            "p,,,User,false,false\n");
  EXPECT_TRUE(std::filesystem::exists(folder.File("new/plan_conflicts.csv")));
  EXPECT_FALSE(std::filesystem::exists(folder.File("new/plan_requirements.csv")));
  EXPECT_FALSE(std::filesystem::exists(folder.File("new/users.csv")));
}

TEST(WriterTest, SaysWhichFileCannotBeWritten) {
  TestFolder folder;
  folder.Put("file", "");
  std::filesystem::create_directories(folder.File("dir/users.csv/x"));
  EXPECT_EQ(WriteFacts({}, folder.File("dir")).message(),
            folder.File("dir/users.csv") + ": cannot be written: Is a directory");
  EXPECT_FALSE(WriteFacts({}, folder.File("file")).ok());
}

}  // namespace
}  // namespace seatwise
