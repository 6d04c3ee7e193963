#include "cli/page_reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/fake_reports.h"
#include "seatwise/v1/report.pb.h"

namespace seatwise::cli {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;

class FakeClient final : public Client {
 public:
  explicit FakeClient(const FakeReports& reports) : reports_(reports) {}

  absl::Status CallInto(absl::string_view method, const google::protobuf::Message& request,
                        google::protobuf::Message& response) override {
    ++calls_[std::string(absl::StripPrefix(method, "seatwise.v1.ReportService/"))];
    reports_.Fill(request, response);
    // Each row costs more than the one before.
    if (auto* costs = dynamic_cast<v1::ListCostsResponse*>(&response)) {
      for (v1::CostRow& row : *costs->mutable_rows()) {
        row.mutable_costs(0)->set_ten_thousandths(10'000 * ++cost_);
      }
    }
    if (auto* changed = dynamic_cast<v1::ListLicenseChangesResponse*>(&response)) {
      changes = static_cast<const v1::ListLicenseChangesRequest&>(request);
      changed->set_from_revision(5);
      changed->set_to_revision(6);
    }
    return absl::OkStatus();
  }
  std::unique_ptr<Stream> Open(absl::string_view) override { return nullptr; }

  v1::ListLicenseChangesRequest changes;  // The last one.

  int calls(const std::string& method) { return calls_[method]; }

 private:
  const FakeReports reports_;
  std::map<std::string, int> calls_;
  int64_t cost_ = 0;
};

Json Loaded(FakeClient& client, const ReportBounds& bounds, const ReportWishes& wishes = {}) {
  const absl::StatusOr<PageReports> reports = LoadReports(client, "t", bounds, wishes);
  EXPECT_TRUE(reports.ok()) << reports.status();
  if (!reports.ok()) return Json();
  std::string members;
  for (const PagePart& part : reports->parts) {
    absl::StrAppend(&members, members.empty() ? "" : ",", part.ToMembers());
  }
  Json json = Json::parse(absl::StrCat("{", members, "}"));
  json["seen"] = {reports->seen.first, reports->seen.last};
  return json;
}

constexpr const char* kLists[] = {"forecasts",
                                  "renewals",
                                  "changes",
                                  "double_assignments",
                                  "blocked",
                                  "overlaps",
                                  "redundant_assignments"};

TEST(PageReportsTest, ShowAllRowsOfAllPages) {
  FakeClient client({.pages = 2, .rows = 3});
  const Json reports = Loaded(client, {});
  for (const char* name : kLists) {
    EXPECT_EQ(reports[name].size(), 6u) << name;
    EXPECT_EQ(reports[absl::StrCat("more_", name)], 0) << name;
    EXPECT_FALSE(reports.contains(absl::StrCat("open_", name))) << name;
  }
  EXPECT_EQ(reports["costs"].size(), 6u);
  EXPECT_EQ(reports["group_costs"].size(), 6u);
  EXPECT_THAT(reports["cost_totals"], ElementsAre("21.00 x, of which 0.00 x unused"));
  EXPECT_THAT(reports["seen"], ElementsAre(7, 7));
}

TEST(PageReportsTest, CountWhatIsBeyondTheBounds) {
  FakeClient client({.pages = 3, .rows = 4});
  const Json reports = Loaded(client, {.skus = 5, .rows = 2});
  EXPECT_EQ(reports["costs"].size(), 5u);
  EXPECT_EQ(reports["more_costs"], 7);
  EXPECT_EQ(reports["forecasts"].size(), 5u);
  EXPECT_EQ(reports["blocked"].size(), 2u);
  EXPECT_EQ(reports["more_blocked"], 10);
}

TEST(PageReportsTest, TheGroupsThatCostMostAreShown) {
  FakeClient client({.pages = 2, .rows = 3});
  const Json reports = Loaded(client, {.rows = 2});
  EXPECT_EQ(reports["more_group_costs"], 4);
  EXPECT_EQ(reports["group_costs"][0]["cost"], "12.00") << "after six rows of SKUs";
  EXPECT_EQ(reports["group_costs"][1]["cost"], "11.00");
}

TEST(PageReportsTest, CostsByEachAttributeAreInOnePart) {
  FakeClient client({.pages = 2, .rows = 3});
  const Json reports = Loaded(client, {.rows = 2}, {.attributes = {"city", "department"}});
  EXPECT_EQ(reports["attribute_costs"].size(), 4u);
  EXPECT_EQ(reports["more_attribute_costs"], 8);
  EXPECT_EQ(reports["attribute_costs"][0]["attribute"], "city");
  EXPECT_EQ(reports["attribute_costs"][0]["cost"], "18.00") << "after those of SKUs and groups";
  EXPECT_TRUE(Loaded(client, {})["attribute_costs"].empty());
}

TEST(PageReportsTest, ChangesSayBetweenWhichRevisionsTheyAre) {
  FakeClient client({});
  const absl::StatusOr<PageReports> reports = LoadReports(client, "t", {}, {.from_revision = 3});
  ASSERT_TRUE(reports.ok());
  EXPECT_EQ(client.changes.from_revision(), 3);
  EXPECT_FALSE(client.changes.has_from_time());
  EXPECT_EQ(reports->changes_from, 5);
  EXPECT_EQ(reports->changes_to, 6);
  Loaded(client, {}, {.since = Time{7'000'000}});
  EXPECT_EQ(client.changes.from_time().seconds(), 7);
  EXPECT_EQ(client.changes.from_revision(), 0);
}

TEST(PageReportsTest, CountingEndsWithItsTimeAndSaysSo) {
  FakeClient client({.pages = 1000, .rows = 4});
  const std::chrono::milliseconds none(0);
  const Json reports = Loaded(client, {.rows = 2, .counting = none, .trials = none});
  EXPECT_EQ(client.calls("ListDoubleAssignments"), 1);
  EXPECT_EQ(client.calls("ListRedundantAssignments"), 1);
  for (const char* name : {"double_assignments", "redundant_assignments", "overlaps"}) {
    EXPECT_EQ(reports[absl::StrCat("more_", name)], 2) << name;
    EXPECT_TRUE(reports[absl::StrCat("open_", name)]) << name;
  }
}

TEST(PageReportsTest, NothingIsTriedOutIfThatIsNotWanted) {
  FakeClient client({});
  const Json reports = Loaded(client, {}, {.trials = false});
  EXPECT_EQ(client.calls("ListRedundantAssignments"), 0);
  EXPECT_EQ(client.calls("ListOverlappingSkus"), 2);
  EXPECT_TRUE(reports["redundant_assignments"].empty());
  EXPECT_EQ(reports["open_redundant_assignments"], true);
}

TEST(PageReportsTest, WithoutARowThereIsAnEmptyPart) {
  FakeClient client({.pages = 1, .rows = 0});
  const Json reports = Loaded(client, {});
  for (const char* name : kLists) EXPECT_TRUE(reports[name].empty()) << name;
  EXPECT_TRUE(reports["costs"].empty());
  EXPECT_TRUE(reports["cost_totals"].empty());
}

}  // namespace
}  // namespace seatwise::cli
