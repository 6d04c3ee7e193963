#include "cli/console.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace seatwise::cli {
namespace {

// 0, or the errno that stopped it.
int WriteAll(int descriptor, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

}  // namespace

Console::Console(std::string program)
    : program_(std::move(program)),
      out_(Style::OfStream(STDOUT_FILENO)),
      err_(Style::OfStream(STDERR_FILENO)) {}

ExitCode Console::Print(absl::string_view text) {
  const int error = WriteAll(STDOUT_FILENO, text);
  if (error == 0) return ExitCode::kOk;
  return Fail(absl::StrCat("cannot write to standard output: ", std::strerror(error)));
}

void Console::Note(absl::string_view text) { WriteAll(STDERR_FILENO, text); }

void Console::Complain(absl::string_view message) {
  Note(absl::StrCat(err_.Paint(Ink::kBad, "seatwise:"), " ", message, "\n"));
}

void Console::Warn(absl::string_view message) {
  Note(absl::StrCat(err_.Paint(Ink::kWarning, "warning:"), " ", message, "\n"));
}

ExitCode Console::Fail(absl::string_view message, ExitCode code) {
  Complain(message);
  return code;
}

ExitCode Console::Fail(const absl::Status& status) { return Fail(status.message()); }

}  // namespace seatwise::cli
