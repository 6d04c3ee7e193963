#include "cli/violations.h"

#include <CLI/CLI.hpp>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/cause_list.h"
#include "cli/cause_text.h"
#include "cli/field_value.h"
#include "cli/fix_text.h"
#include "cli/message_names.h"
#include "cli/noun_verb.h"
#include "cli/pages.h"
#include "cli/progress_bar.h"
#include "cli/remote_names.h"
#include "cli/remote_verb.h"
#include "cli/text.h"
#include "cli/violation_message.h"
#include "cli/violation_text.h"
#include "seatwise/v1/explain_service.pb.h"
#include "seatwise/v1/report_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

constexpr int kMostUsersNamed = 5;

const std::vector<RecordColumn>& Columns() {
  static const auto* const kColumns =
      new std::vector<RecordColumn>{{.key = "user_id", .may_shrink = true},
                                    {.key = "user", .may_shrink = true, .in_table = false},
                                    {.key = "sku_id", .in_table = false},
                                    {.key = "sku"},
                                    {.key = "source_type", .in_table = false},
                                    {.key = "source_id", .in_table = false},
                                    {.key = "source", .may_shrink = true},
                                    {.key = "violations", .may_shrink = true},
                                    {.key = "details", .may_shrink = true}};
  return *kColumns;
}

// How many wait for each SKU (O6).
absl::StatusOr<absl::flat_hash_map<std::string, int64_t>> Waiting(Client& client,
                                                                  const std::string& tenant) {
  absl::flat_hash_map<std::string, int64_t> waiting;
  v1::ListSeatUsageRequest request;
  request.set_parent(TenantName(tenant));
  SEATWISE_RETURN_IF_ERROR(ForEachPage<v1::ListSeatUsageResponse>(
      client, "seatwise.v1.ReportService/ListSeatUsage", request,
      [&](const v1::ListSeatUsageResponse& page) {
        for (const v1::SeatUsageRow& row : page.rows()) {
          waiting[row.seats().sku_id()] = row.seats().waiting();
        }
        return true;
      }));
  return waiting;
}

const std::vector<RecordColumn>& CauseColumns() {
  static const auto* const kColumns =
      new std::vector<RecordColumn>{{.key = "violation"},
                                    {.key = "users", .is_number = true},
                                    {.key = "sku_id"},
                                    {.key = "group_id"},
                                    {.key = "direct"},
                                    {.key = "cause"},
                                    {.key = "sample_user_ids"},
                                    {.key = "fix"},
                                    {.key = "fix_clears_users", .is_number = true},
                                    {.key = "commands"},
                                    {.key = "seat_ways"}};
  return *kColumns;
}

