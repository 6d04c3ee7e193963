// The command line as data: all verbs, what they take, and what is said of it. What shells complete
// and what man pages say is made from this, so it cannot say anything else than the program does.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace seatwise::cli {

// A flag, or an argument by its place.
struct CommandArgument {
  std::vector<std::string> names;    // "--output", "-o"; of an argument by its place, "DIR".
  std::string value;                 // What stands for its value: "FORM"; empty: it takes none.
  std::vector<std::string> choices;  // All that the value may be; empty: anything.
  std::string help;
  std::string fallback;  // The value if there is none; may be empty.
  bool required = false;
  bool many = false;  // May be repeated.
};

// The program, a verb, or a verb's second word.
struct Command {
  std::vector<std::string> path;  // "seatwise", "user", "list".
  std::string description;
  std::vector<CommandArgument> arguments;  // By place.
  std::vector<CommandArgument> flags;
  std::vector<Command> verbs;
  std::string footer;  // Examples and more, in paragraphs.

  // "seatwise user list".
  std::string name() const;
};

// All of `app`, which stays as it is.
Command DescribeCommand(CLI::App& app);

// Calls visit(command) for it and all that is below it, it first.
template <typename Visit>
void ForEachCommand(const Command& command, const Visit& visit) {
  visit(command);
  for (const Command& verb : command.verbs) ForEachCommand(verb, visit);
}

}  // namespace seatwise::cli
