#include "tests/cli/server_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "base/check.h"

namespace seatwise::cli {
namespace {

// The number behind a key of the log line that says "serving".
int NumberIn(const std::string& log, const std::string& key) {
  const size_t line = log.find("\"message\":\"serving\"");
  const size_t at = log.find(absl::StrCat("\"", key, "\":"), line);
  SEATWISE_CHECK(line != std::string::npos && at != std::string::npos) << log;
  return std::atoi(log.c_str() + at + key.size() + 3);
}

}  // namespace

std::string SeatwisedBinary() { return std::filesystem::absolute("service/seatwised").string(); }

ServerProcess::ServerProcess(const std::string& data, const std::vector<std::string>& flags) {
  std::vector<std::string> arguments = {SeatwisedBinary(), "--data", data, "--listen=127.0.0.1:0",
                                        "--http-listen=127.0.0.1:0"};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::array<int, 2> ends = {};
  SEATWISE_CHECK(pipe2(ends.data(), O_CLOEXEC) == 0);
  pid_ = fork();
  SEATWISE_CHECK(pid_ >= 0);
  if (pid_ == 0) {
    dup2(ends[1], STDERR_FILENO);
    execv(argv.front(), argv.data());
    _exit(127);
  }
  close(ends[1]);
  log_descriptor_ = ends[0];
  SEATWISE_CHECK(ReadLogUntil("\"message\":\"serving\"")) << log_;
  port_ = NumberIn(log_, "port");
  http_port_ = NumberIn(log_, "http_port");
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) Stop(SIGKILL);
}

std::string ServerProcess::address() const { return absl::StrCat("127.0.0.1:", port_); }

bool ServerProcess::ReadLogUntil(const std::string& text) {
  std::array<char, 4096> buffer;
  while (text.empty() || log_.find(text) == std::string::npos || log_.back() != '\n') {
    const ssize_t n = read(log_descriptor_, buffer.data(), buffer.size());
    if (n <= 0) return false;
    log_.append(buffer.data(), static_cast<size_t>(n));
  }
  return true;
}

int ServerProcess::Stop(int signal) {
  kill(pid_, signal);
  ReadLogUntil("");
  close(log_descriptor_);
  int status = 0;
  SEATWISE_CHECK(waitpid(pid_, &status, 0) == pid_);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string ServerProcess::Get(const std::string& path) const {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(http_port_));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  SEATWISE_CHECK(connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  const std::string request = absl::StrCat("GET ", path, " HTTP/1.0\r\n\r\n");
  SEATWISE_CHECK(send(descriptor, request.data(), request.size(), MSG_NOSIGNAL) ==
                 static_cast<ssize_t>(request.size()));
  std::string answer;
  std::array<char, 4096> buffer;
  for (ssize_t n; (n = recv(descriptor, buffer.data(), buffer.size(), 0)) > 0;) {
    answer.append(buffer.data(), static_cast<size_t>(n));
  }
  close(descriptor);
  return answer;
}

}  // namespace seatwise::cli
