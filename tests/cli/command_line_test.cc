// What is said to a command line that is wrong, and what help says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/cli/run.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

using Arguments = std::vector<std::string>;

struct WrongUsage {
  Arguments arguments;
  std::string message;  // The first line on stderr.
};

TEST(CommandLineTest, WrongUsageIsExplainedAndExitsWith2) {
  const WrongUsage kTable[] = {
      {{},
       "seatwise: name a verb: reconcile, demo, catalog, tenant, import, export, user, group, "
       "member, sku, service-plan, subscription, assign, unassign, plan, apply, licenses, explain, "
       "violations, seats, report, ui, watch, status, admin, completion and help"},
      {{"user"}, "seatwise: name a verb: list, get, create, update and delete"},
      {{"user", "lits"}, "seatwise: unknown verb 'lits'; did you mean 'list'?"},
      {{"sku", "create", "x", "--paln", "y"},
       "seatwise: unknown flag '--paln'; did you mean '--plan'?"},
      {{"import", "x", "--mode", "replace"}, "seatwise: --mode: replace not in {merge,snapshot}"},
      {{"catalog"}, "seatwise: name a verb: convert"},
      {{"reconsile"}, "seatwise: unknown verb 'reconsile'; did you mean 'reconcile'?"},
      {{"frobnicate"}, "seatwise: unknown verb 'frobnicate'"},
      {{"catalog", "convrt"}, "seatwise: unknown verb 'convrt'; did you mean 'convert'?"},
      {{"--verson"}, "seatwise: unknown flag '--verson'; did you mean '--version'?"},
      {{"reconcile", "--form", "x"}, "seatwise: unknown flag '--form'; did you mean '--from'?"},
      {{"reconcile", "--outptu=json"},
       "seatwise: unknown flag '--outptu'; did you mean '--output'?"},
      {{"export"}, "seatwise: DIR is required"},
      {{"reconcile", "--from"}, "seatwise: --from needs one value"},
      {{"reconcile", "--from", "x", "--out", ""}, "seatwise: --out: must not be empty"},
      {{"reconcile", "--from", "x", "y"}, "seatwise: 'y' is one argument too many for 'reconcile'"},
      {{"reconcile", "--from", "x", "--threads", "0"},
       "seatwise: --threads: Value 0 not in range 1 to 1024"},
      {{"reconcile", "--from", "x", "--threads", "two"},
       "seatwise: --threads: Value two not in range 1 to 1024"},
      {{"reconcile", "--from", "x", "-o", "yaml"}, "seatwise: --output: yaml not in {text,json}"},
      {{"demo", "x"}, "seatwise: 'x' is one argument too many for 'demo'"},
      {{"dem\x1b[31mo"}, "seatwise: unknown verb 'dem\xEF\xBF\xBD[31mo'"},
  };
  for (const WrongUsage& row : kTable) {
    const RunResult result = RunSeatwise(row.arguments);
    EXPECT_EQ(result.exit_code, 2) << row.message;
    EXPECT_THAT(result.out, IsEmpty());
    const std::vector<std::string> lines = absl::StrSplit(result.err, '\n');
    EXPECT_EQ(lines[0], row.message);
    EXPECT_THAT(lines[1], StartsWith("Try 'seatwise"));
  }
}

TEST(CommandLineTest, FlagsThatDoNotGoTogetherExitWith2) {
  const WrongUsage kTable[] = {
      {{"licenses", "ana", "--sku", "e3"}, "seatwise: name a user, or filters, but not both"},
      {{"licenses", "--claims"}, "seatwise: --claims needs a user"},
      {{"member", "add", "staff"}, "seatwise: name at least one --user or --group"},
      {{"assign", "e3"}, "seatwise: name at least one --user or --group"},
      {{"assign", "e3", "--group", "g", "--replace"}, "seatwise: --replace is for users only"},
      {{"unassign", "--user", "ana"}, "seatwise: name at least one SKU, or --all and none"},
      {{"unassign", "--all", "--group", "g"}, "seatwise: --all is for users only"},
  };
  for (const WrongUsage& row : kTable) {
    const RunResult result = RunSeatwise(row.arguments);
    EXPECT_EQ(result.exit_code, 2) << row.message;
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_EQ(result.err, row.message + "\n");
  }
}

TEST(CommandLineTest, HelpOfEveryVerbFitsTheTerminalAndHasTwoExamples) {
  std::vector<Arguments> verbs = {{},
                                  {"reconcile"},
                                  {"demo"},
                                  {"catalog"},
                                  {"catalog", "convert"},
                                  {"tenant"},
                                  {"import"},
                                  {"export"},
                                  {"user"},
                                  {"group"},
                                  {"member"},
                                  {"sku"},
                                  {"service-plan"},
                                  {"subscription"},
                                  {"assign"},
                                  {"unassign"},
                                  {"plan"},
                                  {"apply"},
                                  {"licenses"},
                                  {"explain"},
                                  {"violations"},
                                  {"seats"},
                                  {"report"},
                                  {"watch"},
                                  {"status"},
                                  {"admin"},
                                  {"completion"},
                                  {"help"},
                                  {"member", "list"},
                                  {"member", "add"},
                                  {"member", "remove"},
                                  {"admin", "backup"},
                                  {"admin", "verify"},
                                  {"admin", "restore"},
                                  {"admin", "repair"}};
  for (const char* noun : {"tenant", "user", "group", "sku", "service-plan", "subscription"}) {
    for (const char* word : {"list", "get", "create", "update", "delete"}) {
      verbs.push_back({noun, word});
    }
  }
  for (const char* word :
       {"double-assignments", "redundant-assignments", "overlapping-skus", "blocked-and-guests",
        "costs", "renewals", "forecast", "changes", "html"}) {
    verbs.push_back({"report", word});
  }
  for (Arguments verb : verbs) {
    verb.push_back("--help");
    const RunResult result = RunSeatwise(verb);
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.err, IsEmpty());
    for (const absl::string_view line : absl::StrSplit(result.out, '\n')) {
      EXPECT_LE(line.size(), 80u) << line;
    }
    const size_t examples = result.out.find("\nExamples:\n");
    ASSERT_NE(examples, std::string::npos) << result.out;
    const Arguments parts = absl::StrSplit(result.out.substr(examples), "\n  seatwise ");
    EXPECT_EQ(parts.size(), 3u) << result.out;
  }
}

TEST(CommandLineTest, HelpListsExitCodes) {
  const std::string help = RunSeatwise({"--help"}).out;
  for (int code = 0; code <= 7; ++code) {
    EXPECT_THAT(help, HasSubstr(absl::StrCat("\n  ", code, "  ")));
  }
}

TEST(CommandLineTest, VersionIsOneLine) {
  const RunResult result = RunSeatwise({"--version"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, testing::MatchesRegex("seatwise [0-9]+\\.[0-9]+\\.[0-9]+(-dev)?\n"));
}

}  // namespace
}  // namespace seatwise::cli
