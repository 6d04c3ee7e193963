#include "cli/help_verb.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/version.h"
#include "cli/command_tree.h"
#include "cli/man_page.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

// Its verb with this name; null if it has none.
CLI::App* VerbOf(CLI::App& app, const std::string& name) {
  for (CLI::App* verb : app.get_subcommands({})) {
    if (verb->get_name() == name) return verb;
  }
  return nullptr;
}

class HelpVerb final : public Verb {
 public:
  CLI::App* Declare(CLI::App& parent) override {
    program_ = &parent;
    CLI::App* verb = parent.add_subcommand("help", "Show the help of a verb, or write man pages");
    verb->add_option("VERB", words_, "Of which verb; without, of the program")->type_name("");
    verb->add_flag("--man", man_, "As a man page: seatwise help seats --man | man -l -");
    verb->add_option("--man-pages", folder_, "Write the pages of all verbs to this folder")
        ->type_name("DIR");
    verb->footer(
        "Examples:\n"
        "  seatwise help explain\n"
        "  seatwise help --man-pages ~/.local/share/man/man1");
    return verb;
  }

  ExitCode Run(Console& console) override {
    if (!folder_.empty()) return WritePages(console);
    CLI::App* app = program_;
    for (const std::string& word : words_) {
      CLI::App* inner = VerbOf(*app, word);
      if (inner == nullptr) {
        return console.Fail(
            absl::StrCat("there is no verb '", Printable(absl::StrJoin(words_, " ")),
                         "'; see: seatwise --help"),
            ExitCode::kUsage);
      }
      app = inner;
    }
    if (!man_) return console.Print(HelpOf(*app));
    // A second word is on the page of its verb.
    CLI::App* verb = words_.empty() ? program_ : VerbOf(*program_, words_[0]);
    return console.Print(ManPage(Find(*verb), kVersion));
  }

 private:
  // App::help would be that of the verb that is running: this one.
  std::string HelpOf(const CLI::App& app) const {
    const std::string name =
        absl::StrCat(program_->get_name(), words_.empty() ? "" : " ", absl::StrJoin(words_, " "));
    return app.get_formatter()->make_help(&app, name, CLI::AppFormatMode::Normal);
  }

  // As it stands in the program.
  Command Find(const CLI::App& app) const {
    Command program = DescribeCommand(*program_);
    for (Command& verb : program.verbs) {
      if (verb.path.back() == app.get_name()) return verb;
    }
    return program;
  }

  ExitCode WritePages(Console& console) const {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    const Command program = DescribeCommand(*program_);
    std::vector<const Command*> commands = {&program};
    for (const Command& verb : program.verbs) commands.push_back(&verb);
    for (const Command* command : commands) {
      const std::string path = absl::StrCat(folder_, "/", ManPageName(*command), ".1");
      std::ofstream file(path, std::ios::binary | std::ios::trunc);
      file << ManPage(*command, kVersion);
      file.close();
      if (file.fail()) {
        return console.Fail(absl::StrCat("'", Printable(path), "' cannot be written"));
      }
    }
    return console.Print(absl::StrCat(Counted(static_cast<int64_t>(commands.size()), "page"),
                                      " written to ", Printable(folder_), "\n"));
  }

  CLI::App* program_ = nullptr;
  std::vector<std::string> words_;
  bool man_ = false;
  std::string folder_;
};

}  // namespace

std::unique_ptr<Verb> MakeHelpVerb() { return std::make_unique<HelpVerb>(); }

}  // namespace seatwise::cli
