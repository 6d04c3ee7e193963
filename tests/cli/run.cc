#include "tests/cli/run.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "base/check.h"

namespace seatwise::cli {
namespace {

struct Pipe {
  int read_end = -1;
  int write_end = -1;
};

Pipe MakePipe() {
  std::array<int, 2> ends = {};
  SEATWISE_CHECK(pipe2(ends.data(), O_CLOEXEC) == 0);
  return {.read_end = ends[0], .write_end = ends[1]};
}

// A terminal of a width. Its output is read from the read end.
Pipe MakeTerminal(int columns) {
  winsize size = {};
  size.ws_col = static_cast<unsigned short>(columns);
  size.ws_row = 24;
  Pipe terminal;
  SEATWISE_CHECK(openpty(&terminal.read_end, &terminal.write_end, nullptr, nullptr, &size) == 0);
  return terminal;
}

// What the child's stdout and stderr are connected to.
struct Streams {
  Pipe out;
  Pipe err;
};

Streams MakeStreams(const RunOptions& options) {
  if (options.terminal_columns > 0) {
    const Pipe terminal = MakeTerminal(options.terminal_columns);
    return {.out = terminal, .err = terminal};
  }
  Streams streams{.out = MakePipe(), .err = MakePipe()};
  if (!options.stdout_to.empty()) {
    close(streams.out.write_end);
    streams.out.write_end = open(options.stdout_to.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    SEATWISE_CHECK(streams.out.write_end >= 0) << options.stdout_to;
  }
  if (options.stdout_closed) {
    close(streams.out.read_end);
    streams.out.read_end = -1;
  }
  return streams;
}

// Becomes the program; only in the child.
[[noreturn]] void Become(const std::string& program, std::vector<std::string> arguments,
                         const RunOptions& options, const Streams& streams) {
  dup2(streams.out.write_end, STDOUT_FILENO);
  dup2(streams.err.write_end, STDERR_FILENO);
  if (options.most_file_bytes > 0) {
    const auto most = static_cast<rlim_t>(options.most_file_bytes);
    const rlimit limit = {most, most};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  if (!options.folder.empty() && chdir(options.folder.c_str()) != 0) _exit(126);
  std::vector<std::string> environment = {"PATH=/usr/bin:/bin"};
  for (const auto& [name, value] : options.environment) {
    environment.push_back(absl::StrCat(name, "=", value));
  }
  arguments.insert(arguments.begin(), "seatwise");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::vector<char*> envp;
  for (std::string& variable : environment) envp.push_back(variable.data());
  envp.push_back(nullptr);
  execve(program.c_str(), argv.data(), envp.data());
  _exit(127);
}

std::string ReadAll(int descriptor) {
  std::string all;
  if (descriptor < 0) return all;
  std::array<char, 4096> buffer;
  // A terminal whose other side is gone answers with an error.
  for (ssize_t n; (n = read(descriptor, buffer.data(), buffer.size())) > 0;) {
    all.append(buffer.data(), static_cast<size_t>(n));
  }
  close(descriptor);
  return all;
}

int ExitCodeOf(pid_t child) {
  int status = 0;
  SEATWISE_CHECK(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::string SeatwiseBinary() { return std::filesystem::absolute("cli/seatwise").string(); }

RunResult RunSeatwise(const std::vector<std::string>& arguments, const RunOptions& options) {
  const std::string program = options.program.empty() ? SeatwiseBinary() : options.program;
  SEATWISE_CHECK(std::filesystem::exists(program)) << program;
  const Streams streams = MakeStreams(options);
  const pid_t child = fork();
  SEATWISE_CHECK(child >= 0);
  if (child == 0) Become(program, arguments, options, streams);
  close(streams.out.write_end);
  if (options.terminal_columns > 0) {
    RunResult result;
    result.out = ReadAll(streams.out.read_end);
    result.exit_code = ExitCodeOf(child);
    return result;
  }
  close(streams.err.write_end);
  // The messages fit into a pipe: reading one stream after the other cannot block the program.
  RunResult result;
  result.out = ReadAll(streams.out.read_end);
  result.err = ReadAll(streams.err.read_end);
  result.exit_code = ExitCodeOf(child);
  return result;
}

}  // namespace seatwise::cli
