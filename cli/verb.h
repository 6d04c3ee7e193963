// One thing that the program can be told to do. Each verb has a file of its own and is listed once,
// in command_line.cc.
#pragma once

#include "cli/console.h"
#include "cli/exit_code.h"

namespace CLI {
class App;
}

namespace seatwise::cli {

// Declared once, then run at most once.
class Verb {
 public:
  virtual ~Verb() = default;

  // Adds the verb with its flags and its help to the command line, and answers it. The verb must
  // outlive `parent`'s parsing: the flags' values are stored in it.
  virtual CLI::App* Declare(CLI::App& parent) = 0;

  // Does it, with the flags as they were parsed. All complaints have been made when it returns.
  virtual ExitCode Run(Console& console) = 0;
};

}  // namespace seatwise::cli
