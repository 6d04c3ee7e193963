// Any text as a resource name: what is read as a fact is written as a name that reads the same.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "base/check.h"
#include "service/names.h"

namespace seatwise {
namespace {

void ReadAndWrite(absl::string_view name) {
  const auto parsed = ParseFactName(name, "name");
  const UserNameView split = SplitPlainUserName(name);
  if (!parsed.ok()) return;
  const std::string canonical = NameOf(parsed->tenant, parsed->key);
  SEATWISE_CHECK(*ParseFactName(canonical, "name") == *parsed);
  SEATWISE_CHECK(NameOf(parsed->tenant, parsed->key) == canonical);
  // The short way finds the same user, or leaves it to the long one.
  if (split.user.data() != nullptr) {
    SEATWISE_CHECK(parsed->tenant == split.tenant);
    SEATWISE_CHECK(parsed->key == FactKey(UserId(split.user)));
  }
}

}  // namespace
}  // namespace seatwise

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  seatwise::ReadAndWrite(absl::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
