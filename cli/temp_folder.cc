#include "cli/temp_folder.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace seatwise::cli {
namespace {

void Remove(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

}  // namespace

// A thread that waits for the signals; all others have them blocked. So what is done about one need
// not be safe inside of a signal handler.
class TempFolder::SignalGuard {
 public:
  explicit SignalGuard(std::string path) : path_(std::move(path)) {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    thread_ = std::thread([this] { Watch(); });
  }
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;
  ~SignalGuard() {
    done_ = true;
    thread_.join();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  void Watch() {
    constexpr timespec kPause = {.tv_sec = 0, .tv_nsec = 10'000'000};
    while (!done_) {
      const int signal = sigtimedwait(&signals_, nullptr, &kPause);
      if (signal < 0) continue;
      Remove(path_);
      // The caller shall see that a signal ended it.
      std::signal(signal, SIG_DFL);
      pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
      std::raise(signal);
    }
  }

  const std::string path_;
  sigset_t signals_ = {};
  sigset_t before_ = {};
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

absl::StatusOr<TempFolder> TempFolder::Make() {
  const char* parent = std::getenv("TMPDIR");
  std::string path =
      absl::StrCat(parent == nullptr || *parent == '\0' ? "/tmp" : parent, "/seatwise-XXXXXX");
  if (mkdtemp(path.data()) == nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat("cannot make a temporary folder '", path, "': ", std::strerror(errno),
                     "; set TMPDIR to a folder that can be written to"));
  }
  return TempFolder(std::move(path));
}

TempFolder::TempFolder(std::string path)
    : path_(std::move(path)), guard_(std::make_unique<SignalGuard>(path_)) {}

TempFolder::TempFolder(TempFolder&& other) noexcept
    : path_(std::exchange(other.path_, "")), guard_(std::move(other.guard_)) {}

TempFolder::~TempFolder() {
  guard_.reset();
  if (!path_.empty()) Remove(path_);
}

}  // namespace seatwise::cli
