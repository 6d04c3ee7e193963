#include "cli/process.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <initializer_list>

namespace seatwise::cli {
namespace {

// Opened for the other direction, so that using it is an error, as it was for the closed stream.
void FillClosedStreams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) != -1) continue;
    open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);  // The lowest free number.
  }
}

}  // namespace

void PrepareProcess() {
  FillClosedStreams();
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  const char* directory = std::getenv("BUILD_WORKING_DIRECTORY");
  if (directory != nullptr && chdir(directory) != 0) {
    // The folder is gone: relative paths will say so themselves.
  }
}

std::string ProgramName(absl::string_view called) {
  if (std::getenv("BUILD_WORKSPACE_DIRECTORY") != nullptr) return "bazel-bin/cli/seatwise";
  return called.empty() ? "seatwise" : std::string(called);
}

}  // namespace seatwise::cli
