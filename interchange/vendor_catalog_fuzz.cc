// Any bytes as Microsoft's catalog: what comes out of it without an error is a good folder.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "interchange/memory_file_for_test.h"
#include "interchange/reader.h"
#include "interchange/vendor_catalog.h"
#include "interchange/writer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace fs = std::filesystem;
  const seatwise::MemoryFile bytes({reinterpret_cast<const char*>(data), size});
  seatwise::ReadReport report;
  const std::optional<seatwise::VendorCatalog> catalog = seatwise::ReadVendorCatalog(
      {.catalog = bytes.path(), .conflicts = bytes.path(), .requirements = ""}, report);
  SEATWISE_CHECK(catalog.has_value() == report.ok());
  const std::optional<seatwise::VendorCatalog> alone = seatwise::ReadVendorCatalog(
      {.catalog = bytes.path(), .conflicts = "", .requirements = ""}, report);
  if (!alone) return 0;
  // A file system in memory, where there is one.
  const std::string dir = absl::StrCat(
      fs::exists("/dev/shm") ? fs::path("/dev/shm").string() : fs::temp_directory_path().string(),
      "/seatwise_vendor_fuzz.", getpid());
  SEATWISE_CHECK(seatwise::WriteCatalogFacts(alone->facts, dir).ok());
  const std::optional<seatwise::Facts> facts = seatwise::ReadFacts(dir, report);
  SEATWISE_CHECK(facts.has_value()) << report.errors.front();
  SEATWISE_CHECK(*facts == alone->facts);
  fs::remove_all(dir);
  return 0;
}
