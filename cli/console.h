// Where the program's words go: results to stdout, everything else to stderr.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "cli/exit_code.h"
#include "cli/style.h"

namespace seatwise::cli {

// The two streams. One thread at a time.
class Console {
 public:
  // `program` is how to call the program, to be shown in commands that one may paste.
  explicit Console(std::string program);

  const std::string& program() const { return program_; }

  const Style& out() const { return out_; }
  const Style& err() const { return err_; }

  // Writes a result to stdout. kFailed, with the reason on stderr, if that does not take it all.
  ExitCode Print(absl::string_view text);

  // Writes to stderr, as it is. Whether that succeeds is nobody's concern.
  void Note(absl::string_view text);

  // One line each on stderr: "seatwise: ...", "warning: ...".
  void Complain(absl::string_view message);
  void Warn(absl::string_view message);

  // Complains, and answers `code` for the caller to return.
  ExitCode Fail(absl::string_view message, ExitCode code = ExitCode::kFailed);
  ExitCode Fail(const absl::Status& status);

 private:
  std::string program_;
  Style out_;
  Style err_;
};

}  // namespace seatwise::cli
