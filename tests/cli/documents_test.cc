// What the documents say that the program prints, it prints. A block that starts with ```console
// holds commands, each on a line that starts with "$ ", and below each its output. There, "..." on
// a line of its own stands for any lines, and figures that depend on the machine are not compared.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using Lines = std::vector<std::string>;

struct Command {
  std::string line;
  Lines output;
};

std::vector<Command> CommandsOf(const std::string& document) {
  std::vector<Command> commands;
  bool inside = false;
  for (const std::string& line : Lines(absl::StrSplit(document, '\n'))) {
    if (absl::StartsWith(line, "```")) {
      inside = line == "```console";
    } else if (inside && absl::StartsWith(line, "$ ")) {
      commands.push_back({.line = line.substr(2), .output = {}});
    } else if (inside && !commands.empty()) {
      commands.back().output.push_back(line);
    }
  }
  return commands;
}

// Seconds, bytes and the number of threads of this machine.
std::string WithoutFigures(std::string text) {
  text = std::regex_replace(text, std::regex("[0-9]+ ms"), "N ms");
  text =
      std::regex_replace(text, std::regex("(read|derive|write) +[0-9.]+ +[0-9.]+ [KMG]iB"), "$1 N");
  text = std::regex_replace(text, std::regex("(\"(read|derive|write|peak_rss_bytes)\": )[-0-9.e]+"),
                            "$1N");
  return std::regex_replace(text, std::regex("(\"threads\": |\\(default: )[0-9]+"), "$1N");
}

// Whether `text` equals the lines, of which "..." stands for any.
bool Equals(const std::string& text, const Lines& expected) {
  const Lines lines = absl::StrSplit(text, '\n');
  std::vector<bool> reached(lines.size() + 1);  // After n lines of the text.
  reached[0] = true;
  for (const std::string& line : expected) {
    std::vector<bool> next(lines.size() + 1);
    bool any = false;
    for (size_t n = 0; n <= lines.size(); ++n) {
      any = any || reached[n];
      if (line == "...") next[n] = any;
      if (line != "..." && n > 0) next[n] = reached[n - 1] && lines[n - 1] == line;
    }
    reached = next;
  }
  return reached[lines.size()];
}

// A folder like a clone of the repository in which the program has been built.
class Clone {
 public:
  Clone() {
    folder_.CopyContoso("examples/contoso");
    folder_.Write("bazelw",
                  absl::StrCat("#!/bin/bash\n"
                               "[ \"${*:1:5}\" = 'run -c opt //cli:seatwise --' ] || exit 9\n"
                               "export BUILD_WORKSPACE_DIRECTORY=$PWD\n"
                               "exec ",
                               SeatwiseBinary(), " \"${@:6}\"\n"));
    folder_.Write("bin/seatwise",
                  absl::StrCat("#!/bin/bash\nexec -a seatwise ", SeatwiseBinary(), " \"$@\"\n"));
    for (const char* script : {"bazelw", "bin/seatwise"}) {
      std::filesystem::permissions(folder_.Path(script), std::filesystem::perms::owner_all);
    }
  }

  // stdout and stderr of a shell command in it.
  std::string Run(const std::string& command) const {
    folder_.Write("command.sh", absl::StrCat("cd ", folder_.Path(), "\nexport PATH=",
                                             folder_.Path("bin"), ":$PATH\nexec 2>&1\n", command));
    std::string output;
    FILE* pipe = popen(absl::StrCat("bash ", folder_.Path("command.sh")).c_str(), "r");
    char buffer[4096];
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, n);
    pclose(pipe);
    return output;
  }

 private:
  TestFolder folder_;
};

class DocumentsTest : public testing::TestWithParam<const char*> {};

TEST_P(DocumentsTest, EveryCommandPrintsWhatTheDocumentSays) {
  const Clone clone;
  const std::vector<Command> commands = CommandsOf(ReadFile(GetParam()));
  EXPECT_FALSE(commands.empty());
  for (const Command& command : commands) {
    std::string printed = WithoutFigures(clone.Run(command.line));
    if (absl::EndsWith(printed, "\n")) printed.pop_back();
    const std::string expected = WithoutFigures(absl::StrJoin(command.output, "\n"));
    EXPECT_TRUE(Equals(printed, absl::StrSplit(expected, '\n')))
        << "$ " << command.line << "\n"
        << printed << "\nis not what the document says:\n"
        << expected;
  }
}

INSTANTIATE_TEST_SUITE_P(All, DocumentsTest,
                         testing::Values("README.md", "docs/cli.md", "docs/planning.md",
                                         "docs/reports.md", "examples/contoso/README.md"));

TEST(JsonTest, EveryKeyOfTheJsonSummaryIsDocumented) {
  const std::string document = ReadFile("docs/cli.md");
  const std::string json =
      RunSeatwise({"reconcile", "--from", "examples/contoso", "-o", "json"}).out;
  const std::regex key("\"([a-z_]+)\": ");
  for (std::sregex_iterator it(json.begin(), json.end(), key), end; it != end; ++it) {
    EXPECT_THAT(document, testing::HasSubstr(absl::StrCat("`", (*it)[1].str(), "`")));
  }
}

}  // namespace
}  // namespace seatwise::cli
