#include "cli/page_reports.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/functional/function_ref.h"
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
#include "service/timestamps.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostCurrencies = 20;  // With a total.

class ReportLoader {
 public:
  ReportLoader(Client& client, const std::string& tenant, const ReportBounds& bounds)
      : client_(client), parent_(TenantName(tenant)), bounds_(bounds) {}

  absl::StatusOr<PageReports> Load(const ReportWishes& wishes) && {
    SEATWISE_RETURN_IF_ERROR(AddCosts());
    SEATWISE_RETURN_IF_ERROR(AddGroupCosts());
    SEATWISE_RETURN_IF_ERROR(AddAttributeCosts(wishes.attributes));
    SEATWISE_RETURN_IF_ERROR(AddTrends());
    SEATWISE_RETURN_IF_ERROR(AddChanges(wishes));
    SEATWISE_RETURN_IF_ERROR(AddAssignments(wishes.trials));
    return std::move(reports_);
  }

 private:
  // One report as a part: `add(row, names, part)` adds what is made of a row, and `each(page)` sees
  // each page. Stops counting when `time` has passed, after a page at least.
  template <typename Response, typename Request, typename Add>
  absl::Status AddPart(
      PagePart part, absl::string_view method, Request request, std::chrono::milliseconds time,
      Add add, absl::FunctionRef<void(const Response&)> each = [](const Response&) {}) {
    const Deadline until = Deadline::After(time);
    request.set_parent(parent_);
    SEATWISE_RETURN_IF_ERROR(
        ForEachPage<Response>(client_, absl::StrCat("seatwise.v1.ReportService/", method),
                              std::move(request), [&](const Response& page) {
                                reports_.seen.Saw(page.revision());
                                each(page);
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
  absl::Status AddAttributeCosts(const std::vector<std::string>& attributes);
  absl::Status AddChanges(const ReportWishes& wishes);
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

// The server lists them by id or value; the page keeps those that cost most, whatever the currency.
class Largest {
 public:
  void Add(const v1::CostRow& row, std::vector<std::string> texts) {
    int64_t most = 0;
    for (const v1::Money& money : row.costs()) most = std::max(most, money.ten_thousandths());
    for (std::string& text : texts) rows_.emplace_back(most, std::move(text));
  }

  void MoveTo(PagePart& part) && {
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const auto& x, const auto& y) { return x.first > y.first; });
    for (const auto& [most, text] : rows_) part.Add(text);
  }

 private:
  std::vector<std::pair<int64_t, std::string>> rows_;
};

absl::Status ReportLoader::AddGroupCosts() {
  v1::ListCostsRequest request;
  request.set_by(v1::COST_BY_GROUP);
  Largest rows;
  const auto add = [&](const v1::CostRow& row, const Names& names, PagePart&) {
    rows.Add(row, GroupCostRows(row, names));
  };
  SEATWISE_RETURN_IF_ERROR(AddPart<v1::ListCostsResponse>(
      PagePart("group_costs", bounds_.rows), "ListCosts", request, bounds_.counting, add));
  std::move(rows).MoveTo(reports_.parts.back());
  return absl::OkStatus();
}

// One part, so that one table shows any of them.
absl::Status ReportLoader::AddAttributeCosts(const std::vector<std::string>& attributes) {
  PagePart all("attribute_costs", bounds_.rows * std::max<size_t>(1, attributes.size()));
  for (const std::string& attribute : attributes) {
    v1::ListCostsRequest request;
    request.set_by(v1::COST_BY_ATTRIBUTE);
    request.set_attribute(attribute);
    Largest rows;
    const auto add = [&](const v1::CostRow& row, const Names&, PagePart&) {
      rows.Add(row, AttributeCostRows(row, attribute));
    };
    SEATWISE_RETURN_IF_ERROR(AddPart<v1::ListCostsResponse>(std::move(all), "ListCosts", request,
                                                            bounds_.counting, add));
    all = std::move(reports_.parts.back());
    reports_.parts.pop_back();
    std::move(rows).MoveTo(all);
  }
  reports_.parts.push_back(std::move(all));
  return absl::OkStatus();
}

absl::Status ReportLoader::AddChanges(const ReportWishes& wishes) {
  v1::ListLicenseChangesRequest request;
  if (wishes.from_revision.has_value()) {
    request.set_from_revision(*wishes.from_revision);
  } else {
    *request.mutable_from_time() = ToTimestamp(wishes.since);
  }
  request.set_sample_size(bounds_.users_of_row);
  PagePart part("changes", bounds_.rows);
  const auto each = [&](const v1::ListLicenseChangesResponse& page) {
    reports_.changes_from = page.from_revision();
    reports_.changes_to = page.to_revision();
  };
  const auto add = [&](const v1::LicenseChangeGroup& row, const Names& names, PagePart& to) {
    to.Add(ChangeRow(row, names));
  };
  return AddPart<v1::ListLicenseChangesResponse>(std::move(part), "ListLicenseChanges", request,
                                                 bounds_.counting, add, each);
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
  overlaps.set_sample_size(bounds_.users_of_row);
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
                                        const ReportBounds& bounds, const ReportWishes& wishes) {
  return ReportLoader(client, tenant, bounds).Load(wishes);
}

}  // namespace seatwise::cli
