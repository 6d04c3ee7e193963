// What shells complete, and man pages: as the program itself has its verbs and flags.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSupersetOf;

class ShellTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TestFolder();
    folder_->Write("in/list.csv", "user_id\n");
    for (const char* shell : {"bash", "zsh", "fish"}) {
      folder_->Write(shell, RunSeatwise({"completion", shell}).out);
    }
  }
  static void TearDownTestSuite() { delete folder_; }

  // What a script of `shell` prints, line by line; nothing if there is no such shell.
  std::vector<std::string> Lines(const std::string& shell, const std::string& script) {
    if (std::system(absl::StrCat("command -v ", shell, " >/dev/null").c_str()) != 0) return {};
    folder_->Write("script", script);
    const std::string command =
        absl::StrCat("cd ", folder_->Path(), " && HOME=. ", shell, " script >out 2>err </dev/null");
    EXPECT_EQ(std::system(command.c_str()), 0) << script << ReadFile(folder_->Path("err"));
    return absl::StrSplit(ReadFile(folder_->Path("out")), '\n', absl::SkipEmpty());
  }

  // What bash offers for the last of these words.
  std::vector<std::string> InBash(const std::string& words) {
    return Lines("bash", absl::StrCat("source ./bash\nCOMP_WORDS=(", words,
                                      ")\nCOMP_CWORD=$((${#COMP_WORDS[@]}-1))\n_seatwise\n"
                                      "((${#COMPREPLY[@]})) && printf '%s\\n' \"${COMPREPLY[@]}\"\n"
                                      "true\n"));
  }

  static TestFolder* folder_;
};

TestFolder* ShellTest::folder_ = nullptr;

// The words of a help's section, by their first column.
std::vector<std::string> Section(const std::string& help, const std::string& title) {
  std::vector<std::string> words;
  const std::vector<std::string> parts = absl::StrSplit(help, absl::StrCat("\n", title, ":\n"));
  if (parts.size() < 2) return words;
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(parts[1], '\n'))) {
    if (line.empty()) break;
    const std::vector<std::string> cells = absl::StrSplit(line, ' ', absl::SkipEmpty());
    if (!cells.empty() && line[2] != ' ') words.push_back(cells.front());
  }
  return words;
}

TEST_F(ShellTest, EveryVerbAndFlagOfTheHelpIsOffered) {
  const std::vector<std::string> verbs = Section(RunSeatwise({"--help"}).out, "Verbs");
  ASSERT_GT(verbs.size(), 20u);
  EXPECT_EQ(InBash("seatwise ''"), verbs);
  for (const char* verb : {"explain", "plan", "user list"}) {
    std::vector<std::string> arguments = absl::StrSplit(verb, ' ');
    arguments.push_back("--help");
    const std::vector<std::string> flags = Section(RunSeatwise(arguments).out, "Flags");
    ASSERT_GT(flags.size(), 3u);
    std::vector<std::string> names;
    for (const std::string& flag : flags) {
      for (const std::string& name : std::vector<std::string>(absl::StrSplit(flag, ','))) {
        names.push_back(name);
      }
    }
    EXPECT_THAT(InBash(absl::StrCat("seatwise ", verb, " -")), IsSupersetOf(names)) << verb;
  }
}

TEST_F(ShellTest, BashOffersWhatFits) {
  EXPECT_THAT(InBash("seatwise --server x:1 us"), ElementsAre("user"));
  EXPECT_THAT(InBash("seatwise user up"), ElementsAre("update"));
  EXPECT_THAT(InBash("seatwise user list -o ''"), ElementsAre("table", "json", "csv"));
  EXPECT_THAT(InBash("seatwise seats --output = j"), ElementsAre("json"));
  EXPECT_THAT(InBash("seatwise seats --output ="), ElementsAre("table", "json", "csv"));
  EXPECT_THAT(InBash("seatwise import in/"), testing::IsEmpty());
  EXPECT_THAT(InBash("seatwise import i"), ElementsAre("in"));
  EXPECT_THAT(InBash("seatwise assign e3 --users in/"), ElementsAre("in/list.csv"));
  EXPECT_THAT(InBash("seatwise completion ''"), ElementsAre("bash", "zsh", "fish"));
  EXPECT_THAT(InBash("seatwise violations --tenant v"), testing::IsEmpty());
}

