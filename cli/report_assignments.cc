#include "cli/report_assignments.h"

#include <CLI/CLI.hpp>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/field_value.h"
#include "cli/report_list.h"
#include "cli/text.h"
#include "seatwise/v1/license.pb.h"
#include "seatwise/v1/report.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

class DoubleAssignmentsReport final : public RemoteVerb {
 public:
  DoubleAssignmentsReport()
      : RemoteVerb({.name = "double-assignments",
                    .description = "Users assigned a SKU directly and by a group",
                    .examples = "  seatwise report double-assignments\n"
                                "  seatwise report double-assignments --sku e3 -o csv",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override { AddSkuFlag(verb, sku_); }

  ExitCode Do(Session& session) override {
    v1::ListDoubleAssignmentsRequest request;
    request.set_parent(TenantName(session.tenant));
    request.set_sku_id(sku_);
    const ReportForm form = {.columns = {{.key = "user_id", .in_table = false},
                                         {.key = "user", .may_shrink = true},
                                         {.key = "sku_id", .in_table = false},
                                         {.key = "sku"},
                                         {.key = "group_ids", .in_table = false},
                                         {.key = "groups", .may_shrink = true},
                                         {.key = "state"},
                                         {.key = "direct_granted", .in_table = false},
                                         {.key = "added_plan_ids", .in_table = false},
                                         {.key = "added_plans", .may_shrink = true}},
                             .empty =
                                 "nobody is assigned a SKU both directly and by a group\n"
                                 "Try: seatwise report redundant-assignments"};
    int64_t rows = 0;
    int64_t idle = 0;
    const auto add = [&](const v1::DoubleAssignment& row, const Names& names,
                         RecordPrinter& printer) {
      ++rows;
      idle += row.added_plan_ids().empty() ? 1 : 0;
      return printer.Add({row.user_id(), names.User(UserId(row.user_id())), row.sku_id(),
                          names.Sku(SkuId(row.sku_id())), ListOf(row.group_ids()),
                          NamesOf(row.group_ids(), names, &Names::Group), StateWord(row.state()),
                          row.direct_granted(), ListOf(row.added_plan_ids()),
                          PlanNames(row.added_plan_ids(), names, session.form)});
    };
    return PrintReport<v1::ListDoubleAssignmentsResponse>(
        session, "ListDoubleAssignments", request, form, add, [&] {
          return absl::StrCat(Counted(rows, "double assignment"), ", ", Grouped(idle),
                              " of them without any plan that only the direct one brings");
        });
  }

  std::string sku_;
};

class RedundantAssignmentsReport final : public RemoteVerb {
 public:
  RedundantAssignmentsReport()
      : RemoteVerb({.name = "redundant-assignments",
                    .description = "Assignments whose removal changes nothing",
                    .examples = "  seatwise report redundant-assignments\n"
                                "  seatwise report redundant-assignments --sku e3 -o csv",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override { AddSkuFlag(verb, sku_); }

  ExitCode Do(Session& session) override {
    v1::ListRedundantAssignmentsRequest request;
    request.set_parent(TenantName(session.tenant));
    request.set_sku_id(sku_);
    const ReportForm form = {.columns = {{.key = "principal_type"},
                                         {.key = "principal_id", .may_shrink = true},
                                         {.key = "principal", .may_shrink = true},
                                         {.key = "sku_id", .in_table = false},
                                         {.key = "sku"},
                                         {.key = "users", .is_number = true}},
                             .empty =
                                 "every assignment has an effect\n"
                                 "Try: seatwise report overlapping-skus"};
    int64_t rows = 0;
    const auto add = [&](const v1::RedundantAssignment& row, const Names& names,
                         RecordPrinter& printer) {
      ++rows;
      const bool is_group = row.principal().has_group_id();
      const std::string id = is_group ? row.principal().group_id() : row.principal().user_id();
      return printer.Add({std::string(is_group ? "group" : "user"), id,
                          is_group ? names.Group(GroupId(id)) : names.User(UserId(id)),
                          row.sku_id(), names.Sku(SkuId(row.sku_id())), int64_t{row.users()}});
    };
    return PrintReport<v1::ListRedundantAssignmentsResponse>(
        session, "ListRedundantAssignments", request, form, add, [&] {
          return absl::StrCat(Counted(rows, "redundant assignment"),
                              "; of those that stand in for each other one has to stay");
        });
  }

  std::string sku_;
};

class OverlappingSkusReport final : public RemoteVerb {
 public:
  OverlappingSkusReport()
      : RemoteVerb({.name = "overlapping-skus",
                    .description = "SKUs that add nothing to another one held",
                    .examples = "  seatwise report overlapping-skus\n"
                                "  seatwise report overlapping-skus --sample 1000 -o json",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    AddSkuFlag(verb, sku_, "Only where this SKU adds nothing");
    AddSampleFlag(verb, sample_);
  }

  ExitCode Do(Session& session) override {
    v1::ListOverlappingSkusRequest request;
    request.set_parent(TenantName(session.tenant));
    request.set_sku_id(sku_);
    request.set_sample_size(sample_);
    const ReportForm form = {.columns = {{.key = "sku_id", .in_table = false},
                                         {.key = "sku"},
                                         {.key = "within_sku_id", .in_table = false},
                                         {.key = "within"},
                                         {.key = "users", .is_number = true},
                                         {.key = "sample_user_ids", .in_table = false},
                                         {.key = "sample", .may_shrink = true}},
                             .empty =
                                 "nobody holds a SKU whose plans another one enables as well\n"
                                 "Try: seatwise report double-assignments"};
    int64_t rows = 0;
    int64_t seats = 0;
    const auto add = [&](const v1::OverlappingSkus& row, const Names& names,
                         RecordPrinter& printer) {
      ++rows;
      seats += row.users();
      return printer.Add({row.sku_id(), names.Sku(SkuId(row.sku_id())), row.within_sku_id(),
                          names.Sku(SkuId(row.within_sku_id())), int64_t{row.users()},
                          ListOf(row.sample_user_ids()),
                          NamesOf(row.sample_user_ids(), names, &Names::User)});
    };
    return PrintReport<v1::ListOverlappingSkusResponse>(
        session, "ListOverlappingSkus", request, form, add, [&] {
          return absl::StrCat(Counted(rows, "overlap"), ", up to ", Counted(seats, "seat"),
                              " that add no plan");
        });
  }

  std::string sku_;
  int sample_ = 5;
};

class BlockedAndGuestsReport final : public RemoteVerb {
 public:
  BlockedAndGuestsReport()
      : RemoteVerb({.name = "blocked-and-guests",
                    .description = "Licenses of blocked accounts and guests",
                    .examples = "  seatwise report blocked-and-guests\n"
                                "  seatwise report blocked-and-guests --only blocked -o csv",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("--only", only_, "Only accounts that are: blocked or guest")
        ->type_name("WHAT")
        ->check(CLI::IsMember({"blocked", "guest"}).description(""));
    AddSkuFlag(verb, sku_);
  }

  ExitCode Do(Session& session) override {
    v1::ListBlockedAndGuestLicensesRequest request;
    request.set_parent(TenantName(session.tenant));
    request.set_sku_id(sku_);
    if (!only_.empty()) request.set_kind(only_ == "blocked" ? v1::BLOCKED : v1::GUEST);
    const ReportForm form = {.columns = {{.key = "user_id", .may_shrink = true},
                                         {.key = "user", .may_shrink = true},
                                         {.key = "kind"},
                                         {.key = "guest", .in_table = false},
                                         {.key = "sku_id", .in_table = false},
                                         {.key = "sku"},
                                         {.key = "state"},
                                         {.key = "direct"}},
                             .empty =
                                 "no such account holds anything\n"
                                 "Try: seatwise licenses --unlicensed"};
    int64_t rows = 0;
    int64_t users = 0;
    std::string last;
    const auto add = [&](const v1::BlockedOrGuestLicense& row, const Names& names,
                         RecordPrinter& printer) {
      ++rows;
      users += row.user_id() != std::exchange(last, row.user_id()) ? 1 : 0;
      return printer.Add({row.user_id(), names.User(UserId(row.user_id())),
                          EnumWordOf(*v1::AccountKind_descriptor(), row.kind()), row.guest(),
                          row.sku_id(), names.Sku(SkuId(row.sku_id())), StateWord(row.state()),
                          row.direct()});
    };
    return PrintReport<v1::ListBlockedAndGuestLicensesResponse>(
        session, "ListBlockedAndGuestLicenses", request, form, add,
        [&] { return absl::StrCat(Counted(rows, "license"), " of ", Counted(users, "account")); });
  }

  std::string only_;
  std::string sku_;
};

}  // namespace

std::unique_ptr<RemoteVerb> MakeDoubleAssignmentsReport() {
  return std::make_unique<DoubleAssignmentsReport>();
}
std::unique_ptr<RemoteVerb> MakeRedundantAssignmentsReport() {
  return std::make_unique<RedundantAssignmentsReport>();
}
std::unique_ptr<RemoteVerb> MakeOverlappingSkusReport() {
  return std::make_unique<OverlappingSkusReport>();
}
std::unique_ptr<RemoteVerb> MakeBlockedAndGuestsReport() {
  return std::make_unique<BlockedAndGuestsReport>();
}

}  // namespace seatwise::cli
