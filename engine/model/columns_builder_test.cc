#include "engine/model/columns_builder.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/executor.h"
#include "base/thread_pool.h"
#include "base/time.h"
#include "engine/model/catalog.h"
#include "engine/model/facts.h"
#include "engine/model/id_table.h"
#include "engine/model/location.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

StringColumn Strings(std::initializer_list<absl::string_view> texts) {
  StringColumn column;
  for (absl::string_view text : texts) column.Add(text);
  return column;
}

// A builder with users a to c, given as c, a, b, and groups g and h.
ColumnsBuilder SomeBuilder() {
  ColumnsBuilder builder(TenantSettings(), Catalog::Build(tiny::Tenant()));
  const std::vector<Location> locations = {*Location::Parse("CC"), *Location::Parse("AA"),
                                           *Location::Parse("BB")};
  const std::vector<Time> created(3);
  InlineExecutor executor;
  EXPECT_THAT(builder.SetUsers(Strings({"c", "a", "b"}), locations, created, {}, executor),
              IsEmpty());
  EXPECT_THAT(builder.SetGroups(Strings({"h", "g"})), IsEmpty());
  return builder;
}

Columns Finished(ColumnsBuilder builder) {
  InlineExecutor executor;
  EXPECT_TRUE(builder.Finish(executor).empty());
  return std::move(builder).Take();
}

TEST(ColumnsBuilderTest, UsersAreNumberedByIdWithTheirValues) {
  const Columns columns = Finished(SomeBuilder());
  EXPECT_EQ(columns.users[0], "a");
  EXPECT_EQ(columns.usage_location[0], *Location::Parse("AA"));
  EXPECT_EQ(columns.users[2], "c");
  EXPECT_EQ(columns.usage_location[2], *Location::Parse("CC"));
  EXPECT_EQ(columns.groups[0], "g");
}

TEST(ColumnsBuilderTest, IdsGivenTwiceAreReported) {
  InlineExecutor executor;
  ColumnsBuilder builder({}, Catalog());
  EXPECT_THAT(builder.SetUsers(Strings({"b", "a", "b"}), std::vector<Location>(3),
                               std::vector<Time>(3), {}, executor),
              ElementsAre(2));
  EXPECT_THAT(builder.SetGroups(Strings({"x", "x", "x"})), ElementsAre(1, 2));
  EXPECT_EQ(builder.users().Find("b"), 1u);
}

TEST(ColumnsBuilderTest, MembershipsAreSortedByUserAndGroup) {
  ColumnsBuilder builder = SomeBuilder();
  builder.AddMemberships({{2, 0, 2}, {1, 1, 0}, {Time{1}, Time{2}, Time{3}}});
  builder.AddMemberships({{1}, {0}, {Time{4}}});
  const Columns columns = Finished(std::move(builder));
  EXPECT_THAT(columns.first_membership, ElementsAre(0, 1, 2, 4));
  EXPECT_THAT(columns.GroupsOf(0), ElementsAre(1));
  EXPECT_THAT(columns.GroupsOf(1), ElementsAre(0));
  EXPECT_THAT(columns.GroupsOf(2), ElementsAre(0, 1));
  EXPECT_THAT(columns.AddedAt(2), ElementsAre(Time{3}, Time{1}));
}

TEST(ColumnsBuilderTest, RunsAreRowsInFewerBytes) {
  for (const int threads : {1, 2, 5}) {
    ThreadPool executor(threads);
    ColumnsBuilder runs = SomeBuilder();
    ColumnsBuilder rows = SomeBuilder();
    // Group 1 comes before group 0, and again later.
    runs.AddMemberships({.user = {0, 2, 1, 0},
                         .added_at = {Time{1}, Time{2}, Time{3}, Time{4}},
                         .runs = {{1, 2}, {0, 4}}});
    runs.AddMemberships({.user = {1}, .added_at = {Time{5}}, .runs = {{1, 1}}});
    rows.AddMemberships({.user = {0, 2, 1, 0, 1},
                         .group = {1, 1, 0, 0, 1},
                         .added_at = {Time{1}, Time{2}, Time{3}, Time{4}, Time{5}}});
    EXPECT_TRUE(runs.Finish(executor).empty());
    EXPECT_TRUE(rows.Finish(executor).empty());
    const Columns actual = std::move(runs).Take();
    const Columns expected = std::move(rows).Take();
    EXPECT_THAT(actual.first_membership, ElementsAre(0, 2, 4, 5));
    EXPECT_EQ(actual.first_membership, expected.first_membership);
    EXPECT_EQ(actual.membership_group, expected.membership_group);
    EXPECT_EQ(actual.membership_added_at, expected.membership_added_at);
  }
}

