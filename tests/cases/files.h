// Finding, unpacking and reading the shared cases. Test only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tests/cases/csv.h"

namespace seatwise::cases {

// The folder of data that is shared beside the repository: $SEATWISE_SHARED, or ../shared of the
// workspace. nullopt if there is none.
std::optional<std::string> SharedFolder();

// Unpacks a tar archive, compressed in any way that tar knows, into a new temporary folder; returns
// that folder.
std::string UnpackTar(const std::string& archive);

// The names of the folders in a folder, sorted; one that does not exist has none.
std::vector<std::string> ListFolders(const std::string& folder);

// All bytes of a file; a file that does not exist is empty.
std::string ReadWholeFile(const std::string& path);

// The rows of a CSV file; a file that does not exist has none.
std::vector<Row> ReadCsvFile(const std::string& path);

}  // namespace seatwise::cases
