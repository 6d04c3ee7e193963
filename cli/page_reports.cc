#include "cli/page_reports.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "cli/message_names.h"
#include "cli/money_text.h"
#include "cli/names.h"
#include "cli/page_json.h"
#include "cli/page_report_rows.h"
#include "cli/pages.h"
#include "seatwise/v1/report.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostCurrencies = 20;  // With a total.

class ReportLoader {
 public:
  ReportLoader(Client& client, const std::string& tenant, const ReportBounds& bounds)
      : client_(client), parent_(TenantName(tenant)), bounds_(bounds) {}

  absl::StatusOr<PageReports> Load(bool trials) && {
    SEATWISE_RETURN_IF_ERROR(AddCosts());
    SEATWISE_RETURN_IF_ERROR(AddGroupCosts());
    SEATWISE_RETURN_IF_ERROR(AddTrends());
    SEATWISE_RETURN_IF_ERROR(AddAssignments(trials));
    return std::move(reports_);
  }

 private:
  // One report as a part: `add(row, names, part)` adds what is made of a row. Stops counting when
  // `time` has passed, after a page at least.
  template <typename Response, typename Request, typename Add>
  absl::Status AddPart(PagePart part, absl::string_view method, Request request,
                       std::chrono::milliseconds time, Add add) {
    const Deadline until = Deadline::After(time);
    request.set_parent(parent_);
    SEATWISE_RETURN_IF_ERROR(
        ForEachPage<Response>(client_, absl::StrCat("seatwise.v1.ReportService/", method),
                              std::move(request), [&](const Response& page) {
                                reports_.seen.Saw(page.revision());
                                const Names names = NamesFrom(page.names());
                                for (const auto& row : page.rows()) add(row, names, part);
                                if (page.next_page_token().empty() || !until.Passed()) return true;
                                part.LeaveOpen();
                                return false;
                              }));
    reports_.parts.push_back(std::move(part));
    return absl::OkStatus();
  }

  // The same, where a row of the report is a row of the page.
  template <typename Response, typename Request, typename Row>
  absl::Status AddRows(PagePart part, absl::string_view method, const Request& request,
                       std::string (*row_text)(const Row&, const Names&)) {
    return AddPart<Response>(
        std::move(part), method, request, bounds_.counting,
        [&](const Row& row, const Names& names, PagePart& to) { to.Add(row_text(row, names)); });
  }

  absl::Status AddCosts();
  absl::Status AddGroupCosts();
  absl::Status AddTrends();
  absl::Status AddAssignments(bool trials);
  absl::Status AddRedundant();

  Client& client_;
  const std::string parent_;
  const ReportBounds& bounds_;
  PageReports reports_;
};

absl::Status ReportLoader::AddCosts() {
  v1::ListCostsRequest request;
  request.set_by(v1::COST_BY_SKU);
  CostTotals totals;
  const auto add = [&](const v1::CostRow& row, const Names& names, PagePart& part) {
    for (const std::string& text : CostRows(row, names)) part.Add(text);
    for (const v1::Money& money : row.costs()) {
      totals.Add(money.currency(), money.ten_thousandths(),
                 AmountIn(row.part_costs(), money.currency()));
    }
  };
  SEATWISE_RETURN_IF_ERROR(AddPart<v1::ListCostsResponse>(
      PagePart("costs", bounds_.skus), "ListCosts", request, bounds_.counting, add));
  PagePart part("cost_totals", kMostCurrencies);
  for (const std::string& text : totals.Texts("unused")) part.Add(Dump(text));
  reports_.parts.push_back(std::move(part));
  return absl::OkStatus();
}

// The server lists them by id; the page keeps those that cost most, whatever the currency.
absl::Status ReportLoader::AddGroupCosts() {
  v1::ListCostsRequest request;
  request.set_by(v1::COST_BY_GROUP);
  std::vector<std::pair<int64_t, std::string>> rows;
  const auto add = [&](const v1::CostRow& row, const Names& names, PagePart&) {
    int64_t most = 0;
    for (const v1::Money& money : row.costs()) most = std::max(most, money.ten_thousandths());
    for (std::string& text : GroupCostRows(row, names)) rows.emplace_back(most, std::move(text));
  };
  SEATWISE_RETURN_IF_ERROR(AddPart<v1::ListCostsResponse>(
      PagePart("group_costs", bounds_.rows), "ListCosts", request, bounds_.counting, add));
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& x, const auto& y) { return x.first > y.first; });
  for (const auto& [most, text] : rows) reports_.parts.back().Add(text);
  return absl::OkStatus();
}

absl::Status ReportLoader::AddTrends() {
  SEATWISE_RETURN_IF_ERROR(AddRows<v1::ListSeatForecastsResponse>(
      PagePart("forecasts", bounds_.skus), "ListSeatForecasts", v1::ListSeatForecastsRequest(),
      &ForecastRow));
  return AddRows<v1::ListRenewalsResponse>(PagePart("renewals", bounds_.rows), "ListRenewals",
                                           v1::ListRenewalsRequest(), &RenewalRow);
}

absl::Status ReportLoader::AddAssignments(bool trials) {
  SEATWISE_RETURN_IF_ERROR(AddRows<v1::ListDoubleAssignmentsResponse>(
      PagePart("double_assignments", bounds_.rows), "ListDoubleAssignments",
      v1::ListDoubleAssignmentsRequest(), &DoubleRow));
  if (trials) {
    SEATWISE_RETURN_IF_ERROR(AddRedundant());
  } else {
    reports_.parts.emplace_back("redundant_assignments", 0).LeaveOpen();
  }
  v1::ListOverlappingSkusRequest overlaps;
  overlaps.set_sample_size(bounds_.users_of_overlap);
  SEATWISE_RETURN_IF_ERROR(AddRows<v1::ListOverlappingSkusResponse>(
      PagePart("overlaps", bounds_.rows), "ListOverlappingSkus", overlaps, &OverlapRow));
  return AddRows<v1::ListBlockedAndGuestLicensesResponse>(
      PagePart("blocked", bounds_.rows), "ListBlockedAndGuestLicenses",
      v1::ListBlockedAndGuestLicensesRequest(), &BlockedRow);
}

// The server ends a page after half a second, however few were found: so the time holds.
absl::Status ReportLoader::AddRedundant() {
  return AddPart<v1::ListRedundantAssignmentsResponse>(
      PagePart("redundant_assignments", bounds_.rows), "ListRedundantAssignments",
      v1::ListRedundantAssignmentsRequest(), bounds_.trials,
      [&](const v1::RedundantAssignment& row, const Names& names, PagePart& part) {
        part.Add(RedundantRow(row, names));
      });
}

}  // namespace

absl::StatusOr<PageReports> LoadReports(Client& client, const std::string& tenant,
                                        const ReportBounds& bounds, bool trials) {
  return ReportLoader(client, tenant, bounds).Load(trials);
}

}  // namespace seatwise::cli
