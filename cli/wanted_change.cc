#include "cli/wanted_change.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/change_file.h"
#include "cli/edit_changes.h"
#include "cli/folders.h"
#include "cli/text.h"

namespace seatwise::cli {

void WantedChange::Declare(CLI::App& verb) {
  verb.add_option("WHAT", words_, "A folder, a file, or changes in words")
      ->required()
      ->type_name("");
  verb.add_option("--mode", mode_, "merge, or snapshot: what is absent goes")
      ->check(CLI::IsMember({"merge", "snapshot"}).description(""))
      ->type_name("MODE")
      ->capture_default_str();
  verb.add_option("--max-removed", max_removed_, "Refuse to take more of the licenses held")
      ->check(CLI::Range(0, 100).description(""))
      ->type_name("PERCENT")
      ->capture_default_str();
  verb.add_flag("--override-removal-guard", override_, "Take as much as it takes");
}

ExitCode WantedChange::Check(Console& console) {
  if (IsEditVerb(words_[0])) {
    absl::StatusOr<std::vector<Edit>> edits = ParseEdits(words_);
    if (!edits.ok()) return console.Fail(edits.status().message(), ExitCode::kUsage);
    edits_ = *std::move(edits);
    return ExitCode::kOk;
  }
  std::error_code error;
  is_folder_ = std::filesystem::is_directory(words_[0], error);
  is_file_ = !is_folder_ && std::filesystem::exists(words_[0], error);
  if (words_.size() > 1 && (is_folder_ || is_file_)) {
    return console.Fail(absl::StrCat("'", Printable(words_[1]), "' is one argument too many"),
                        ExitCode::kUsage);
  }
  if (is_folder_) {
    const absl::Status readable = CheckInputFolder(words_[0]);
    return readable.ok() ? ExitCode::kOk : console.Fail(readable);
  }
  if (is_file_) return ExitCode::kOk;
  return console.Fail(
      absl::StrCat("'", Printable(words_[0]), "' is neither a folder nor a file, and ",
                   ParseEdits(words_).status().message()),
      ExitCode::kUsage);
}

v1::ImportRequest::Finish WantedChange::Finish() const {
  v1::ImportRequest::Finish finish;
  finish.set_mode(mode_ == "merge" ? v1::ImportRequest::Finish::MERGE
                                   : v1::ImportRequest::Finish::SNAPSHOT);
  finish.set_override_removal_guard(override_);
  finish.set_max_removed_percent(max_removed());
  return finish;
}

absl::StatusOr<std::vector<v1::Change>> WantedChange::Changes(const Session& session) const {
  if (is_file_) return ReadChangeFile(words_[0], session.tenant);
  return ChangesOf(edits_, session.client, session.tenant);
}

std::string WantedChange::ToString() const {
  std::string text;
  for (const std::string& word : words_) {
    absl::StrAppend(&text, text.empty() ? "" : " ", ShellWord(word));
  }
  if (mode_ != "merge") absl::StrAppend(&text, " --mode ", mode_);
  if (max_removed_ != 10) absl::StrAppend(&text, " --max-removed ", max_removed_);
  if (override_) absl::StrAppend(&text, " --override-removal-guard");
  return text;
}

}  // namespace seatwise::cli
