// A `seatwised` of its own, as an operator would run it. Test only; Linux only.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace seatwise::cli {

// The binary that was built, as an absolute path.
std::string SeatwisedBinary();

// Runs from construction to destruction, on free loopback ports.
class ServerProcess {
 public:
  // With more flags, if need be. Waits until it serves. Dies if it does not.
  explicit ServerProcess(const std::string& data, const std::vector<std::string>& flags = {});
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  // Kills it, unless it was stopped.
  ~ServerProcess();

  // 127.0.0.1 with the port for gRPC.
  std::string address() const;
  // What GET answers on the port for metrics and health, with its head.
  std::string Get(const std::string& path) const;

  // Sends the signal and waits; answers the exit code, or 128 + the signal that ended it.
  int Stop(int signal);
  // All of its log so far; after Stop, all of it.
  const std::string& log() const { return log_; }

 private:
  // Reads the log until it has `text`; false at its end.
  bool ReadLogUntil(const std::string& text);

  pid_t pid_ = -1;
  int log_descriptor_ = -1;
  std::string log_;
  int port_ = 0;
  int http_port_ = 0;
};

}  // namespace seatwise::cli
