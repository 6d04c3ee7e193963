#include "storage/store_keys.h"

#include "absl/strings/str_cat.h"
#include "base/check.h"

namespace seatwise {
namespace {

constexpr TenantNumber kOwnKeys{0xFFFFFFFF};

template <typename Number>
std::string BigEndian(Number number) {
  std::string bytes(sizeof(number), '\0');
  for (size_t i = sizeof(number); i-- > 0; number >>= 8) bytes[i] = static_cast<char>(number);
  return bytes;
}

}  // namespace

std::string FullKey(TenantNumber tenant, absl::string_view key) {
  return absl::StrCat(BigEndian(tenant.value), key);
}

std::string FullKeyAfter(TenantNumber tenant) {
  SEATWISE_CHECK(tenant <= kMaxTenant) << "nothing lies behind tenant number " << tenant;
  return BigEndian(tenant.value + 1);
}

std::string EpochKey(TenantNumber tenant) {
  return FullKey(kOwnKeys, absl::StrCat("epoch", BigEndian(tenant.value)));
}

std::string GenerationKey() { return FullKey(kOwnKeys, "generation"); }

std::string TicketKey() { return FullKey(kOwnKeys, "ticket"); }

std::string EncodeNumber(uint64_t number) { return BigEndian(number); }

std::optional<uint64_t> DecodeNumber(absl::string_view bytes) {
  if (bytes.size() != sizeof(uint64_t)) return std::nullopt;
  uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

}  // namespace seatwise
