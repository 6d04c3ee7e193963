// Page tokens: opaque to callers, and good for nothing but the request that they came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace seatwise {

// page_size: default and most (AIP-158).
inline constexpr int32_t kDefaultPageSize = 100;
inline constexpr int32_t kMaxPageSize = 1000;

// Where a list goes on.
struct PagePosition {
  uint64_t revision = 0;  // That of the page before: the next one is not from an earlier one.
  std::string place;      // Bytes that mean something to the list: a key, a cursor.

  friend bool operator==(const PagePosition&, const PagePosition&) = default;
};

// Makes and opens tokens. They are authenticated: who has not the key can make none, and a token is
// bound to the method and to all of the request but its page_token, page_size and min_revision
// (whatever of these it has). Any thread.
class PageTokens {
 public:
  // `key` is secret; 32 random bytes. Tokens made with another one are refused.
  explicit PageTokens(std::string key);
  // With a key that is known to this process only: tokens end with it.
  static PageTokens WithRandomKey();

  // `method` is any name of the list, `request` the one that the page answered.
  std::string Make(absl::string_view method, const google::protobuf::Message& request,
                   const PagePosition& position) const;

  // The start for a request without a token. INVALID_PAGE_TOKEN if it was not made by Make for this
  // method and request.
  absl::StatusOr<PagePosition> Open(absl::string_view method,
                                    const google::protobuf::Message& request) const;

 private:
  std::string Tag(absl::string_view method, const google::protobuf::Message& request,
                  absl::string_view position) const;

  std::string key_;
};

// How many rows a page has: the default for 0, at most kMaxPageSize. OUT_OF_RANGE if negative.
absl::StatusOr<size_t> PageSizeOf(int32_t page_size);

}  // namespace seatwise
