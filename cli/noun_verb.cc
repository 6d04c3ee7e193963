#include "cli/noun_verb.h"

#include <CLI/CLI.hpp>
#include <utility>

#include "absl/strings/str_cat.h"

namespace seatwise::cli {
namespace {

class NounVerb final : public Verb {
 public:
  NounVerb(std::string noun, std::string description, std::string examples,
           std::vector<std::unique_ptr<RemoteVerb>> words)
      : noun_(std::move(noun)),
        description_(std::move(description)),
        examples_(std::move(examples)),
        words_(std::move(words)) {}

  CLI::App* Declare(CLI::App& parent) override {
    CLI::App* app = parent.add_subcommand(noun_, description_);
    app->require_subcommand(1);
    app->footer(absl::StrCat("Examples:\n", examples_));
    for (const std::unique_ptr<RemoteVerb>& word : words_) word->Declare(*app);
    return app;
  }

  ExitCode Run(Console& console) override {
    for (const std::unique_ptr<RemoteVerb>& word : words_) {
      if (word->parsed()) return word->Run(console);
    }
    return ExitCode::kUsage;  // Not reached: a word is required.
  }

 private:
  const std::string noun_;
  const std::string description_;
  const std::string examples_;
  const std::vector<std::unique_ptr<RemoteVerb>> words_;
};

class PlainVerb final : public Verb {
 public:
  explicit PlainVerb(std::unique_ptr<RemoteVerb> word) : word_(std::move(word)) {}

  CLI::App* Declare(CLI::App& parent) override { return word_->Declare(parent); }
  ExitCode Run(Console& console) override { return word_->Run(console); }

 private:
  const std::unique_ptr<RemoteVerb> word_;
};

}  // namespace

std::unique_ptr<Verb> MakeNounVerb(std::string noun, std::string description, std::string examples,
                                   std::vector<std::unique_ptr<RemoteVerb>> words) {
  return std::make_unique<NounVerb>(std::move(noun), std::move(description), std::move(examples),
                                    std::move(words));
}

std::unique_ptr<Verb> MakePlainVerb(std::unique_ptr<RemoteVerb> word) {
  return std::make_unique<PlainVerb>(std::move(word));
}

}  // namespace seatwise::cli
