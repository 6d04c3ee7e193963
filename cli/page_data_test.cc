#include "cli/page_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/fake_reports.h"
#include "cli/html_page.h"
#include "cli/page_parts.h"
#include "seatwise/v1/explain_service.pb.h"
#include "seatwise/v1/license_service.pb.h"
#include "seatwise/v1/report_service.pb.h"
#include "seatwise/v1/tenant_service.pb.h"

namespace seatwise::cli {
namespace {

using google::protobuf::Message;
using Json = nlohmann::json;

constexpr int kSkus = 5;
constexpr int kCauses = 7;
constexpr int kLargest = 6;  // Of the causes, on the second page.
constexpr int kUsers = 40;
constexpr int kRows = 10;  // Of each report, where names are long.
constexpr char kMarkup[] = "<b onclick=\"x\">Ana</b>";

// A server with some of everything. Users are u0 to u39; of user u3 nothing is known any more.
class FakeClient final : public Client {
 public:
  absl::Status CallInto(absl::string_view method, const Message& request,
                        Message& response) override {
    const auto call = calls_.find(std::string(absl::StripPrefix(method, "seatwise.v1.")));
    if (call == calls_.end()) {
      reports_.Fill(request, response);
      return absl::OkStatus();
    }
    ++count_[call->first];
    return call->second(request, response);
  }
  std::unique_ptr<Stream> Open(absl::string_view) override { return nullptr; }

  int count(const std::string& method) { return count_[method]; }
  void ChangeMeanwhile() { later_revision_ = 9; }
  // Everything has this name, and reports have so many rows.
  void CallAll(const std::string& name, int rows) {
    name_ = name;
    reports_ = {.pages = 1, .rows = rows, .text = name};
  }

 private:
  template <typename Request, typename Response, typename Fill>
  static std::function<absl::Status(const Message&, Message&)> By(Fill fill) {
    return [fill](const Message& request, Message& response) {
      return fill(static_cast<const Request&>(request), static_cast<Response&>(response));
    };
  }

  void AddCause(int number, v1::ListViolationCausesResponse& page) const {
    v1::ViolationCause& cause = *page.add_causes();
    cause.set_code(v1::COUNT_VIOLATION);
    cause.mutable_details()->mutable_count();
    cause.set_sku_id(absl::StrCat("s", number));
    cause.set_group_id(absl::StrCat("g", number % 4));
    cause.set_users(number == kLargest ? 2000 : 1000);
    for (int i = 0; i < 3; ++i) cause.add_fallen_sku_ids(name_);
    for (int i = 0; i < 3; ++i) cause.add_sample_user_ids(absl::StrCat("u", number * 3 + i));
  }

