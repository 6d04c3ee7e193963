#include "cli/explain.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/explain_tree.h"
#include "cli/field_value.h"
#include "cli/find_user.h"
#include "cli/fix_text.h"
#include "cli/history_text.h"
#include "cli/message_json.h"
#include "cli/message_names.h"
#include "cli/noun_verb.h"
#include "cli/pages.h"
#include "cli/remote_verb.h"
#include "cli/seat_way_text.h"
#include "cli/text.h"
#include "cli/violation_message.h"
#include "cli/violation_text.h"
#include "seatwise/v1/explain_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostPlansNamed = 12;

const std::vector<RecordColumn>& Columns() {
  static const auto* const kColumns = new std::vector<RecordColumn>{
      {.key = "user_id"},     {.key = "sku_id"}, {.key = "sku"},     {.key = "state"},
      {.key = "source_type"}, {.key = "path"},   {.key = "granted"}, {.key = "violations"},
      {.key = "details"},     {.key = "place"},  {.key = "fix"},     {.key = "commands"},
      {.key = "seat_ways"}};
  return *kColumns;
}

const std::vector<RecordColumn>& HistoryColumns() {
  static const auto* const kColumns =
      new std::vector<RecordColumn>{{.key = "revision"}, {.key = "commit_time"}, {.key = "actor"},
                                    {.key = "method"},   {.key = "sku_id"},      {.key = "sku"},
                                    {.key = "before"},   {.key = "after"},       {.key = "causes"}};
  return *kColumns;
}

class ExplainVerb final : public RemoteVerb {
 public:
  ExplainVerb()
      : RemoteVerb({.name = "explain",
                    .description = "Say why a user has what it has, and what heals the rest",
                    .examples = "  seatwise explain ana --sku e3 --at 17\n"
                                "  seatwise explain ana --history"},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("USER", user_, "Its id, principal name or display name")
        ->required()
        ->type_name("");
    AddSkuFlag(verb, sku_);
    verb.add_option("--at", revision_, "As it was at this revision")->type_name("REVISION");
    verb.add_flag("--history", history_, "How it came about, from the journal");
    verb.add_option("--limit", limit_, "Of a history: the newest N changes")
        ->check(CLI::Range(1, 1'000'000).description(""))
        ->type_name("N")
        ->capture_default_str();
    verb.add_flag("--no-fixes", no_fixes_, "Do not look for what would heal it");
  }

  ExitCode Check(Console& console) override {
    if (user_.empty()) return console.Fail("USER is empty; name one", ExitCode::kUsage);
    if (history_ && (revision_ != 0 || !sku_.empty())) {
      return console.Fail("--history is about all SKUs and all revisions", ExitCode::kUsage);
    }
    if (revision_ < 0) return console.Fail("--at: revisions are positive", ExitCode::kUsage);
    return ExitCode::kOk;
  }

  ExitCode Do(Session& session) override { return history_ ? History(session) : Explain(session); }

  // Asks about a user with this id and, if there is none, with this name.
  template <typename Ask>
  auto AskAbout(const Session& session, const Ask& ask);

  ExitCode Explain(Session& session);
  ExitCode PrintText(const v1::ExplainLicenseResponse& explained, Session& session) const;
  ExitCode PrintRows(const v1::ExplainLicenseResponse& explained, Session& session) const;
  absl::StatusOr<v1::ListLicenseHistoryResponse> NewestOfHistory(Session& session) const;
  ExitCode History(Session& session);
  static ExitCode PrintHistoryRows(const v1::ListLicenseHistoryResponse& history, Session& session);

  std::string user_;
  std::string sku_;
  int64_t revision_ = 0;
  bool history_ = false;
  int limit_ = 100;
  bool no_fixes_ = false;
};

template <typename Ask>
auto ExplainVerb::AskAbout(const Session& session, const Ask& ask) {
  auto answer = ask();
  if (!absl::IsNotFound(answer.status())) return answer;
  const absl::StatusOr<std::string> id = FindUserByName(session.client, session.tenant, user_);
  // Who has no such name either does not exist, as was said; or it was about a SKU.
  if (absl::IsNotFound(id.status())) return answer;
  if (!id.ok()) return decltype(answer)(id.status());
  user_ = *id;
  return ask();
}

