// Runs the program as a user would. Test only; Linux only.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace seatwise::cli {

// How the program is run.
struct RunOptions {
  std::string folder = {};                              // The current folder; ours if empty.
  std::map<std::string, std::string> environment = {};  // Beside PATH; nothing else is passed on.
  std::string program = {};    // Another copy of the binary; the one that was built if empty.
  std::string stdout_to = {};  // A file that takes stdout; collected if empty.
  bool stdout_closed = false;  // Nobody reads stdout.
  int terminal_columns = 0;    // Above 0: stdout and stderr are a terminal of this width.
  long most_file_bytes = 0;    // Above 0: no file may grow larger.
};

// What it answered.
struct RunResult {
  int exit_code = -1;  // 128 + n if signal n ended it.
  std::string out;     // On a terminal, stdout and stderr together.
  std::string err;
};

// Dies if the program cannot be started.
RunResult RunSeatwise(const std::vector<std::string>& arguments, const RunOptions& options = {});

// The binary that was built, as an absolute path.
std::string SeatwiseBinary();

}  // namespace seatwise::cli
