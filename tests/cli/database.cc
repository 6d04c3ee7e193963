#include "tests/cli/database.h"

#include <gtest/gtest.h>

#include "absl/strings/str_join.h"

namespace seatwise::cli {

RunResult Database::Run(const std::vector<std::string>& arguments) const {
  RunOptions options;
  options.environment = {{"SEATWISE_DB", path()}, {"SEATWISE_TENANT", "contoso"}};
  return RunSeatwise(arguments, options);
}

std::string Database::Do(const std::vector<std::string>& arguments) const {
  const RunResult result = Run(arguments);
  EXPECT_EQ(result.exit_code, 0) << absl::StrJoin(arguments, " ") << ": " << result.err;
  return result.out;
}

}  // namespace seatwise::cli
