// The program against a database of its own. Test only.
#pragma once

#include <string>
#include <vector>

#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {

// A database without tenants, in a folder that is removed at the end.
class Database {
 public:
  // Runs the program with the environment naming the database and the tenant "contoso".
  RunResult Run(const std::vector<std::string>& arguments) const;

  // The same, where nothing may go wrong; answers stdout.
  std::string Do(const std::vector<std::string>& arguments) const;

  const TestFolder& folder() const { return folder_; }
  // Of the database.
  std::string path() const { return folder_.Path("db"); }

 private:
  TestFolder folder_;
};

}  // namespace seatwise::cli