TEST(ColumnsBuilderTest, LongListsAreSortedToo) {
  StringColumn ids;
  for (int i = 0; i < 500; ++i) ids.Add(std::to_string(1000 + i));
  InlineExecutor executor;
  ColumnsBuilder builder({}, Catalog());
  EXPECT_THAT(builder.SetUsers(Strings({"a"}), {Location()}, {Time()}, {}, executor), IsEmpty());
  EXPECT_THAT(builder.SetGroups(ids), IsEmpty());
  MembershipBatch batch;
  for (GroupNo group = 500; group-- > 0;) {
    batch.user.push_back(0);
    batch.group.push_back(group);
    batch.added_at.push_back(Time{group});
  }
  builder.AddMemberships(std::move(batch));
  const Columns columns = Finished(std::move(builder));
  for (GroupNo group = 0; group < 500; ++group) {
    ASSERT_EQ(columns.GroupsOf(0)[group], group);
    ASSERT_EQ(columns.AddedAt(0)[group], Time{group});
  }
}

TEST(ColumnsBuilderTest, EdgesAndAssignmentsAreSortedByKey) {
  ColumnsBuilder builder = SomeBuilder();
  const std::vector<uint64_t> none(1);
  builder.AddEdge({1, 0, Time{5}});
  builder.AddEdge({0, 1, Time{6}});
  builder.AddDirect(2, 1, none, 7, Time{1});
  builder.AddDirect(2, 0, none, 8, Time{2});
  builder.AddDirect(0, 1, none, 9, Time{3});
  builder.AddInherited(1, 0, none, 4, Time{4});
  const Columns columns = Finished(std::move(builder));
  EXPECT_THAT(columns.edges, ElementsAre(GroupEdge{0, 1, Time{6}}, GroupEdge{1, 0, Time{5}}));
  ASSERT_EQ(columns.DirectOf(2).size(), 2u);
  EXPECT_EQ(columns.DirectOf(2)[0].priority, 8);
  EXPECT_EQ(columns.DirectOf(2)[1].priority, 7);
  EXPECT_EQ(columns.DirectOf(0)[0].priority, 9);
  EXPECT_THAT(columns.DirectOf(1), IsEmpty());
  EXPECT_THAT(columns.AssignmentsOf(0), IsEmpty());
  EXPECT_EQ(columns.AssignmentsOf(1)[0].assigned_at, Time{4});
}

TEST(ColumnsBuilderTest, AnItemHasThePlansOfTheSkuThatAreNotDisabled) {
  ColumnsBuilder builder = SomeBuilder();
  const Catalog& catalog = builder.catalog();
  const SkuNo e3 = *catalog.FindSku("e3");
  builder.AddDirect(0, e3, catalog.BitsOf(tiny::Plans({"docs", "kiosk"})), 0, Time());
  builder.AddDirect(1, e3, catalog.BitsOf(tiny::Plans({"docs"})), 0, Time());
  builder.AddDirect(2, e3, catalog.BitsOf({}), 0, Time());
  const Columns columns = Finished(std::move(builder));
  const auto plans_of = [&](UserNo user) {
    return columns.catalog.IdsOf(columns.plan_sets[columns.DirectOf(user)[0].plans]);
  };
  EXPECT_EQ(plans_of(0), tiny::Plans({"mail"}));
  EXPECT_EQ(plans_of(2), tiny::Plans({"docs", "mail"}));
  EXPECT_EQ(columns.DirectOf(0)[0].plans, columns.DirectOf(1)[0].plans);
}

TEST(ColumnsBuilderTest, RepeatedKeysAreReportedOnceAndAscending) {
  for (int threads : {1, 3}) {
    ThreadPool executor(threads);
    ColumnsBuilder builder = SomeBuilder();
    const std::vector<uint64_t> none(1);
    builder.AddMemberships({{2, 2, 2, 0, 0, 1}, {0, 0, 0, 1, 1, 1}, std::vector<Time>(6)});
    builder.AddEdge({1, 0, Time{1}});
    builder.AddEdge({1, 0, Time{2}});
    builder.AddDirect(2, 1, none, 0, Time());
    builder.AddDirect(2, 1, none, 1, Time());
    builder.AddInherited(0, 0, none, 0, Time());
    builder.AddInherited(0, 0, none, 0, Time());
    builder.AddInherited(0, 0, none, 0, Time());
    const ColumnsBuilder::Repeats repeats = builder.Finish(executor);
    EXPECT_FALSE(repeats.empty());
    EXPECT_THAT(repeats.memberships, ElementsAre(Pair(0, 2), Pair(1, 0)));
    EXPECT_THAT(repeats.edges, ElementsAre(Pair(1, 0)));
    EXPECT_THAT(repeats.direct, ElementsAre(Pair(2, 1)));
    EXPECT_THAT(repeats.inherited, ElementsAre(Pair(0, 0)));
  }
}

}  // namespace
}  // namespace seatwise
