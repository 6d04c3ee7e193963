#include "tests/golden/scenario_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "tests/cases/files.h"

namespace seatwise::golden {

std::vector<std::string> ScenarioFiles() {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  std::error_code no_folder;
  for (const fs::directory_entry& entry :
       fs::directory_iterator("tests/golden/scenarios", no_folder)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

absl::StatusOr<std::vector<Scenario>> ReadScenarioFile(const std::string& path) {
  return ParseScenarios(path, cases::ReadWholeFile(path));
}

}  // namespace seatwise::golden
