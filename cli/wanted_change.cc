#include "cli/wanted_change.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/change_file.h"
#include "cli/edit_changes.h"
#include "cli/folders.h"
#include "cli/text.h"
#include "seatwise/v1/tenant_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

constexpr int32_t kRemovalLimit = 10;  // Where nobody says anything else.

}  // namespace

void WantedChange::Declare(CLI::App& verb) {
  verb.add_option("WHAT", words_, "A folder, a file, or changes in words")
      ->required()
      ->type_name("");
  mode_.Declare(verb);
  verb.add_option("--max-removed", typed_limit_,
                  "Take no more of what is held; else the tenant's, or 10")
      ->check(CLI::Range(0, 100).description(""))
      ->type_name("PERCENT");
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

absl::Status WantedChange::LoadTenant(const Session& session) {
  v1::GetTenantRequest request;
  request.set_name(TenantName(session.tenant));
  SEATWISE_ASSIGN_OR_RETURN(
      v1::GetTenantResponse response,
      session.client.Call<v1::GetTenantResponse>("seatwise.v1.TenantService/GetTenant", request));
  tenant_ = std::move(*response.mutable_tenant());
  return absl::OkStatus();
}

int32_t WantedChange::max_removed() const {
  if (override_) return 100;
  if (typed_limit_.has_value()) return *typed_limit_;
  return tenant_.has_max_removed_percent() ? tenant_.max_removed_percent() : kRemovalLimit;
}

v1::ImportRequest::Finish WantedChange::Finish() const {
  v1::ImportRequest::Finish finish;
  finish.set_mode(mode_.mode());
  finish.set_override_removal_guard(override_);
  finish.set_max_removed_percent(max_removed());
  return finish;
}

absl::StatusOr<std::vector<v1::Change>> WantedChange::Changes(const Session& session) const {
  if (is_file_) return ReadChangeFile(words_[0], session.tenant);
  return ChangesOf(edits_, session.products);
}

std::string WantedChange::ToString() const {
  std::string text;
  for (const std::string& word : words_) {
    absl::StrAppend(&text, text.empty() ? "" : " ", ShellWord(word));
  }
  absl::StrAppend(&text, mode_.Typed());
  if (typed_limit_.has_value()) absl::StrAppend(&text, " --max-removed ", *typed_limit_);
  if (override_) absl::StrAppend(&text, " --override-removal-guard");
  return text;
}

}  // namespace seatwise::cli
