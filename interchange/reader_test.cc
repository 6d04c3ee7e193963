#include "interchange/reader.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/thread_pool.h"
#include "engine/model/columns_from_facts.h"
#include "interchange/folder_reading.h"
#include "interchange/random_facts_for_test.h"
#include "interchange/test_folder.h"
#include "interchange/writer.h"

namespace seatwise {
namespace {

void Describe(PlanBits set, std::ostream& out) {
  for (uint64_t word : set) out << " " << std::hex << word << std::dec;
}

void Describe(const Columns& columns, absl::Span<const AssignmentRow> rows, std::ostream& out) {
  for (const AssignmentRow& row : rows) {
    out << "  " << row.sku << " " << row.priority << " " << row.assigned_at;
    Describe(columns.plan_sets[row.plans], out);
    out << "\n";
  }
}

// All that columns yield.
std::string Describe(const Columns& columns) {
  std::ostringstream out;
  for (SkuNo sku = 0; sku < columns.catalog.skus(); ++sku) {
    out << columns.catalog.sku(sku).id << " " << columns.catalog.supply(sku).capacity();
    Describe(columns.catalog.user_plans(sku), out);
    out << "\n";
  }
  for (UserNo user = 0; user < columns.users.size(); ++user) {
    out << columns.users[user] << " " << columns.LocationOf(user) << "\n";
    for (size_t i = 0; i < columns.GroupsOf(user).size(); ++i) {
      out << "  " << columns.GroupsOf(user)[i] << " " << columns.AddedAt(user)[i] << "\n";
    }
    for (const ClashRow& clash : columns.ClashesOf(user)) {
      out << "  " << clash.address << " " << clash.owner << "\n";
    }
    Describe(columns, columns.DirectOf(user), out);
  }
  for (GroupNo group = 0; group < columns.groups.size(); ++group) {
    out << columns.groups[group] << "\n";
    Describe(columns, columns.AssignmentsOf(group), out);
  }
  for (const GroupEdge& edge : columns.edges) {
    out << edge.parent << " " << edge.child << " " << edge.added_at << "\n";
  }
  return out.str();
}

TEST(ReaderTest, WhatIsWrittenReadsTheSame) {
  std::mt19937 random(1);
  for (int i = 0; i < 100; ++i) {
    const Facts facts = RandomFacts(random);
    TestFolder folder;
    ASSERT_TRUE(WriteFacts(facts, folder.path()).ok());
    ReadReport report;
    const std::optional<Facts> read = ReadFacts(folder.path(), report);
    ASSERT_TRUE(read.has_value()) << i << ": " << testing::PrintToString(ErrorTexts(report));
    ASSERT_EQ(Sorted(*read), Sorted(facts)) << i;
  }
}

// Puts facts back together as they come.
struct Collector {
  Facts& facts;

