// Any bytes, read as a key, are read without harm; and parts that were read write the same bytes.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "base/check.h"
#include "storage/keys.h"

// The first byte says, two bits each, which parts to read.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace seatwise;  // NOLINT: one function.
  if (size < 2) return 0;
  const absl::string_view key(reinterpret_cast<const char*>(data) + 1, size - 1);
  KeyReader reader(key);
  KeyWriter writer(TableOf(key).value());
  for (int shift = 0; shift < 8; shift += 2) {
    bool read = false;
    switch (data[0] >> shift & 3) {
      case 0:
        if (const auto id = reader.Id()) read = true, writer.Id(*id);
        break;
      case 1:
        if (const auto number = reader.Number32()) read = true, writer.Number32(*number);
        break;
      case 2:
        if (const auto number = reader.Number64()) read = true, writer.Number64(*number);
        break;
      default:
        if (const auto byte = reader.Byte()) read = true, writer.Byte(*byte);
    }
    if (!read) return 0;
  }
  const std::string written = writer.Take();
  SEATWISE_CHECK(absl::string_view(written) == key.substr(0, written.size()));
  SEATWISE_CHECK(reader.AtEnd() == (written.size() == key.size()));
  return 0;
}
