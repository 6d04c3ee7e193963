// Any text as a page token: refused, unless it is one that was made for the request.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "base/check.h"
#include "seatwise/v1/report_service.pb.h"
#include "service/page_token.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& tokens = *new seatwise::PageTokens("the key of this test");
  const std::string text(reinterpret_cast<const char*>(data), size);
  seatwise::v1::ListSeatUsageRequest request;
  request.set_page_token(text);
  const auto opened = tokens.Open("List", request);
  // Nobody guesses a tag: what is accepted is nothing, or what Make makes of the same position.
  SEATWISE_CHECK(!opened.ok() || text.empty() || tokens.Make("List", request, *opened) == text);

  const seatwise::PagePosition position{.revision = size, .place = text};
  request.set_page_token(tokens.Make("List", request, position));
  if (size < 1000) SEATWISE_CHECK(tokens.Open("List", request).value() == position);
  return 0;
}