  void operator()(const TenantSettings& fact) const { facts.settings = fact; }
  void operator()(const ServicePlan& fact) const { facts.plans.push_back(fact); }
  void operator()(const Sku& fact) const { facts.skus.push_back(fact); }
  void operator()(const PlanConflict& fact) const { facts.conflicts.push_back(fact); }
  void operator()(const PlanRequirement& fact) const { facts.requirements.push_back(fact); }
  void operator()(const PlanProhibition& fact) const { facts.prohibitions.push_back(fact); }
  void operator()(const Subscription& fact) const { facts.subscriptions.push_back(fact); }
  void operator()(const User& fact) const { facts.users.push_back(fact); }
  void operator()(const Group& fact) const { facts.groups.push_back(fact); }
  void operator()(const Membership& fact) const { facts.memberships.push_back(fact); }
  void operator()(const Assignment& fact) const { facts.assignments.push_back(fact); }
  void operator()(const Observed& fact) const { facts.observed.push_back(fact); }
};

TEST(ReaderTest, StreamedFactsAreTheSame) {
  std::mt19937 random(3);
  for (int i = 0; i < 50; ++i) {
    const Facts facts = RandomFacts(random);
    TestFolder folder;
    ASSERT_TRUE(WriteFacts(facts, folder.path()).ok());
    ReadReport report;
    ThreadPool executor(2);
    Facts streamed;
    ASSERT_TRUE(StreamFacts(folder.path(), executor, report, [&](const Fact& fact) {
      std::visit(Collector{streamed}, fact);
    })) << i;
    ASSERT_EQ(Sorted(streamed), Sorted(facts)) << i;
  }
}

TEST(ReaderTest, AStreamFromABadFolderSaysNo) {
  TestFolder folder;
  folder.Put("users.csv", "user_id\nu\nu\n");
  ReadReport report;
  ThreadPool executor(2);
  EXPECT_FALSE(StreamFacts(folder.path(), executor, report, [](const Fact&) {}));
  EXPECT_EQ(report.error_count, 1);
}

TEST(ReaderTest, ColumnsAreThoseOfTheFacts) {
  std::mt19937 random(2);
  for (int i = 0; i < 50; ++i) {
    TestFolder folder;
    ASSERT_TRUE(WriteFacts(RandomFacts(random), folder.path()).ok());
    ReadReport report;
    const std::optional<Facts> facts = ReadFacts(folder.path(), report);
    ASSERT_TRUE(facts.has_value()) << i;
    ThreadPool executor(2);
    const std::optional<Columns> columns = ReadColumns(folder.path(), executor, report);
    ASSERT_TRUE(columns.has_value()) << i;
    ASSERT_EQ(Describe(*columns), Describe(ColumnsFromFacts(*facts))) << i;
  }
}

TEST(ReaderTest, EmptyCellsAndMissingColumnsAreDefaults) {
  TestFolder folder;
  folder.Put("skus.csv", "sku_id,overage_units\ns,\n")
      .Put("service_plans.csv", "plan_id\np\n")
      .Put("subscriptions.csv", "subscription_id,sku_id,units,status\nb,s,3,\n")
      .Put("users.csv", "user_id,account_enabled,attr:x\nu,,\n")
      .Put("groups.csv", "group_id\ng\n")
      .Put("members.csv", "group_id,member_type,member_id\ng,user,u\n")
      .Put("assignments.csv", "principal_type,principal_id,sku_id\ngroup,g,s\n")
      .Put("observed.csv", "user_id,sku_id\nx,y\n");
  Facts expected;
  expected.skus = {{.id = SkuId("s")}};
  expected.plans = {{.id = PlanId("p")}};
  expected.subscriptions = {{.id = SubscriptionId("b"), .sku = SkuId("s"), .units = 3}};
  expected.users = {{.id = UserId("u")}};
  expected.groups = {{.id = GroupId("g")}};
  expected.memberships = {{.group = GroupId("g"), .member = UserId("u")}};
  expected.assignments = {{.principal = GroupId("g"), .sku = SkuId("s")}};
  expected.observed = {{.user = UserId("x"), .sku = SkuId("y")}};
  ReadReport report;
  EXPECT_EQ(ReadFacts(folder.path(), report), expected);
}

TEST(ReaderTest, BothDirectionsOfAConflictAreOneFact) {
  TestFolder folder;
  folder.Put("service_plans.csv", "plan_id\na\nb\n")
      .Put("plan_conflicts.csv", "plan_id,conflicts_with_plan_id\nb,a\na,b\n");
  ReadReport report;
  const std::optional<Facts> facts = ReadFacts(folder.path(), report);
  ASSERT_TRUE(facts.has_value());
  EXPECT_EQ(facts->conflicts, (std::vector<PlanConflict>{{.a = PlanId("a"), .b = PlanId("b")}}));
}

TEST(ReaderTest, ReportsRowsBytesAndProgress) {
  TestFolder folder;
  folder.Put("tenant.json", "{}").Put("users.csv", "user_id\nu1\nu2\n");
  ReadReport report;
  InlineExecutor executor;
  std::vector<std::pair<int64_t, int64_t>> progress;
  ASSERT_TRUE(ReadColumns(folder.path(), executor, report, [&](int64_t done, int64_t total) {
                progress.emplace_back(done, total);
              }).has_value());
  ASSERT_EQ(report.files.size(), 2u);
  EXPECT_EQ(report.files[1].file, "users.csv");
  EXPECT_EQ(report.files[1].rows, 2);
  EXPECT_EQ(report.files[1].bytes, 14);
  ASSERT_FALSE(progress.empty());
  EXPECT_EQ(progress.back(), std::pair(int64_t{16}, int64_t{16}));
}

// Cells of which some are right, so that rows have every number of mistakes.
std::string RandomMembers(std::mt19937& random, int rows) {
  static constexpr const char* kGroups[] = {"g1", "g2", "g9", "", "a;b", "\"g\n1\"", "g\"1"};
  static constexpr const char* kTypes[] = {"user", "group", "user", "group", "User", ""};
  static constexpr const char* kMembers[] = {"u1", "u2", "g1", "u9", "", "\"u,1\"", "\"u\"1"};
  static constexpr const char* kTimes[] = {"", "2020-01-01T00:00:00Z", "x", ",", "\n"};
  std::string text = "group_id,member_type,member_id,added_at\n";
  for (int i = 0; i < rows; ++i) {
    absl::StrAppend(&text, kGroups[random() % 7], ",", kTypes[random() % 6], ",");
    absl::StrAppend(&text, kMembers[random() % 7], ",", kTimes[random() % 5], "\n");
  }
  return text;
}

ReadReport ReadSliced(const std::string& dir, size_t slice_bytes, Executor& executor) {
  const Progress no_progress;
  FolderReading reading(dir, {.slice_bytes = slice_bytes}, executor, no_progress);
  reading.Read();
  ReadReport report;
  reading.Report(report);
  return report;
}

TEST(ReaderTest, ErrorsDoNotDependOnThreadsOrSlices) {
  std::mt19937 random(3);
  InlineExecutor one;
  ThreadPool two(2);
  ThreadPool seven(7);
  for (const int rows : {1, 3, 20, 500}) {
    TestFolder folder;
    folder.Put("users.csv", "user_id\nu1\nu2\n").Put("groups.csv", "group_id\ng1\ng2\n");
    folder.Put("members.csv", RandomMembers(random, rows));
    const ReadReport expected = ReadSliced(folder.path(), size_t{1} << 20, one);
    for (const size_t slice_bytes : {7, 30, 100, 1'000}) {
      for (Executor* executor : {static_cast<Executor*>(&one), static_cast<Executor*>(&two),
                                 static_cast<Executor*>(&seven)}) {
        const ReadReport report = ReadSliced(folder.path(), slice_bytes, *executor);
        ASSERT_EQ(report.errors, expected.errors) << rows << " rows, slices of " << slice_bytes;
        ASSERT_EQ(report.error_count, expected.error_count);
      }
    }
  }
}

TEST(ReaderTest, AThousandErrorsAreCountedAndAHundredShown) {
  TestFolder folder;
  std::string users = "user_id,created_at\n";
  std::string members = "group_id,member_type,member_id\n";
  for (int i = 0; i < 500; ++i) {
    absl::StrAppend(&users, "u", i, ",yesterday\n");
    absl::StrAppend(&members, "g,user,u", i, "\n");
    absl::StrAppend(&members, "g,user,v", i, "\n");
  }
  folder.Put("users.csv", users).Put("members.csv", members).Put("groups.csv", "group_id\ng\n");
  const Stopwatch watch;
  ReadReport report;
  EXPECT_FALSE(ReadFacts(folder.path(), report).has_value());
  EXPECT_LT(watch.Seconds(), 1.0);
  EXPECT_EQ(report.error_count, 1'000);
  ASSERT_EQ(report.errors.size(), 100u);
  EXPECT_EQ(report.errors[99].line, 101);
}

}  // namespace
}  // namespace seatwise
