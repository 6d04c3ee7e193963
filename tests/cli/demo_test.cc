// `seatwise demo`: what it shows, and that what it suggests is true.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <regex>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/text.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

// What a run shows, without how long it took.
std::string Shown(const RunResult& result) {
  return std::regex_replace(result.out, std::regex("[0-9]+ ms"), "N ms");
}

TEST(DemoTest, ShowsTheSameEachTime) {
  const RunResult result = RunSeatwise({"demo"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, IsEmpty());
  EXPECT_EQ(Shown(result), ReadFile("tests/cli/demo.golden"))
      << "If that is how it should be: cli/seatwise demo | sed 's/[0-9]* ms/N ms/'";
}

TEST(DemoTest, LeavesNothingBehind) {
  const TestFolder folder;
  RunOptions options;
  options.environment = {{"TMPDIR", folder.Path()}};
  options.folder = folder.Path();
  EXPECT_EQ(RunSeatwise({"demo"}, options).exit_code, 0);
  EXPECT_THAT(folder.List(), IsEmpty());
}

// At any time: while the folder is made, the facts are written, the database is open.
TEST(DemoTest, ASignalLeavesNothingBehind) {
  const TestFolder folder;
  for (const char* signal : {"INT", "TERM", "HUP"}) {
    for (int milliseconds = 0; milliseconds < 300; milliseconds += 15) {
      const std::string command =
          absl::StrCat("TMPDIR=", folder.Path(), " timeout --foreground -s ", signal, " ",
                       (milliseconds + 1) * 0.001, " ", SeatwiseBinary(), " demo >",
                       folder.Path("out"), " 2>&1");
      static_cast<void>(std::system(command.c_str()));
      ASSERT_THAT(folder.List(), ElementsAre("out"))
          << signal << " after " << milliseconds << " ms";
    }
  }
}

TEST(DemoTest, ASignalIsWhatEndedIt) {
  const TestFolder folder;
  const std::string command =
      absl::StrCat("TMPDIR=", folder.Path(), " ", SeatwiseBinary(), " demo >", folder.Path("out"),
                   " & pid=$!; while ! ls -d ", folder.Path(),
                   "/seatwise-* >&2; do sleep 0.001; done 2>/dev/null; kill -TERM $pid; wait $pid");
  const int status = std::system(absl::StrCat("bash -c '", command, "'").c_str());
  EXPECT_EQ(WEXITSTATUS(status), 128 + SIGTERM);
  EXPECT_THAT(ReadFile(folder.Path("out")), IsEmpty());
}

TEST(DemoTest, NeedsNothingButTheBinary) {
  const TestFolder folder;
  fs::copy_file(SeatwiseBinary(), folder.Path("copied"));
  RunOptions options;
  options.program = folder.Path("copied");
  options.folder = "/";
  options.environment = {{"TMPDIR", folder.Path()}};
  // What it is linked with lies beside the original in an unoptimized build.
  options.environment["LD_LIBRARY_PATH"] = fs::path(fs::canonical(SeatwiseBinary())).parent_path();
  EXPECT_EQ(Shown(RunSeatwise({"demo"}, options)), ReadFile("tests/cli/demo.golden"));
}

TEST(DemoTest, FitsTheTerminal) {
  for (const int columns : {80, 100, 240}) {
    RunOptions terminal;
    terminal.terminal_columns = columns;
    const std::string out = RunSeatwise({"demo"}, terminal).out;
    EXPECT_THAT(out, HasSubstr("\x1b[1m"));
    for (const std::string& line : std::vector<std::string>(absl::StrSplit(out, "\r\n"))) {
      EXPECT_LE(DisplayWidth(line), static_cast<size_t>(columns)) << line;
      EXPECT_LE(DisplayWidth(line), 100u) << line;
    }
  }
}

// The example as `demo --keep` leaves it, to change facts in.
class DemoKeptTest : public testing::Test {
 protected:
  DemoKeptTest() {
    RunOptions options;
    options.folder = folder_.Path();
    kept_ = RunSeatwise({"demo", "--keep", "contoso"}, options);
  }

  std::string Reconcile() const {
    return RunSeatwise({"reconcile", "--from", folder_.Path("contoso/facts"), "--out",
                        folder_.Path("contoso/answers")})
        .out;
  }

  TestFolder folder_;
  RunResult kept_;
};

TEST_F(DemoKeptTest, FactsAndAnswersAreThere) {
  EXPECT_EQ(kept_.exit_code, 0);
  EXPECT_THAT(kept_.out,
              HasSubstr("The facts are in contoso/facts, the answers in contoso/answers,\n"
                        "  the database in contoso/db.\n"));
  EXPECT_THAT(folder_.List("contoso"), ElementsAre("answers", "db", "facts"));
  for (const std::string& file : folder_.List("contoso/facts")) {
    EXPECT_EQ(ReadFile(folder_.Path("contoso/facts/" + file)),
              ReadFile("examples/contoso/" + file));
  }
  const std::string licenses = ReadFile(folder_.Path("contoso/answers/licenses.csv"));
  Reconcile();
  EXPECT_EQ(ReadFile(folder_.Path("contoso/answers/licenses.csv")), licenses);
}

TEST_F(DemoKeptTest, AFolderThatIsInUseIsRefused) {
  const RunResult again = RunSeatwise({"demo", "--keep", folder_.Path("contoso")});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.err, HasSubstr("is not empty; name a new folder for the example"));
}

TEST_F(DemoKeptTest, SkusThatStandForThemselvesDoNotFallTogether) {
  EXPECT_THAT(Reconcile(), HasSubstr("Other\n"));
  folder_.Edit("contoso/facts/tenant.json", "GROUP_ATOMIC", "SKU_INDEPENDENT");
  EXPECT_THAT(Reconcile(), Not(HasSubstr("Other\n")));
}

TEST_F(DemoKeptTest, FiveSeatsMoreAndNobodyWaits) {
  const auto five_waiting = testing::ContainsRegex("SPE_E5 .* 24 +24 +5 +5\n");
  EXPECT_THAT(Reconcile(), five_waiting);
  folder_.Edit("contoso/facts/subscriptions.csv", ",24,", ",29,");
  EXPECT_THAT(Reconcile(), Not(HasSubstr("SPE_E5")));
}

TEST_F(DemoKeptTest, ALocationIsAllThatSomeLack) {
  folder_.Edit("contoso/facts/users.csv", "Derek Owens,,", "Derek Owens,US,");
  Reconcile();
  const std::string claims = ReadFile(folder_.Path("contoso/answers/claims.csv"));
  const std::string of_derek = claims.substr(claims.find("\nderek.owens,"));
  EXPECT_THAT(of_derek.substr(0, of_derek.rfind("\nderek.owens,")), Not(HasSubstr("Rejected")));
}

}  // namespace
}  // namespace seatwise::cli
