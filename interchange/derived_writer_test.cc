#include "interchange/derived_writer.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/thread_pool.h"
#include "engine/model/columns_from_facts.h"
#include "interchange/test_folder.h"

namespace seatwise {
namespace {

// A state that nobody derived: rows as a test wants them.
class FakeView final : public DerivedView {
 public:
  explicit FakeView(const Facts& facts)
      : columns_(ColumnsFromFacts(facts)), sets_(columns_.catalog.words()) {
    AddSet({});
  }

  // Answers the set's number.
  uint32_t AddSet(const PlanIdSet& plans) {
    return static_cast<uint32_t>(sets_.Add(columns_.catalog.BitsOf(plans)));
  }
  // In the order of users.
  std::vector<LicenseRow> licenses;
  std::vector<ItemRow> items;
  std::vector<SeatUsage> seats;

  const Columns& columns() const override { return columns_; }
  void ForEachLicense(UserNo begin, UserNo end,
                      absl::FunctionRef<void(const LicenseRow&)> visit) const override {
    ForEach(licenses, begin, end, visit);
  }
  void ForEachItem(UserNo begin, UserNo end,
                   absl::FunctionRef<void(const ItemRow&)> visit) const override {
    ForEach(items, begin, end, visit);
  }
  uint32_t PlanSetCount() const override { return static_cast<uint32_t>(sets_.size()); }
  PlanBits PlanSet(uint32_t number) const override { return sets_[number]; }
  std::vector<SeatUsage> Seats() const override { return seats; }
  std::vector<GroupStatus> Groups() const override { return {}; }
  ClaimCounts Counts() const override { return {}; }
  std::vector<ClaimItem> Explain(UserNo) const override { return {}; }

 private:
  template <typename Row>
  static void ForEach(const std::vector<Row>& rows, UserNo begin, UserNo end,
                      absl::FunctionRef<void(const Row&)> visit) {
    auto it = std::lower_bound(rows.begin(), rows.end(), begin,
                               [](const Row& row, UserNo user) { return row.user < user; });
    for (; it != rows.end() && it->user < end; ++it) visit(*it);
  }