  const std::map<std::string, std::function<absl::Status(const Message&, Message&)>> calls_ = {
      {"TenantService/GetTenant",
       By<v1::GetTenantRequest, v1::GetTenantResponse>([this](const auto&, auto& response) {
         response.mutable_tenant()->set_display_name(name_);
         return absl::OkStatus();
       })},
      {"TenantService/GetTenantStatus",
       By<v1::GetTenantStatusRequest, v1::GetTenantStatusResponse>([](const auto&, auto& response) {
         response.set_revision(7);
         response.set_users_with_errors(7000);
         return absl::OkStatus();
       })},
      {"ReportService/ListSeatUsage",
       By<v1::ListSeatUsageRequest, v1::ListSeatUsageResponse>([this](const auto&, auto& response) {
         response.set_revision(7);
         for (int i = 0; i < kSkus; ++i) {
           v1::SeatUsageRow& row = *response.add_rows();
           row.mutable_seats()->set_sku_id(absl::StrCat("s", i));
           row.mutable_seats()->set_waiting(i % 2);
           row.set_display_name(name_);
           for (int j = 0; j < 4; ++j) row.add_subscriptions();
         }
         return absl::OkStatus();
       })},
      {"ExplainService/ListViolationCauses",
       By<v1::ListViolationCausesRequest, v1::ListViolationCausesResponse>(
           [this](const auto& request, auto& response) {
             const bool first = request.page_token().empty();
             for (int i = first ? 0 : 4; i < (first ? 4 : kCauses); ++i) AddCause(i, response);
             for (v1::ViolationCause& cause : *response.mutable_causes()) {
               cause.set_fix_searched(request.include_fixes());
             }
             response.set_revision(7);
             response.set_next_page_token(first ? "next" : "");
             return absl::OkStatus();
           })},
      {"ReportService/GetGroupStatus", By<v1::GetGroupStatusRequest, v1::GetGroupStatusResponse>(
                                           [](const auto& request, auto& response) {
                                             response.set_revision(7);
                                             response.set_group_id(request.name());
                                             return absl::OkStatus();
                                           })},
      {"LicenseService/ListEffectiveLicenses",
       By<v1::ListEffectiveLicensesRequest, v1::ListEffectiveLicensesResponse>(
           [](const auto&, auto& response) {
             for (int i = 0; i < kUsers; ++i) {
               response.add_rows()->set_user_id(absl::StrCat("u", i));
             }
             return absl::OkStatus();
           })},
      {"ExplainService/ExplainLicense",
       By<v1::ExplainLicenseRequest, v1::ExplainLicenseResponse>(
           [this](const auto& request, auto& response) {
             const std::string id = request.name().substr(request.name().rfind('/') + 1);
             if (id == "u3") return absl::NotFoundError("no such user");
             response.set_revision(later_revision_);
             response.mutable_user()->mutable_user()->set_user_id(id);
             response.mutable_user()->mutable_user()->set_display_name(name_);
             return absl::OkStatus();
           })},
  };
  std::map<std::string, int> count_;
  int64_t later_revision_ = 7;
  std::string name_ = kMarkup;
  FakeReports reports_;
};

PageRequest RequestWith(const PageBounds& bounds) {
  return {
      .tenant = "t", .place = {.program = "seatwise", .flags = " --tenant t"}, .bounds = bounds};
}

Json Made(FakeClient& client, const PageRequest& request) {
  const absl::StatusOr<std::string> json = PageJson(client, request);
  EXPECT_TRUE(json.ok()) << json.status();
  return json.ok() ? Json::parse(*json) : Json();
}

TEST(PageDataTest, ShowsAllThatThereIsWithinTheBounds) {
  FakeClient client;
  const Json page = Made(client, RequestWith({}));
  EXPECT_EQ(page["seats"].size(), static_cast<size_t>(kSkus));
  EXPECT_EQ(page["causes"].size(), static_cast<size_t>(kCauses));
  EXPECT_EQ(page["groups"].size(), 4u) << "each once";
  EXPECT_EQ(page["users"].size(), static_cast<size_t>(kUsers - 1)) << "each once, without u3";
  EXPECT_EQ(page["more_seats"], 0);
  EXPECT_EQ(page["more_causes"], 0);
  EXPECT_EQ(page["more_users"], 7000 - (kUsers - 1));
  EXPECT_EQ(page["revision"], 7);
  EXPECT_EQ(page["last_revision"], 7);
}

TEST(PageDataTest, SaysHowManyThereAreBeyondTheBounds) {
  FakeClient client;
  const Json page = Made(client, RequestWith({.skus = 2,
                                              .subscriptions_of_sku = 3,
                                              .causes = 5,
                                              .users_of_cause = 2,
                                              .groups = 1,
                                              .users = 6}));
  EXPECT_EQ(page["seats"].size(), 2u);
  EXPECT_EQ(page["more_seats"], kSkus - 2);
  EXPECT_EQ(page["seats"][0]["subscriptions"].size(), 3u);
  EXPECT_EQ(page["seats"][0]["more_subscriptions"], 1);
  EXPECT_EQ(page["causes"].size(), 5u);
  EXPECT_EQ(page["more_causes"], kCauses - 5);
  EXPECT_EQ(page["groups"].size(), 1u);
  EXPECT_EQ(page["more_groups"], 3);
  EXPECT_EQ(page["users"].size(), 5u) << "six, of whom one is gone";
  EXPECT_EQ(client.count("ExplainService/ExplainLicense"), 6) << "nobody is asked for in vain";
}

TEST(PageDataTest, ShowsTheCausesThatMostUsersHaveWithTheirFixes) {
  FakeClient client;
  Json page = Made(client, RequestWith({.causes = 3}));
  EXPECT_EQ(page["causes"][0]["users"], 2000);
  EXPECT_EQ(page["more_causes"], kCauses - 3);
  EXPECT_EQ(page["causes"][1]["fix"], "none found within 3 changes");
  EXPECT_EQ(client.count("ExplainService/ListViolationCauses"), 2 + 2) << "pages, then with fixes";
  PageRequest request = RequestWith({});
  request.fixes = false;
  page = Made(client, request);
  EXPECT_FALSE(page["causes"][1].contains("fix"));
  EXPECT_EQ(client.count("ExplainService/ListViolationCauses"), 2 + 2 + 2);
}

TEST(PageDataTest, TheFirstUserOfEachCauseComesFirst) {
  FakeClient client;
  const Json page = Made(client, RequestWith({.users = 8}));
  std::vector<std::string> ids;
  for (const Json& user : page["users"]) ids.push_back(user["id"]);
  EXPECT_THAT(ids, testing::ElementsAre("u18", "u0", "u6", "u9", "u12", "u15", "u19"));
}

TEST(PageDataTest, UsersEndWhereTheirBytesDo) {
  FakeClient client;
  const Json page = Made(client, RequestWith({.user_bytes = 500}));
  EXPECT_GT(page["users"].size(), 2u);
  EXPECT_LT(page["users"].dump().size(), 500u + page["users"].size());
  EXPECT_EQ(page["more_users"], 7000 - static_cast<int>(page["users"].size()));
}

TEST(PageDataTest, AUserWithAVeryLongNameIsLeftOutAndOthersAreNot) {
  FakeClient client;
  client.CallAll(std::string(1000, 'x'), 1);
  Json page = Made(client, RequestWith({.user_bytes = 900}));
  EXPECT_EQ(page["users"].size(), 0u);
  EXPECT_EQ(client.count("ExplainService/ExplainLicense"), 3 + 1) << "of whom one is gone";
}

TEST(PageDataTest, TotalsAreOfAllSkusAlsoOfThoseLeftOut) {
  FakeClient client;
  const Json page = Made(client, RequestWith({.skus = 1, .subscriptions_of_sku = 1}));
  EXPECT_EQ(page["seats"].size(), 1u);
  EXPECT_EQ(page["seat_totals"]["skus"], kSkus);
  EXPECT_EQ(page["seat_totals"]["short"], kSkus / 2);
  EXPECT_EQ(page["seat_totals"]["waiting"], kSkus / 2);
  EXPECT_EQ(page["seat_totals"]["subscriptions"], 4 * kSkus);
}

// Each sign of the name takes six bytes in the page.
TEST(PageDataTest, ThePageIsUnderFiveMegabytesWhateverThingsAreCalled) {
  for (const size_t length : {3u, 3'000u, 20'000u}) {
    FakeClient client;
    client.CallAll(std::string(length, '<'), kRows);
    const absl::StatusOr<std::string> json = PageJson(client, RequestWith({}));
    ASSERT_TRUE(json.ok()) << json.status();
    EXPECT_LT(HtmlPage(*json, PageUse::kServed).size(), 5'000'000u) << length;
    const Json page = Json::parse(*json);
    EXPECT_EQ(page["cut"], length > 3) << length;
    EXPECT_EQ(page["blocked"].size() + page["more_blocked"].get<size_t>(), size_t{kRows}) << length;
    EXPECT_EQ(page["causes"].size() + page["more_causes"].get<size_t>(), size_t{kCauses});
  }
}

TEST(PageDataTest, PartsAreCutFairly) {
  FakeClient client;
  client.CallAll(std::string(3'000, 'x'), 200);
  const Json page = Made(client, RequestWith({.users = 5}));
  EXPECT_TRUE(page["cut"]);
  for (const char* small : {"seats", "causes", "groups"}) {
    EXPECT_EQ(page[absl::StrCat("more_", small)], 0) << small;
  }
  for (const char* large : {"renewals", "blocked", "double_assignments", "overlaps"}) {
    EXPECT_GT(page[large].size(), 30u) << large;
    EXPECT_GT(page[absl::StrCat("more_", large)], 30) << large;
  }
}

TEST(PageDataTest, SaysThatTheTenantChangedMeanwhile) {
  FakeClient client;
  client.ChangeMeanwhile();
  const Json page = Made(client, RequestWith({}));
  EXPECT_EQ(page["revision"], 7);
  EXPECT_EQ(page["last_revision"], 9);
}

TEST(PageDataTest, NamesWithMarkupStayText) {
  FakeClient client;
  const absl::StatusOr<std::string> json = PageJson(client, RequestWith({}));
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_EQ(Json::parse(*json)["users"][0]["name"], kMarkup);
  EXPECT_EQ(Json::parse(EscapedJson(*json)), Json::parse(*json));
  EXPECT_THAT(HtmlPage(*json, PageUse::kFile), testing::Not(testing::HasSubstr("<b ")));
}

}  // namespace
}  // namespace seatwise::cli
