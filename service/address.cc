#include "service/address.h"

#include <arpa/inet.h>

#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"

namespace seatwise {
namespace {

// The part before the last colon; empty if there is no port behind it.
absl::string_view HostOf(absl::string_view address) {
  const size_t colon = address.rfind(':');
  if (colon == absl::string_view::npos) return "";
  const absl::string_view port = address.substr(colon + 1);
  uint32_t number = 0;
  if (port.empty() || port.size() > 5 || !absl::SimpleAtoi(port, &number)) return "";
  if (number > 65535 || port.find_first_not_of("0123456789") != absl::string_view::npos) return "";
  return address.substr(0, colon);
}

}  // namespace

bool IsAddress(absl::string_view address) {
  absl::string_view host = HostOf(address);
  if (absl::ConsumePrefix(&host, "[")) return absl::ConsumeSuffix(&host, "]") && !host.empty();
  return !host.empty() && host.find(':') == absl::string_view::npos;
}

bool IsLoopback(absl::string_view address) {
  if (!IsAddress(address)) return false;
  const absl::string_view host = HostOf(address);
  if (host == "[::1]" || host == "localhost") return true;
  in_addr parsed = {};
  return inet_pton(AF_INET, std::string(host).c_str(), &parsed) == 1 &&
         absl::StartsWith(host, "127.");
}

}  // namespace seatwise