  Columns columns_;
  PlanRows sets_;
};

TEST(DerivedWriterTest, WritesTheThreeTables) {
  Facts facts;
  facts.users = {{.id = UserId("u,1")}, {.id = UserId("u2")}};
  facts.groups = {{.id = GroupId("g\"")}};
  facts.skus = {{.id = SkuId("A")}, {.id = SkuId("b;\n")}};
  facts.plans = {{.id = PlanId("p")}, {.id = PlanId("P,")}};
  FakeView view(facts);
  const uint32_t both = view.AddSet({PlanId("p"), PlanId("P,")});
  const uint32_t one = view.AddSet({PlanId("p")});
  view.licenses = {{0, 0, LicenseState::kActive, both},
                   {0, 1, LicenseState::kError, 0},
                   {1, 0, LicenseState::kDisabled, one},
                   {1, 1, LicenseState::kActiveWithError, one}};
  view.items = {{.user = 0, .direct = false, .principal = 0, .sku = 0, .violations = 0},
                {.user = 0, .direct = true, .principal = 0, .sku = 1, .violations = 0b100101},
                {.user = 1, .direct = true, .principal = 1, .sku = 1, .violations = 0b1011010}};
  view.seats = {
      {.sku = SkuId("A"), .usable = 3, .capacity = kUnlimited, .consumed = 5, .waiting = 2},
      {.sku = SkuId("b;\n"), .usable = 4, .parked = 9, .capacity = 4, .consumed = 1}};
  TestFolder folder;
  InlineExecutor executor;
  ASSERT_TRUE(WriteDerived(view, folder.File("new/out"), executor).ok());
  EXPECT_EQ(FileText(folder.File("new/out/licenses.csv")),
            "user_id,sku_id,state,enabled_plans\n"
            "\"u,1\",A,Active,\"P,;p\"\n"
            "\"u,1\",\"b;\n\",Error,\n"
            "u2,A,Disabled,p\n"
            "u2,\"b;\n\",ActiveWithError,p\n");
  EXPECT_EQ(FileText(folder.File("new/out/claims.csv")),
            "user_id,principal_type,principal_id,sku_id,outcome,violations\n"
            "\"u,1\",group,\"g\"\"\",A,Granted,\n"
            "\"u,1\",user,\"u,1\",\"b;\n\",Rejected,UsageLocationMissing;UniquenessViolation;"
            "CountViolation\n"
            "u2,user,u2,\"b;\n\",Rejected,ProhibitedInUsageLocationViolation;"
            "MutuallyExclusiveViolation;DependencyViolation;Other\n");
  EXPECT_EQ(FileText(folder.File("new/out/seats.csv")),
            "sku_id,usable,capacity,consumed,available,waiting,overrun\n"
            "A,3,unlimited,5,0,2,4\n"
            "\"b;\n\",4,4,1,3,0,0\n");
}

TEST(DerivedWriterTest, TablesWithoutRowsHaveTheirHeader) {
  FakeView view{Facts()};
  TestFolder folder;
  ThreadPool executor(2);
  ASSERT_TRUE(WriteDerived(view, folder.path(), executor).ok());
  EXPECT_EQ(FileText(folder.File("licenses.csv")), "user_id,sku_id,state,enabled_plans\n");
  EXPECT_EQ(FileText(folder.File("seats.csv")),
            "sku_id,usable,capacity,consumed,available,waiting,overrun\n");
}

// Many users with few rows each, and one with more than a block holds back.
FakeView LargeView() {
  Facts facts;
  for (int i = 0; i < 9'000; ++i) facts.users.push_back({.id = UserId(absl::StrCat("user-", i))});
  for (int i = 0; i < 40; ++i) {
    facts.skus.push_back({.id = SkuId(absl::StrCat("s", i))});
    facts.plans.push_back({.id = PlanId(absl::StrCat("a plan with a long name ", i))});
    facts.groups.push_back({.id = GroupId(absl::StrCat("g", i))});
  }
  FakeView view(facts);
  std::mt19937 random(5);
  for (UserNo user = 0; user < facts.users.size(); ++user) {
    const uint32_t rows = user == 4'000 ? 50'000 : random() % 4;
    for (uint32_t i = 0; i < rows; ++i) {
      view.licenses.push_back({user, i % 40, static_cast<LicenseState>(random() % 4), 0});
      view.items.push_back({.user = user,
                            .direct = random() % 2 == 0,
                            .principal = static_cast<uint32_t>(random() % 40),
                            .sku = i % 40,
                            .violations = static_cast<ViolationMask>(random() % 128)});
    }
  }
  return view;
}

TEST(DerivedWriterTest, TheSameBytesForAnyNumberOfThreads) {
  const FakeView view = LargeView();
  TestFolder folder;
  std::vector<std::string> expected;
  for (const int threads : {1, 2, 7}) {
    ThreadPool executor(threads);
    ASSERT_TRUE(WriteDerived(view, folder.path(), executor).ok());
    const std::vector<std::string> texts = {FileText(folder.File("licenses.csv")),
                                            FileText(folder.File("claims.csv"))};
    if (expected.empty()) expected = texts;
    EXPECT_EQ(texts, expected) << threads;
  }
  EXPECT_EQ(static_cast<size_t>(std::count(expected[0].begin(), expected[0].end(), '\n')),
            view.licenses.size() + 1);
}

TEST(DerivedWriterTest, ProgressCountsEachUserOnceForEachTable) {
  const FakeView view = LargeView();
  TestFolder folder;
  ThreadPool executor(2);
  int64_t last = 0;
  ASSERT_TRUE(WriteDerived(view, folder.path(), executor, [&](int64_t done, int64_t total) {
                EXPECT_GT(done, last);
                EXPECT_EQ(total, 18'000);
                last = done;
              }).ok());
  EXPECT_EQ(last, 18'000);
}

TEST(DerivedWriterTest, AFailureEndsAllThreadsAndIsToldOnce) {
  const FakeView view = LargeView();
  TestFolder folder;
  std::filesystem::create_directories(folder.File("claims.csv/x"));
  ThreadPool executor(7);
  EXPECT_EQ(WriteDerived(view, folder.path(), executor).message(),
            folder.File("claims.csv") + ": cannot be written: Is a directory");
  EXPECT_FALSE(std::filesystem::exists(folder.File("seats.csv")));
}

}  // namespace
}  // namespace seatwise
