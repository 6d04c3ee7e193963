#include "cli/watch.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/field_value.h"
#include "cli/names.h"
#include "cli/noun_verb.h"
#include "cli/product_words.h"
#include "cli/remote_names.h"
#include "cli/remote_verb.h"
#include "cli/text.h"
#include "engine/model/ids.h"
#include "seatwise/v1/watch_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

const std::vector<RecordColumn>& Columns() {
  static const auto* const kColumns =
      new std::vector<RecordColumn>{{.key = "revision", .is_number = true},
                                    {.key = "commit_time"},
                                    {.key = "user_id"},
                                    {.key = "sku_id"},
                                    {.key = "before"},
                                    {.key = "before_plan_ids", .in_table = false},
                                    {.key = "after"},
                                    {.key = "after_plan_ids", .in_table = false}};
  return *kColumns;
}

// Nothing where there is no license.
RecordValue StateOf(bool present, const v1::LicenseValue& value) {
  if (!present) return {};
  return EnumWordOf(*v1::EffectiveLicense::State_descriptor(), value.state());
}

RecordValue PlansOf(bool present, const v1::LicenseValue& value) {
  if (!present) return {};
  return std::vector<std::string>(value.enabled_plan_ids().begin(), value.enabled_plan_ids().end());
}

std::string Word(bool present, const v1::LicenseValue& value) {
  return present ? EnumWordOf(*v1::EffectiveLicense::State_descriptor(), value.state()) : "nothing";
}

class WatchVerb final : public RemoteVerb {
 public:
  WatchVerb()
      : RemoteVerb({.name = "watch",
                    .description = "Show changes of licenses as they happen",
                    .examples = "  seatwise watch --sku e3\n"
                                "  seatwise watch --after 41 --until 42 -o json"},
                   TenantUse::kOne) {}

 private:
  using Run = v1::WatchLicensesResponse::Run;

  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("--after", after_, "Begin behind this revision; 0: now")
        ->check(CLI::NonNegativeNumber.description(""))
        ->type_name("R");
    verb.add_option("--until", until_, "End with this revision; 0: never")
        ->check(CLI::NonNegativeNumber.description(""))
        ->type_name("R");
    verb.add_option("--sku", skus_, "Only of this SKU: id or name; may be repeated")
        ->type_name("SKU")
        ->expected(1)
        ->take_all();
    NamesSkus(skus_);
    verb.add_option("--user", users_, "Only of this user; may be repeated")
        ->type_name("ID")
        ->expected(1)
        ->take_all();
  }

  v1::WatchLicensesRequest Request(const std::string& tenant) const {
    v1::WatchLicensesRequest request;
    request.set_parent(TenantName(tenant));
    request.set_after_revision(after_);
    for (const std::string& sku : skus_) request.add_sku_ids(sku);
    for (const std::string& user : users_) request.add_user_ids(user);
    if (until_ > 0) request.set_bookmark_seconds(1);
    return request;
  }

  // All licenses of one run, a line each.
  static std::string Text(const v1::WatchLicensesResponse& message, const Run& run,
                          const Session& session, const Names& names) {
    const RecordValue time = ValueOf(
        message.changes(),
        *v1::WatchLicensesResponse::RevisionChanges::descriptor()->FindFieldByName("commit_time"));
    std::string text;
    for (const std::string& user : run.user_ids()) {
      if (session.form == OutputForm::kTable) {
        absl::StrAppend(&text, "revision ", message.revision(), "  ", Printable(user), "  ",
                        names.Sku(SkuId(run.sku_id())), ": ", Word(run.has_before(), run.before()),
                        " → ", Word(run.has_after(), run.after()), "\n");
        continue;
      }
      const Record record = {int64_t{message.revision()},
                             time,
                             user,
                             run.sku_id(),
                             StateOf(run.has_before(), run.before()),
                             PlansOf(run.has_before(), run.before()),
                             StateOf(run.has_after(), run.after()),
                             PlansOf(run.has_after(), run.after())};
      absl::StrAppend(&text, session.form == OutputForm::kJson
                                 ? RecordJson(Columns(), record) + "\n"
                                 : RecordCsv(record));
    }
    return text;
  }

  // Whether nothing that was asked for can follow.
  bool Ends(const v1::WatchLicensesResponse& message) const {
    if (until_ == 0 || message.revision() < until_) return false;
    return message.revision() > until_ || message.has_bookmark() || message.changes().complete();
  }

  // Who does not exist may come, and what it had before it was deleted is told too: so it is no
  // error to wait for it, but a mistyped one would be waited for in vain.
  absl::Status WarnOfUnknown(Session& session, RemoteNames& names) const {
    for (const std::string& sku : skus_) {
      const absl::Status found = session.products.FindSku(sku).status();
      if (absl::IsNotFound(found)) session.console.Warn(found.message());
    }
    const std::vector<UserId> users(users_.begin(), users_.end());
    SEATWISE_RETURN_IF_ERROR(names.Need(users));
    for (const UserId& user : users) {
      if (names.names().Knows(user)) continue;
      session.console.Warn(absl::StrCat("there is no user '", Printable(user.value()), "'"));
    }
    return absl::OkStatus();
  }

  ExitCode Do(Session& session) override {
    absl::StatusOr<RemoteNames> names = RemoteNames::WithSkus(session.products);
    if (!names.ok()) return ReportCallError(names.status(), session.console);
    const absl::Status warned = WarnOfUnknown(session, *names);
    if (!warned.ok()) return ReportCallError(warned, session.console);
    if (session.form == OutputForm::kCsv) session.console.Print(CsvHeader(Columns()));
    const std::unique_ptr<Stream> stream =
        session.client.Open("seatwise.v1.WatchService/WatchLicenses");
    stream->Write(Request(session.tenant));
    stream->WritesDone();
    v1::WatchLicensesResponse message;
    while (stream->Read(message)) {
      if (until_ == 0 || message.revision() <= until_) {
        std::string text;
        for (const Run& run : message.changes().runs()) {
          absl::StrAppend(&text, Text(message, run, session, names->names()));
        }
        const ExitCode printed = session.console.Print(text);
        if (printed != ExitCode::kOk) return printed;
      }
      if (Ends(message)) return ExitCode::kOk;
    }
    const absl::Status ended = stream->Finish();
    return ended.ok() ? ExitCode::kOk : ReportCallError(ended, session.console);
  }

  int64_t after_ = 0;
  int64_t until_ = 0;
  std::vector<std::string> skus_;
  std::vector<std::string> users_;
};

}  // namespace

std::unique_ptr<Verb> MakeWatchVerb() { return MakePlainVerb(std::make_unique<WatchVerb>()); }

}  // namespace seatwise::cli
