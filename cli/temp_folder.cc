#include "cli/temp_folder.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace seatwise::cli {
namespace {

// Blocks the signals that end a process, and SIGCHLD: from here on they are waited for.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;
  ~BlockedSignals() { Unblock(); }

  int Wait() const { return sigwaitinfo(&signals_, nullptr); }
  void Unblock() const { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t signals_ = {};
  sigset_t before_ = {};
};

// Returns how the worker ended, as waitpid does.
int AwaitEnd(pid_t worker, const BlockedSignals& signals) {
  int status = 0;
  while (waitpid(worker, &status, WNOHANG) != worker) {
    const int signal = signals.Wait();
    if (signal > 0 && signal != SIGCHLD) kill(worker, signal);
  }
  return status;
}

[[noreturn]] void EndAs(int status, const BlockedSignals& signals) {
  if (WIFSIGNALED(status)) {
    std::signal(WTERMSIG(status), SIG_DFL);
    signals.Unblock();
    std::raise(WTERMSIG(status));
  }
  _exit(WEXITSTATUS(status));
}

[[noreturn]] void Guard(pid_t worker, const std::string& folder, const BlockedSignals& signals) {
  const int status = AwaitEnd(worker, signals);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  EndAs(status, signals);
}

absl::Status CannotMake(const std::string& path) {
  return absl::FailedPreconditionError(
      absl::StrCat("cannot make a temporary folder '", path, "': ", std::strerror(errno),
                   "; set TMPDIR to a folder that can be written to"));
}

}  // namespace

absl::StatusOr<std::string> MakeTempFolder() {
  const char* parent = std::getenv("TMPDIR");
  std::string path =
      absl::StrCat(parent == nullptr || *parent == '\0' ? "/tmp" : parent, "/seatwise-XXXXXX");
  std::signal(SIGCHLD,
              SIG_DFL);  // Ignored, as a caller may have left it, no child can be waited for.
  const BlockedSignals signals;
  if (mkdtemp(path.data()) == nullptr) return CannotMake(path);
  const pid_t guard = getpid();
  const pid_t worker = fork();
  if (worker > 0) Guard(worker, path, signals);
  if (worker < 0) {
    absl::Status failed = CannotMake(path);
    rmdir(path.c_str());
    return failed;
  }
  // Without its guard it would leave the folder behind. The second line is for one that is gone
  // already.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != guard) _exit(1);
  return path;
}

}  // namespace seatwise::cli
