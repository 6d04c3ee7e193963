// The program `seatwised`: parses, serves until it is told to stop, drains.
#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/lock_checks.h"
#include "service/log.h"
#include "service/options.h"
#include "service/server.h"

namespace seatwise {
namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

// SIGTERM and SIGINT, to be waited for: blocked in this thread and in all that it starts.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }

  // Blocks until one comes; answers its name. The next one ends the process at once.
  std::string Await() {
    int signal = 0;
    sigwait(&set_, &signal);
    pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
    return signal == SIGINT ? "SIGINT" : "SIGTERM";
  }

 private:
  sigset_t set_ = {};
};

int Complain(const std::string& what, int code) {
  std::fputs(absl::StrCat("seatwised: ", what, "\n").c_str(), stderr);
  return code;
}

int Main(int argc, const char* const* argv) {
  SkipLockChecks();
  StopSignals signals;
  const auto parsed = ParseServerOptions(argc, argv);
  if (!parsed.ok()) {
    return Complain(
        absl::StrCat(std::string(parsed.status().message()), "\nTry 'seatwised --help'."), kUsage);
  }
  if (const auto* answer = std::get_if<TextAnswer>(&*parsed)) {
    return std::fputs(answer->text.c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? kFailed : 0;
  }
  absl::StatusOr<std::unique_ptr<Server>> server =
      Server::Start(std::get<ServerOptions>(*parsed), StderrSink());
  if (!server.ok()) return Complain(std::string(server.status().message()), kFailed);
  (*server)->Stop(signals.Await());
  return 0;
}

}  // namespace
}  // namespace seatwise

int main(int argc, char** argv) { return seatwise::Main(argc, argv); }
