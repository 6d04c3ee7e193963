#include "cli/command_tree.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace seatwise::cli {
namespace {

// CLI11 keeps what a value may be to itself, but says it when it refuses one: "x not in {a,b}".
std::vector<std::string> ChoicesOf(CLI::Option& option) {
  const std::string before = " not in {";
  try {
    for (int i = 0;; ++i) {
      std::string nothing_such = "\x1f";
      const std::string refusal = (*option.get_validator(i))(nothing_such);
      const size_t at = refusal.find(before);
      const size_t end = refusal.rfind('}');
      if (at == std::string::npos || end == std::string::npos) continue;
      const size_t begin = at + before.size();
      return absl::StrSplit(refusal.substr(begin, end - begin), ',');
    }
  } catch (const CLI::OptionNotFound&) {
    return {};  // No more of them.
  }
}

CommandArgument ArgumentOf(CLI::Option& option) {
  CommandArgument argument;
  for (const std::string& name : option.get_lnames()) argument.names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) argument.names.push_back("-" + name);
  const bool by_place = argument.names.empty();
  if (by_place) argument.names.push_back(option.get_name(true));
  if (by_place || option.get_items_expected_max() > 0) {
    argument.value =
        option.get_type_name().empty() ? argument.names.front() : option.get_type_name();
  }
  argument.choices = ChoicesOf(option);
  argument.help = option.get_description();
  argument.fallback = option.get_default_str();
  argument.required = option.get_required();
  argument.many = option.get_items_expected_max() > 1 ||
                  option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
  return argument;
}

Command Describe(CLI::App& app, std::vector<std::string> path) {
  Command command;
  path.push_back(app.get_name());
  command.path = std::move(path);
  command.description = app.get_description();
  for (CLI::Option* option : app.get_options({})) {
    (option->nonpositional() ? command.flags : command.arguments).push_back(ArgumentOf(*option));
  }
  command.footer = app.get_footer();
  for (CLI::App* verb : app.get_subcommands({})) {
    command.verbs.push_back(Describe(*verb, command.path));
  }
  return command;
}

}  // namespace

std::string Command::name() const { return absl::StrJoin(path, " "); }

Command DescribeCommand(CLI::App& app) { return Describe(app, {}); }

}  // namespace seatwise::cli
