#include "cli/bulk_users.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cli/text.h"
#include "interchange/csv_text.h"
#include "interchange/loose_table.h"
#include "interchange/row_error.h"

namespace seatwise::cli {
namespace {

// Whether it is the users' fault, or that of what is asked for them.
bool IsAboutUsers(const absl::Status& status) {
  return absl::IsInvalidArgument(status) || absl::IsNotFound(status) ||
         absl::IsFailedPrecondition(status) || absl::IsAlreadyExists(status);
}

// Tries users in halves.
class Attempt {
 public:
  struct Reject {
    std::string user;
    std::string reason;
  };

  explicit Attempt(const BulkUsers::EditSome& edit) : edit_(edit) {}

  void Try(absl::Span<const std::string> users) {
    const absl::StatusOr<int64_t> revision =
        broken_.ok() ? edit_(users) : absl::StatusOr<int64_t>(broken_);
    if (revision.ok()) {
      revision_ = std::max(revision_, *revision);
      done_ += users.size();
      return;
    }
    const bool theirs = IsAboutUsers(revision.status());
    if (!theirs) broken_ = revision.status();
    if (!theirs || users.size() == 1) {
      for (const std::string& user : users) {
        rejects_.push_back({user, std::string(revision.status().message())});
      }
      return;
    }
    Try(users.first(users.size() / 2));
    Try(users.subspan(users.size() / 2));
  }

  const std::vector<Reject>& rejects() const { return rejects_; }
  size_t done() const { return done_; }
  int64_t revision() const { return revision_; }
  const absl::Status& broken() const { return broken_; }

 private:
  const BulkUsers::EditSome& edit_;
  std::vector<Reject> rejects_;
  absl::Status broken_;  // Why nothing more can be asked.
  size_t done_ = 0;
  int64_t revision_ = 0;
};

// The column user_id of the file, each user once. Nothing, and complaints made, if it is not such a
// file.
std::optional<std::vector<std::string>> ReadUsers(const std::string& path, Console& console) {
  ErrorList errors;
  const LooseColumn columns[] = {{{"userid"}}};
  const LooseTable table = ReadLooseTable(path, columns, errors);
  if (!errors.empty()) {
    for (const RowError& error : std::move(errors).Take()) {
      console.Complain(Printable(error.ToString()));
    }
    console.Complain("such a file has a header row, and the ids of users in its column user_id");
    return std::nullopt;
  }
  std::vector<std::string> users;
  absl::flat_hash_set<absl::string_view> seen;
  for (const LooseRow& row : table.rows) {
    if (seen.insert(row.cells[0]).second) users.push_back(row.cells[0]);
  }
  return users;
}

std::string RejectsText(const std::vector<Attempt::Reject>& rejects) {
  std::string text = "user_id,reason\n";
  for (const Attempt::Reject& reject : rejects) AppendRow({reject.user, reject.reason}, text);
  return text;
}

}  // namespace

void BulkUsers::Declare(CLI::App& verb) {
  verb.add_option("--users", users_, "All users in this CSV file, by its column user_id")
      ->type_name("FILE");
  verb.add_option("--rejects", rejects_, "Write who was rejected to this file, to be mended")
      ->type_name("FILE");
}

ExitCode BulkUsers::CheckAlone(Console& console, bool alone, const std::string& request_id) const {
  if (!alone) return console.Fail("--users names everybody; name nobody else", ExitCode::kUsage);
  if (request_id.empty()) return ExitCode::kOk;
  return console.Fail("--request-id is for one call; --users takes several", ExitCode::kUsage);
}

ExitCode BulkUsers::Run(Console& console, size_t most, const EditSome& edit,
                        const std::string& what, const std::string& done) const {
  const std::optional<std::vector<std::string>> users = ReadUsers(users_, console);
  if (!users.has_value()) return ExitCode::kRejected;
  if (users->empty()) {
    return console.Print(
        absl::StrCat("'", Printable(users_), "' names no user; nothing was done\n"));
  }
  Attempt attempt(edit);
  for (size_t begin = 0; begin < users->size(); begin += most) {
    attempt.Try(absl::MakeConstSpan(*users).subspan(begin, most));
  }
  const auto count = static_cast<int64_t>(attempt.done());
  const ExitCode printed = console.Print(
      absl::StrCat(what, " ", done, " ", Counted(count, "user"),
                   count > 0 ? absl::StrCat(", revision ", attempt.revision()) : "", "\n"));
  if (printed != ExitCode::kOk || attempt.rejects().empty()) return printed;
  const auto rejected = static_cast<int64_t>(attempt.rejects().size());
  if (!attempt.broken().ok()) console.Complain(Printable(attempt.broken().message()));
  if (rejects_.empty()) {
    for (size_t i = 0; i < std::min<size_t>(attempt.rejects().size(), 5); ++i) {
      console.Complain(Printable(attempt.rejects()[i].reason));
    }
    return console.Fail(absl::StrCat(Counted(rejected, "user"),
                                     " rejected; --rejects FILE writes down who and why"),
                        ExitCode::kConflict);
  }
  std::ofstream file(rejects_, std::ios::binary | std::ios::trunc);
  file << RejectsText(attempt.rejects());
  file.close();
  if (file.fail()) {
    return console.Fail(absl::StrCat("'", Printable(rejects_), "' cannot be written"));
  }
  return console.Fail(
      absl::StrCat(Counted(rejected, "user"), " rejected; who and why is in ", Printable(rejects_),
                   ", which can be mended and given to --users"),
      ExitCode::kConflict);
}

}  // namespace seatwise::cli
