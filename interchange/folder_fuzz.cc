// Any bytes as the files of a folder: both readers agree on what is wrong with it, and a folder
// without errors reads the same after it was written. A line "== NAME" begins a file.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "base/check.h"
#include "base/executor.h"
#include "interchange/random_facts_for_test.h"
#include "interchange/reader.h"
#include "interchange/table_spec.h"
#include "interchange/writer.h"

namespace seatwise {
namespace {

namespace fs = std::filesystem;

bool IsInput(absl::string_view name) {
  for (const TableSpec& table : kTables) {
    if (table.file == name) return true;
  }
  return name == kTenantFile;
}

void PutFiles(absl::string_view text, const std::string& dir) {
  constexpr absl::string_view kMark = "== ";
  std::ofstream file;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (!absl::StartsWith(line, kMark)) {
      file << line << "\n";
    } else if (IsInput(line.substr(kMark.size()))) {
      file.close();
      file.open(absl::StrCat(dir, "/", line.substr(kMark.size())), std::ios::binary);
    }
  }
}

void CheckFolder(const std::string& in, const std::string& out) {
  ReadReport of_facts;
  const std::optional<Facts> facts = ReadFacts(in, of_facts);
  InlineExecutor executor;
  ReadReport of_columns;
  const bool has_columns = ReadColumns(in, executor, of_columns).has_value();
  SEATWISE_CHECK(facts.has_value() == of_facts.ok());
  SEATWISE_CHECK(has_columns == of_facts.ok());
  SEATWISE_CHECK(of_facts.errors == of_columns.errors);
  SEATWISE_CHECK(of_facts.error_count == of_columns.error_count);
  if (!facts) return;
  const absl::Status written = WriteFacts(*facts, out);
  SEATWISE_CHECK(written.ok()) << written;
  const std::optional<Facts> again = ReadFacts(out, of_facts);
  SEATWISE_CHECK(again.has_value()) << of_facts.errors.front();
  SEATWISE_CHECK(Sorted(*again) == Sorted(*facts));
}

}  // namespace
}  // namespace seatwise

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace fs = std::filesystem;
  // A file system in memory, where there is one.
  static const std::string root = absl::StrCat(
      fs::exists("/dev/shm") ? fs::path("/dev/shm").string() : fs::temp_directory_path().string(),
      "/seatwise_folder_fuzz.", getpid());
  const std::string in = root + "/in";
  fs::create_directories(in);
  seatwise::PutFiles({reinterpret_cast<const char*>(data), size}, in);
  seatwise::CheckFolder(in, root + "/out");
  fs::remove_all(root);
  return 0;
}
