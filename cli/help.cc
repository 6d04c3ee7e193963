#include "cli/help.h"

#include <CLI/CLI.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace seatwise::cli {
namespace {

class HelpFormatter final : public CLI::Formatter {
 public:
  HelpFormatter() { column_width(24); }

  std::string make_usage(const CLI::App* app, std::string name) const override {
    std::string usage = absl::StrCat("\nUsage: ", name);
    for (const CLI::Option* option : app->get_options()) {
      if (!option->get_required()) continue;
      absl::StrAppend(&usage, " ", option->get_name(), make_option_opts(option));
    }
    if (!app->get_subcommands({}).empty()) absl::StrAppend(&usage, " VERB");
    return absl::StrCat(usage, " [FLAGS]\n");
  }

  std::string make_group(std::string, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    std::string text = is_positional ? "\nArguments:\n" : "\nFlags:\n";
    for (const CLI::Option* option : options) text += make_option(option, is_positional);
    return text;
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    return option->get_type_name().empty() ? "" : absl::StrCat(" ", option->get_type_name());
  }

  std::string make_option_desc(const CLI::Option* option) const override {
    const std::string& fallback = option->get_default_str();
    const std::string note = option->get_required() ? " (required)"
                             : fallback.empty()     ? ""
                                                    : absl::StrCat(" (default: ", fallback, ")");
    return option->get_description() + note;
  }

  // A verb whose second word can only be one is listed with both.
  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode) const override {
    std::string text;
    for (const CLI::App* verb : app->get_subcommands({})) {
      const std::vector<const CLI::App*> inner = verb->get_subcommands({});
      const CLI::App* shown = inner.size() == 1 ? inner.front() : verb;
      text += Line(
          shown == verb ? verb->get_name() : absl::StrCat(verb->get_name(), " ", shown->get_name()),
          shown->get_description());
    }
    return text.empty() ? "" : absl::StrCat("\nVerbs:\n", text);
  }

 private:
  std::string Line(const std::string& left, const std::string& right) const {
    std::ostringstream line;
    CLI::detail::format_help(line, left, right, get_column_width());
    return line.str();
  }
};

}  // namespace

std::shared_ptr<CLI::FormatterBase> MakeHelpFormatter() {
  return std::make_shared<HelpFormatter>();
}

}  // namespace seatwise::cli
