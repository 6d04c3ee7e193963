// Which server a verb asks, and what is said if there is none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

using Arguments = std::vector<std::string>;

TEST(ConnectionTest, ThePlaceHasToBeOne) {
  const struct {
    Arguments arguments;
    std::map<std::string, std::string> environment;
    const char* message;
  } kTable[] = {
      {{"tenant", "list"}, {}, "name a server with --server HOST:PORT or a database with --db DIR"},
      {{"tenant", "list", "--server", "127.0.0.1:1", "--db", "x"},
       {},
       "--server and --db are two places; name one"},
      {{"tenant", "list"},
       {{"SEATWISE_SERVER", "127.0.0.1:1"}, {"SEATWISE_DB", "x"}},
       "SEATWISE_SERVER and SEATWISE_DB are both set; unset one, or use a flag"},
      {{"tenant", "list", "--server", "somewhere"},
       {},
       "'somewhere' is no address of a server; it has to be HOST:PORT"},
      {{"tenant", "list", "--server", "127.0.0.1:1", "--tls-ca", "/nowhere/ca.pem"},
       {},
       "cannot read the file '/nowhere/ca.pem' of --tls-ca"},
      {{"user", "list", "--server", "127.0.0.1:1"}, {}, "name a tenant with --tenant ID"},
      {{"reconcile"}, {}, "name a folder with --from DIR, or a tenant with --tenant ID"},
      {{"reconcile", "--from", "x", "--db", "y"}, {}, "--from and --db are two sources; name one"},
      {{"reconcile", "--tenant", "x", "--out", "y"}, {}, "--out needs --from"},
  };
  for (const auto& row : kTable) {
    RunOptions options;
    options.environment = row.environment;
    const RunResult result = RunSeatwise(row.arguments, options);
    EXPECT_EQ(result.exit_code, 2) << row.message;
    EXPECT_THAT(result.err, HasSubstr(row.message));
    EXPECT_THAT(result.out, IsEmpty());
  }
}

// Nothing listens on port 1 of a test's own network.
TEST(ConnectionTest, AServerThatDoesNotAnswerIsNamed) {
  for (const Arguments& arguments : {Arguments{"tenant", "list"},
                                     {"status"},
                                     {"user", "get", "ana", "--tenant", "contoso"},
                                     {"watch", "--tenant", "contoso"},
                                     {"export", "out", "--tenant", "contoso"},
                                     {"reconcile", "--tenant", "contoso"},
                                     {"import", "examples/contoso", "--tenant", "contoso"}}) {
    RunOptions options;
    options.environment = {{"SEATWISE_SERVER", "127.0.0.1:1"}};
    const RunResult result = RunSeatwise(arguments, options);
    EXPECT_EQ(result.exit_code, 5) << arguments[0];
    EXPECT_THAT(result.err, HasSubstr("no server answers at '127.0.0.1:1' (Connection refused); is "
                                      "seatwised running there? --server names another"))
        << arguments[0];
  }
}

TEST(ConnectionTest, AFlagWinsOverTheEnvironment) {
  const TestFolder folder;
  RunOptions options;
  options.environment = {{"SEATWISE_SERVER", "127.0.0.1:1"}};
  const RunResult result = RunSeatwise({"tenant", "list", "--db", folder.Path("db")}, options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST(ConnectionTest, AFileIsNoDatabase) {
  const TestFolder folder;
  folder.Write("file", "");
  const RunResult result = RunSeatwise({"tenant", "list", "--db", folder.Path("file")});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("/file"));
}

}  // namespace
}  // namespace seatwise::cli
