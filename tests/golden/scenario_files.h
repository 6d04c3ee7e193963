// The golden scenarios of this folder.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/golden/scenario.h"

namespace seatwise::golden {

// The files under scenarios/, from the root of the workspace, sorted. They are data of the test.
std::vector<std::string> ScenarioFiles();

// What ParseScenarios makes of a file.
absl::StatusOr<std::vector<Scenario>> ReadScenarioFile(const std::string& path);

}  // namespace seatwise::golden