ExitCode ExplainVerb::Explain(Session& session) {
  const auto explained = AskAbout(session, [&] {
    v1::ExplainLicenseRequest request;
    request.set_name(ChildName(session.tenant, "users", user_));
    request.set_sku_id(sku_);
    request.set_revision(revision_);
    request.set_include_fixes(!no_fixes_);
    return session.client.Call<v1::ExplainLicenseResponse>(
        "seatwise.v1.ExplainService/ExplainLicense", request);
  });
  if (!explained.ok()) {
    if (absl::IsNotFound(explained.status()) && revision_ != 0) {
      session.console.Complain(absl::StrCat("of revision ", revision_, ":"));
    }
    return ReportCallError(explained.status(), session.console);
  }
  switch (session.form) {
    case OutputForm::kJson:
      return session.console.Print(MessageJson(*explained) + "\n");
    case OutputForm::kCsv:
      return PrintRows(*explained, session);
    case OutputForm::kTable:
      break;
  }
  return PrintText(*explained, session);
}

// The fix to go on with: the first that takes from nobody else, if it grants the claim; null if
// people have to choose first.
const v1::Fix* FixToTake(const v1::SourceExplanation& source) {
  for (const v1::Fix& fix : source.fixes()) {
    if (fix.effect().others_losing() == 0) {
      return fix.granted() || &fix == &source.fixes(0) ? &fix : nullptr;
    }
  }
  return nullptr;
}

// Its commands, each once.
std::string NextCommands(const v1::ExplainLicenseResponse& explained, const Session& session) {
  std::string text;
  std::set<std::string> seen;
  for (const v1::LicenseExplanation& license : explained.licenses()) {
    for (const v1::SourceExplanation& source : license.sources()) {
      const v1::Fix* fix = FixToTake(source);
      if (fix == nullptr) continue;
      const std::vector<std::string> commands =
          FixCommands(*fix, session.console.program(), session.place);
      if (!seen.insert(absl::StrJoin(commands, "\n")).second) continue;
      for (const std::string& command : commands) {
        absl::StrAppend(&text, "  ", session.console.out().Paint(Ink::kStrong, command), "\n");
      }
    }
  }
  return text;
}

ExitCode ExplainVerb::PrintText(const v1::ExplainLicenseResponse& explained,
                                Session& session) const {
  const Style& style = session.console.out();
  std::string text = ExplainHeader(explained.user(), style);
  if (revision_ != 0) absl::StrAppend(&text, ", at revision ", revision_);
  absl::StrAppend(&text, "\n");
  const std::string tree =
      ExplainTree(explained, {.most_plans_named = kMostPlansNamed, .fixes = !no_fixes_}, style);
  if (tree.empty()) {
    return session.console.Print(absl::StrCat(
        text, "Nothing is assigned",
        sku_.empty() ? "" : absl::StrCat(" of '", Printable(sku_), "'"),
        ", neither directly nor by a group; see: ", Printable(session.console.program()),
        " assign --help\n"));
  }
  absl::StrAppend(&text, tree);
  const std::string next = NextCommands(explained, session);
  if (!next.empty()) {
    absl::StrAppend(&text, "\nNext", revision_ == 0 ? "" : ", as of then", ":\n", next);
  }
  return session.console.Print(text);
}

ExitCode ExplainVerb::PrintRows(const v1::ExplainLicenseResponse& explained,
                                Session& session) const {
  const Names names = NamesFrom(explained.names());
  RecordPrinter printer(Columns(), session.form, session.console);
  for (const v1::LicenseExplanation& license : explained.licenses()) {
    for (const v1::SourceExplanation& source : license.sources()) {
      std::vector<std::string> codes;
      std::vector<std::string> details;
      for (const int code : source.item().codes()) {
        codes.push_back(EnumWordOf(*v1::ViolationCode_descriptor(), code));
      }
      for (const v1::Violation& message : source.item().violations()) {
        const absl::StatusOr<Violation> violation = ViolationFrom(message);
        if (!violation.ok()) return session.console.Fail(violation.status());
        for (std::string& line : ViolationLines(*violation, names, source.queue().waiting())) {
          details.push_back(std::move(line));
        }
      }
      const bool has_fix = !source.fixes().empty();
      std::vector<std::string> ways;
      for (const v1::SeatWay& way : source.seat_ways()) {
        ways.push_back(SeatWaySentence(way, names, source.item().sku_id()));
      }
      printer.Add(
          {user_, license.license().sku_id(), names.Sku(SkuId(license.license().sku_id())),
           EnumWordOf(*v1::EffectiveLicense::State_descriptor(), license.license().state()),
           std::string(source.item().source().has_group_id() ? "group" : "user"),
           std::vector<std::string>(source.path_group_ids().begin(), source.path_group_ids().end()),
           source.item().granted(), std::move(codes), std::move(details),
           source.has_queue() ? RecordValue(int64_t{source.queue().place()}) : RecordValue(),
           has_fix ? RecordValue(FixSentence(source.fixes(0), names, user_)) : RecordValue(),
           has_fix ? RecordValue(FixCommands(source.fixes(0), "seatwise", session.place))
                   : RecordValue(),
           std::move(ways)});
    }
  }
  return printer.Finish("");
}