TEST_F(ShellTest, FishOffersWhatFits) {
  const auto in_fish = [&](const std::string& line) {
    return Lines("fish", absl::StrCat("source ./fish; complete -C '", line, "' | cut -f1\n"));
  };
  if (in_fish("seatwise ").empty()) GTEST_SKIP() << "there is no fish";
  EXPECT_THAT(in_fish("seatwise us"), ElementsAre("user"));
  EXPECT_THAT(in_fish("seatwise user up"), ElementsAre("update"));
  EXPECT_THAT(in_fish("seatwise seats --output "), ElementsAre("csv", "json", "table"));
  EXPECT_THAT(in_fish("seatwise seats --sho"), ElementsAre("--short"));
  EXPECT_THAT(in_fish("seatwise import i"), ElementsAre("in/"));
}

TEST_F(ShellTest, ZshOffersWhatFits) {
  const auto in_zsh = [&](const std::string& line) {
    return Lines("zsh", absl::StrCat("source ./zsh\ncompadd() { shift; print -l -- $@ }\n"
                                     "_files() { print -- files }\ncompset() { : }\nwords=(",
                                     line, ")\nCURRENT=$#words\n_seatwise\n"));
  };
  if (in_zsh("seatwise ''").empty()) GTEST_SKIP() << "there is no zsh";
  EXPECT_THAT(in_zsh("seatwise user ''"), testing::Contains("update"));
  EXPECT_THAT(in_zsh("seatwise seats --output ''"), ElementsAre("table", "json", "csv"));
  EXPECT_THAT(in_zsh("seatwise seats --output=j"), ElementsAre("table", "json", "csv"));
  EXPECT_THAT(in_zsh("seatwise import ''"), testing::Contains("files"));
}

TEST_F(ShellTest, EveryVerbHasAManPageWithoutAWarning) {
  EXPECT_EQ(RunSeatwise({"help", "--man-pages", folder_->Path("man")}).exit_code, 0);
  std::vector<std::string> pages = {"seatwise.1"};
  for (const std::string& verb : Section(RunSeatwise({"--help"}).out, "Verbs")) {
    pages.push_back(absl::StrCat("seatwise-", verb, ".1"));
  }
  EXPECT_THAT(folder_->List("man"), testing::UnorderedElementsAreArray(pages));
  const std::string user = ReadFile(folder_->Path("man/seatwise-user.1"));
  EXPECT_THAT(user, HasSubstr("\n.SH SEATWISE USER UPDATE\n"));
  EXPECT_THAT(user, HasSubstr("\n\\fB\\-\\-location\\fR \\fICC\\fR\n"));
  EXPECT_EQ(RunSeatwise({"help", "user", "update", "--man"}).out, user);
  if (std::system("command -v groff >/dev/null") != 0) GTEST_SKIP() << "there is no groff";
  // The program behind man, with all of its warnings.
  const std::string command = absl::StrCat("groff -man -Tutf8 -ww -z ", folder_->Path("man"),
                                           "/*.1 2>", folder_->Path("warnings"));
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(ReadFile(folder_->Path("warnings")), "");
}

TEST_F(ShellTest, HelpOfAVerbIsWhatItsFlagSays) {
  EXPECT_EQ(RunSeatwise({"help", "user", "list"}).out, RunSeatwise({"user", "list", "--help"}).out);
  EXPECT_EQ(RunSeatwise({"help"}).out, RunSeatwise({"--help"}).out);
  const RunResult wrong = RunSeatwise({"help", "user", "lits"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_EQ(wrong.err, "seatwise: there is no verb 'user lits'; see: seatwise --help\n");
}

}  // namespace
}  // namespace seatwise::cli
