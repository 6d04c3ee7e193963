#include "cli/report_costs.h"

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/field_value.h"
#include "cli/money_text.h"
#include "cli/report_list.h"
#include "cli/text.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/report.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

class CostsReport final : public RemoteVerb {
 public:
  CostsReport()
      : RemoteVerb({.name = "costs",
                    .description = "What seats cost, by SKU, group or attribute",
                    .examples = "  seatwise report costs --by group\n"
                                "  seatwise report costs --by attribute:department -o csv",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("--by", by_, "Each sku, group or attribute:NAME")
        ->type_name("WHAT")
        ->capture_default_str();
  }

  ExitCode Check(Console& console) override {
    const std::string attribute = "attribute:";
    if (by_ == "sku") {
      request_.set_by(v1::COST_BY_SKU);
    } else if (by_ == "group") {
      request_.set_by(v1::COST_BY_GROUP);
    } else if (by_.size() > attribute.size() && by_.starts_with(attribute)) {
      request_.set_by(v1::COST_BY_ATTRIBUTE);
      request_.set_attribute(by_.substr(attribute.size()));
    } else {
      return console.Fail(
          absl::StrCat("--by: '", Printable(by_), "' is none of sku, group and attribute:NAME"),
          ExitCode::kUsage);
    }
    return ExitCode::kOk;
  }

  ReportForm Form() const {
    ReportForm form{.columns = {},
                    .empty =
                        "nothing that is held or bought has a cost\n"
                        "Try: seatwise seats --subscriptions"};
    std::string part = "part";
    switch (request_.by()) {
      case v1::COST_BY_SKU:
        form.columns = {{.key = "sku_id", .in_table = false}, {.key = "sku"}};
        part = "unused";
        break;
      case v1::COST_BY_GROUP:
        form.columns = {{.key = "group_id", .may_shrink = true},
                        {.key = "group", .may_shrink = true}};
        part = "sole";
        break;
      default:
        form.columns = {{.key = "value", .may_shrink = true}};
    }
    const bool has_part = request_.by() != v1::COST_BY_ATTRIBUTE;
    form.columns.push_back({.key = "seats", .is_number = true});
    if (has_part) form.columns.push_back({.key = part + "_seats", .is_number = true});
    if (request_.by() == v1::COST_BY_SKU) {
      form.columns.push_back({.key = "unpriced_seats", .is_number = true});
    }
    form.columns.push_back({.key = "cost", .is_number = true});
    if (has_part) form.columns.push_back({.key = part + "_cost", .is_number = true});
    form.columns.push_back({.key = "currency"});
    return form;
  }

  // One record for each currency of the row.
  Record RecordOf(const v1::CostRow& row, const std::string& currency, const Names& names,
                  bool for_people) const {
    Record record;
    if (request_.by() == v1::COST_BY_SKU) {
      record = {row.sku_id(), names.Sku(SkuId(row.sku_id()))};
    } else if (request_.by() == v1::COST_BY_GROUP && !row.has_group_id()) {
      record = {RecordValue(), std::string("directly")};
    } else if (request_.by() == v1::COST_BY_GROUP) {
      record = {row.group_id(), names.Group(GroupId(row.group_id()))};
    } else {
      RecordValue value;
      if (row.has_attribute_value()) value = row.attribute_value();
      if (!row.has_attribute_value() && for_people) value = std::string("(none)");
      record = {std::move(value)};
    }
    const bool has_part = request_.by() != v1::COST_BY_ATTRIBUTE;
    record.push_back(int64_t{row.seats()});
    if (has_part) record.push_back(int64_t{row.part_seats()});
    if (request_.by() == v1::COST_BY_SKU) record.push_back(int64_t{row.unpriced_seats()});
    record.push_back(MoneyText(AmountIn(row.costs(), currency), for_people));
    if (has_part) record.push_back(MoneyText(AmountIn(row.part_costs(), currency), for_people));
    record.push_back(currency);
    return record;
  }

  ExitCode Do(Session& session) override {
    request_.set_parent(TenantName(session.tenant));
    const bool for_people = session.form == OutputForm::kTable;
    CostTotals totals;
    const auto add = [&](const v1::CostRow& row, const Names& names, RecordPrinter& printer) {
      ExitCode printed = ExitCode::kOk;
      for (const std::string& currency : CurrenciesOf(row.costs())) {
        printed = printer.Add(RecordOf(row, currency, names, for_people));
        if (row.costs().empty()) continue;
        totals.Add(currency, AmountIn(row.costs(), currency), AmountIn(row.part_costs(), currency));
      }
      return printed;
    };
    return PrintReport<v1::ListCostsResponse>(session, "ListCosts", request_, Form(), add, [&] {
      if (totals.empty()) {
        return std::string(
            "no subscription has a price; give one: "
            "seatwise subscription update ID --unit-price N --currency EUR");
      }
      switch (request_.by()) {
        case v1::COST_BY_SKU:
          return absl::StrCat("In all ", totals.ToText("unused"));
        case v1::COST_BY_GROUP:
          return std::string(
              "A seat that comes by several groups counts in the row of each; sole "
              "seats come by nothing else");
        default:
          return absl::StrCat("In all ", totals.ToText(""));
      }
    });
  }

  std::string by_ = "sku";
  v1::ListCostsRequest request_;
};

class RenewalsReport final : public RemoteVerb {
 public:
  RenewalsReport()
      : RemoteVerb({.name = "renewals",
                    .description = "Subscriptions to renew, and who would lose seats",
                    .examples = "  seatwise report renewals --within 90\n"
                                "  seatwise report renewals -o csv",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("--within", days_, "Only those due in so many days, or before now")
        ->type_name("DAYS")
        ->check(CLI::Range(1, 36'600).description(""));
  }

  ExitCode Do(Session& session) override {
    v1::ListRenewalsRequest request;
    request.set_parent(TenantName(session.tenant));
    request.set_within_days(days_);
    const ReportForm form = {
        .columns = {{.key = "renews_at", .is_time = true},
                    {.key = "subscription_id", .may_shrink = true},
                    {.key = "sku_id", .in_table = false},
                    {.key = "sku"},
                    {.key = "status"},
                    {.key = "units", .is_number = true},
                    {.key = "consumed", .is_number = true},
                    {.key = "losing_users", .is_number = true},
                    {.key = "cost", .is_number = true},
                    {.key = "currency"}},
        .empty = absl::StrCat("no subscription ", days_ > 0 ? "is" : "has",
                              days_ > 0 ? " due so soon" : " a date of renewal", "\nTry: seatwise ",
                              days_ > 0 ? "report renewals" : "seats --subscriptions")};
    const bool for_people = session.form == OutputForm::kTable;
    int64_t rows = 0;
    CostTotals totals;
    const auto add = [&](const v1::Renewal& row, const Names& names, RecordPrinter& printer) {
      ++rows;
      const v1::Subscription& subscription = row.subscription();
      const auto field = [&](const char* name) {
        return ValueOf(subscription, *v1::Subscription::descriptor()->FindFieldByName(name));
      };
      RecordValue cost;
      if (row.has_cost()) {
        cost = MoneyText(row.cost().ten_thousandths(), for_people);
        totals.Add(row.cost().currency(), row.cost().ten_thousandths(), 0);
      }
      return printer.Add({field("renews_at"), subscription.subscription_id(), subscription.sku_id(),
                          names.Sku(SkuId(subscription.sku_id())), field("status"), field("units"),
                          int64_t{row.consumed()}, int64_t{row.losing_users()}, std::move(cost),
                          row.cost().currency()});
    };
    return PrintReport<v1::ListRenewalsResponse>(session, "ListRenewals", request, form, add, [&] {
      return absl::StrCat(Counted(rows, "renewal"), totals.empty() ? "" : ", ", totals.ToText(""));
    });
  }

  int days_ = 0;
};

}  // namespace

std::unique_ptr<RemoteVerb> MakeCostsReport() { return std::make_unique<CostsReport>(); }
std::unique_ptr<RemoteVerb> MakeRenewalsReport() { return std::make_unique<RenewalsReport>(); }

}  // namespace seatwise::cli
