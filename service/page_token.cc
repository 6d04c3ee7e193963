// A token is base64url of: tag (16 bytes), revision (8 bytes, little endian), place. The tag is an
// HMAC over the length of the method, the method, the length of the request, the request without
// the fields that vary from page to page, and the rest of the token.
#include "service/page_token.h"

#include <algorithm>
#include <memory>
#include <random>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "service/errors.h"

namespace seatwise {
namespace {

constexpr size_t kTagBytes = 16;
constexpr size_t kRevisionBytes = 8;
constexpr size_t kKeyBytes = 32;
// What a place may need at most is two ids; anything longer was not made here.
constexpr size_t kMaxTokenBytes = 4096;

std::string EncodeRevision(uint64_t revision) {
  std::string bytes(kRevisionBytes, '\0');
  for (char& byte : bytes) {
    byte = static_cast<char>(revision & 0xFF);
    revision >>= 8;
  }
  return bytes;
}

uint64_t DecodeRevision(absl::string_view bytes) {
  uint64_t revision = 0;
  for (size_t i = bytes.size(); i-- > 0;) {
    revision = revision << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return revision;
}

// What the token is bound to. Not SameBytesOf, which leaves out packed fields, such as states; no
// list has a map, so the bytes are the same each time.
std::string WithoutPaging(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> copy(request.New());
  copy->CopyFrom(request);
  for (const char* name : {"page_token", "page_size", "min_revision"}) {
    const auto* field = copy->GetDescriptor()->FindFieldByName(name);
    if (field != nullptr) copy->GetReflection()->ClearField(copy.get(), field);
  }
  return copy->SerializePartialAsString();
}

std::string PageTokenIn(const google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("page_token");
  return field == nullptr ? "" : request.GetReflection()->GetString(request, field);
}

}  // namespace

PageTokens::PageTokens(std::string key) : key_(std::move(key)) {}

PageTokens PageTokens::WithRandomKey() {
  std::random_device random;  // The system's source of secrets.
  std::string key(kKeyBytes, '\0');
  for (char& byte : key) byte = static_cast<char>(random() & 0xFF);
  return PageTokens(std::move(key));
}

std::string PageTokens::Tag(absl::string_view method, const google::protobuf::Message& request,
                            absl::string_view position) const {
  const std::string bound = WithoutPaging(request);
  return HmacSha256(key_,
                    absl::StrCat(method.size(), ":", method, bound.size(), ":", bound, position))
      .substr(0, kTagBytes);
}

std::string PageTokens::Make(absl::string_view method, const google::protobuf::Message& request,
                             const PagePosition& position) const {
  const std::string bytes = absl::StrCat(EncodeRevision(position.revision), position.place);
  return absl::WebSafeBase64Escape(absl::StrCat(Tag(method, request, bytes), bytes));
}

absl::StatusOr<PagePosition> PageTokens::Open(absl::string_view method,
                                              const google::protobuf::Message& request) const {
  const std::string token = PageTokenIn(request);
  if (token.empty()) return PagePosition();
  std::string bytes;
  if (token.size() > kMaxTokenBytes || !absl::WebSafeBase64Unescape(token, &bytes) ||
      bytes.size() < kTagBytes + kRevisionBytes) {
    return InvalidPageTokenError();
  }
  const absl::string_view position = absl::string_view(bytes).substr(kTagBytes);
  if (!SameBytes(Tag(method, request, position), absl::string_view(bytes).substr(0, kTagBytes))) {
    return InvalidPageTokenError();
  }
  return PagePosition{.revision = DecodeRevision(position.substr(0, kRevisionBytes)),
                      .place = std::string(position.substr(kRevisionBytes))};
}

absl::StatusOr<size_t> PageSizeOf(int32_t page_size) {
  if (page_size < 0) return FieldError(v1::OUT_OF_RANGE, "page_size", "is negative");
  if (page_size == 0) return static_cast<size_t>(kDefaultPageSize);
  return static_cast<size_t>(std::min(page_size, kMaxPageSize));
}

}  // namespace seatwise
