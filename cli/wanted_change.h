// What `seatwise plan` and `seatwise apply` are about: a folder, a file of changes, or changes in
// words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/console.h"
#include "cli/edit_words.h"
#include "cli/exit_code.h"
#include "cli/import_mode.h"
#include "cli/remote_verb.h"
#include "seatwise/v1/fact.pb.h"
#include "seatwise/v1/tenant.pb.h"
#include "seatwise/v1/transfer_service.pb.h"

namespace CLI {
class App;
}

namespace seatwise::cli {

// Declared once, checked, then read.
class WantedChange {
 public:
  void Declare(CLI::App& verb);

  // Finds out which of the three it is.
  ExitCode Check(Console& console);

  bool is_folder() const { return is_folder_; }
  const std::string& folder() const { return words_[0]; }
  // Asks for the tenant that it is about; before anything below is asked.
  absl::Status LoadTenant(const Session& session);
  const v1::Tenant& tenant() const { return tenant_; }

  // For a folder: how it is to be finished, without a token.
  v1::ImportRequest::Finish Finish() const;
  // For all others.
  absl::StatusOr<std::vector<v1::Change>> Changes(const Session& session) const;

  // How many licenses may go, in percent: as it was typed, else as the tenant has it, else 10.
  int32_t max_removed() const;

  // As it was typed, with the flags that belong to it: to be pasted into a shell.
  std::string ToString() const;

 private:
  std::vector<std::string> words_;
  ImportModeFlag mode_;
  std::optional<int32_t> typed_limit_;
  v1::Tenant tenant_;
  bool override_ = false;
  bool is_folder_ = false;
  bool is_file_ = false;
  std::vector<Edit> edits_;
};

}  // namespace seatwise::cli