class ViolationsVerb final : public RemoteVerb {
 public:
  ViolationsVerb()
      : RemoteVerb({.name = "violations",
                    .description = "Show why claims are rejected",
                    .examples = "  seatwise violations --fixes\n"
                                "  seatwise violations --by user --code CountViolation -o csv",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("--code", codes_, "Only these, as in CountViolation; may be repeated")
        ->type_name("NAME")
        ->expected(1)
        ->take_all();
    AddSkuFlag(verb, sku_);
    verb.add_option("--group", group_, "Only of claims from this group")->type_name("ID");
    verb.add_option("--by", by_, "One row for each: cause or user")
        ->type_name("WHAT")
        ->check(CLI::IsMember({"cause", "user"}))
        ->capture_default_str();
    verb.add_flag("--fixes", fixes_, "What would heal each cause, tried out");
  }

  ExitCode Check(Console& console) override {
    if (fixes_ && by_ == "user") {
      return console.Fail("--fixes is for causes; of one user, see: seatwise explain",
                          ExitCode::kUsage);
    }
    for (const std::string& code : codes_) {
      const int number = ParseEnumWord(*v1::ViolationCode_descriptor(), code);
      if (number < 0) {
        return console.Fail(absl::StrCat("--code: '", Printable(code), "' is none of ",
                                         EnumWords(*v1::ViolationCode_descriptor())),
                            ExitCode::kUsage);
      }
      request_.add_codes(static_cast<v1::ViolationCode>(number));
    }
    return ExitCode::kOk;
  }

  // What is needed to say a row in words.
  struct Words {
    RemoteNames names;
    absl::flat_hash_map<std::string, int64_t> waiting;
  };

  static absl::StatusOr<Words> LoadWords(const Session& session) {
    SEATWISE_ASSIGN_OR_RETURN(RemoteNames names, RemoteNames::WithCatalog(session.products));
    SEATWISE_ASSIGN_OR_RETURN(auto waiting, Waiting(session.client, session.tenant));
    return Words{.names = std::move(names), .waiting = std::move(waiting)};
  }

  static absl::StatusOr<Record> RecordOf(const v1::ViolationRow& row, Words& words) {
    const v1::ClaimItem& item = row.item();
    const Principal source = SourceFrom(item.source());
    SEATWISE_RETURN_IF_ERROR(words.names.Need(source));
    const auto waiting = words.waiting.find(item.sku_id());
    std::vector<std::string> codes;
    std::vector<std::string> details;
    for (const int code : item.codes()) {
      codes.push_back(EnumWordOf(*v1::ViolationCode_descriptor(), code));
    }
    for (const v1::Violation& message : item.violations()) {
      SEATWISE_ASSIGN_OR_RETURN(const Violation violation, ViolationFrom(message));
      SEATWISE_RETURN_IF_ERROR(NeedNames(violation, words.names));
      for (std::string& line :
           ViolationLines(violation, words.names.names(),
                          waiting == words.waiting.end() ? 0 : waiting->second)) {
        details.push_back(std::move(line));
      }
    }
    const bool is_group = item.source().has_group_id();
    return Record{row.user_id(),
                  row.display_name().empty() ? row.user_principal_name() : row.display_name(),
                  item.sku_id(),
                  words.names.names().Sku(SkuId(item.sku_id())),
                  std::string(is_group ? "group" : "user"),
                  is_group ? item.source().group_id() : item.source().user_id(),
                  words.names.names().Source(source),
                  std::move(codes),
                  std::move(details)};
  }

  ExitCode Do(Session& session) override {
    return by_ == "user" ? ByUser(session) : ByCause(session);
  }

  ExitCode ByCause(Session& session) const {
    v1::ListViolationCausesRequest request;
    request.set_parent(TenantName(session.tenant));
    *request.mutable_codes() = request_.codes();
    request.set_sku_id(sku_);
    request.set_group_id(group_);
    request.set_sample_size(kMostUsersNamed);
    const absl::StatusOr<v1::ListViolationCausesResponse> causes = CausesOf(session, request);
    if (!causes.ok()) return ReportCallError(causes.status(), session.console);
    if (session.form != OutputForm::kTable || !session.form.columns.empty()) {
      return PrintRecords(*causes, session);
    }
    const std::string text = CausesText(*causes, session.console.out());
    return session.console.Print(text.empty() ? absl::StrCat(WhenNone(), "\n") : text);
  }

  absl::StatusOr<v1::ListViolationCausesResponse> CausesOf(
      Session& session, const v1::ListViolationCausesRequest& request) const {
    if (!fixes_) return ListCauses(session.client, request);
    ProgressBar bar(session.console, "fixes", WorkUnit::kCauses);
    return ListCausesWithFixes(session.client, request, bar.callback());
  }

  const char* WhenNone() const {
    return codes_.empty() && sku_.empty() && group_.empty()
               ? "no claim is rejected; who waits and what is free is said by: seatwise seats"
               : "no such claim is rejected; leave out --code, --sku or --group to see others";
  }

  // For programs; people read CausesText.
  ExitCode PrintRecords(const v1::ListViolationCausesResponse& causes,
                        const Session& session) const {
    RecordPrinter printer(CauseColumns(), session.form, session.console);
    const Names names = NamesFrom(causes.names());
    for (const v1::ViolationCause& cause : causes.causes()) {
      std::vector<std::string> sample(cause.sample_user_ids().begin(),
                                      cause.sample_user_ids().end());
      const bool fixed = cause.has_fix();
      printer.Add(
          {EnumWordOf(*v1::ViolationCode_descriptor(), cause.code()), int64_t{cause.users()},
           cause.sku_id(), cause.group_id(), cause.direct(), CauseSentence(cause, names),
           std::move(sample), fixed ? RecordValue(CauseFix(cause, names)) : RecordValue(),
           fixed ? RecordValue(int64_t{cause.fix_clears_users()}) : RecordValue(),
           fixed ? RecordValue(FixCommands(cause.fix(), "seatwise", session.place)) : RecordValue(),
           CauseSeatWays(cause, names)});
    }
    return printer.Finish(WhenNone());
  }

  ExitCode ByUser(Session& session) {
    absl::StatusOr<Words> words = LoadWords(session);
    if (!words.ok()) return ReportCallError(words.status(), session.console);
    request_.set_parent(TenantName(session.tenant));
    request_.set_sku_id(sku_);
    request_.set_group_id(group_);
    request_.set_include_user_names(true);
    RecordPrinter printer(Columns(), session.form, session.console);
    absl::Status worded;
    ExitCode printed = ExitCode::kOk;
    const absl::Status listed = ForEachPage<v1::ListViolationsResponse>(
        session.client, "seatwise.v1.ReportService/ListViolations", request_,
        [&](const v1::ListViolationsResponse& page) {
          for (const v1::ViolationRow& row : page.rows()) {
            absl::StatusOr<Record> record = RecordOf(row, *words);
            worded = record.status();
            if (!record.ok()) return false;
            printed = printer.Add(*std::move(record));
          }
          return printed == ExitCode::kOk;
        });
    if (!listed.ok()) return ReportCallError(listed, session.console);
    if (!worded.ok()) return ReportCallError(worded, session.console);
    return printed == ExitCode::kOk ? printer.Finish(WhenNone()) : printed;
  }

  std::vector<std::string> codes_;
  std::string sku_;
  std::string group_;
  std::string by_ = "cause";
  bool fixes_ = false;
  v1::ListViolationsRequest request_;
};

}  // namespace

std::unique_ptr<Verb> MakeViolationsVerb() {
  return MakePlainVerb(std::make_unique<ViolationsVerb>());
}

}  // namespace seatwise::cli
