#include "cli/completion.h"

#include <CLI/CLI.hpp>
#include <string>

#include "cli/command_tree.h"
#include "cli/completion_script.h"

namespace seatwise::cli {
namespace {

class CompletionVerb final : public Verb {
 public:
  CLI::App* Declare(CLI::App& parent) override {
    program_ = &parent;
    CLI::App* verb = parent.add_subcommand("completion", "Write a script that completes commands");
    verb->add_option("SHELL", shell_, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""))
        ->type_name("");
    verb->footer(
        "For one session: source <(seatwise completion bash)\n"
        "\n"
        "Examples:\n"
        "  seatwise completion bash > ~/.local/share/bash-completion/completions/seatwise\n"
        "  seatwise completion fish > ~/.config/fish/completions/seatwise.fish");
    return verb;
  }

  ExitCode Run(Console& console) override {
    const Command program = DescribeCommand(*program_);
    if (shell_ == "bash") return console.Print(BashCompletion(program));
    return console.Print(shell_ == "zsh" ? ZshCompletion(program) : FishCompletion(program));
  }

 private:
  CLI::App* program_ = nullptr;
  std::string shell_;
};

}  // namespace

std::unique_ptr<Verb> MakeCompletionVerb() { return std::make_unique<CompletionVerb>(); }

}  // namespace seatwise::cli