// Pages come the newest first, each from old to new.
absl::StatusOr<v1::ListLicenseHistoryResponse> ExplainVerb::NewestOfHistory(
    Session& session) const {
  v1::ListLicenseHistoryRequest request;
  request.set_parent(ChildName(session.tenant, "users", user_));
  v1::ListLicenseHistoryResponse history;
  do {
    request.set_page_size(std::min(limit_ - history.entries_size(), kPageSize));
    SEATWISE_ASSIGN_OR_RETURN(auto older,
                              session.client.Call<v1::ListLicenseHistoryResponse>(
                                  "seatwise.v1.ExplainService/ListLicenseHistory", request));
    for (v1::LicenseHistoryEntry& entry : *history.mutable_entries()) {
      *older.add_entries() = std::move(entry);
    }
    older.mutable_names()->MergeFrom(history.names());
    history = std::move(older);
    request.set_page_token(history.next_page_token());
  } while (history.entries_size() < limit_ && !request.page_token().empty());
  return history;
}

ExitCode ExplainVerb::History(Session& session) {
  const auto history = AskAbout(session, [&] { return NewestOfHistory(session); });
  if (!history.ok()) return ReportCallError(history.status(), session.console);
  if (session.form == OutputForm::kJson) return session.console.Print(MessageJson(*history) + "\n");
  if (session.form == OutputForm::kCsv) return PrintHistoryRows(*history, session);
  std::string text;
  if (!history->next_page_token().empty()) {
    text = absl::StrCat("The newest ", history->entries_size(),
                        "; there may be older ones: --limit ", 10 * int64_t{limit_}, "\n\n");
  } else if (history->oldest_revision() > 0) {
    text = absl::StrCat("What came before revision ", history->oldest_revision() + 1,
                        " is no longer kept.\n\n");
  }
  absl::StrAppend(&text, HistoryText(*history, session.console.out()));
  if (history->entries().empty()) {
    absl::StrAppend(&text, "Nothing has changed for user '", Printable(user_),
                    "'; what it has is said by: ", Printable(session.console.program()),
                    " explain ", Printable(ShellWord(user_)), session.place, "\n");
  }
  return session.console.Print(text);
}

ExitCode ExplainVerb::PrintHistoryRows(const v1::ListLicenseHistoryResponse& history,
                                       Session& session) {
  const Names names = NamesFrom(history.names());
  const auto state = [](bool exists, const v1::LicenseValue& value) {
    return exists
               ? RecordValue(EnumWordOf(*v1::EffectiveLicense::State_descriptor(), value.state()))
               : RecordValue();
  };
  RecordPrinter printer(HistoryColumns(), session.form, session.console);
  for (const v1::LicenseHistoryEntry& entry : history.entries()) {
    std::vector<std::string> causes;
    for (const auto& cause : entry.causes()) causes.push_back(cause.name());
    for (const v1::LicenseHistoryEntry::Change& change : entry.changes()) {
      printer.Add({int64_t{entry.revision()},
                   ValueOf(entry, *entry.GetDescriptor()->FindFieldByName("commit_time")),
                   entry.actor(), entry.method(), change.sku_id(),
                   names.Sku(SkuId(change.sku_id())), state(change.has_before(), change.before()),
                   state(change.has_after(), change.after()), causes});
    }
  }
  return printer.Finish("");
}

}  // namespace

std::unique_ptr<Verb> MakeExplainVerb() { return MakePlainVerb(std::make_unique<ExplainVerb>()); }

}  // namespace seatwise::cli
