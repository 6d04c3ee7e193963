#include "service/request_id.h"

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "base/sha256.h"
#include "engine/model/quoted.h"
#include "service/errors.h"
#include "service/proto_bytes.h"

namespace seatwise {
namespace {

bool IsUuid(absl::string_view text) {
  constexpr absl::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != kForm.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool fits = kForm[i] == '-' ? text[i] == '-'
                                      : absl::ascii_isxdigit(static_cast<unsigned char>(text[i]));
    if (!fits) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<std::optional<RequestKey>> RequestKeyOf(const google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  SEATWISE_CHECK(field != nullptr) << request.GetTypeName();
  const std::string id = request.GetReflection()->GetString(request, field);
  if (id.empty()) return std::optional<RequestKey>();
  if (!IsUuid(id)) {
    return FieldError(v1::INVALID_REQUEST_ID, "request_id",
                      absl::StrCat("is ", Quoted(id), ", which is no UUID"));
  }
  const std::unique_ptr<google::protobuf::Message> rest(request.New());
  rest->CopyFrom(request);
  rest->GetReflection()->ClearField(rest.get(), field);
  return std::optional<RequestKey>(
      RequestKey{.id = absl::AsciiStrToLower(id), .digest = Sha256Of(SameBytesOf(*rest))});
}

}  // namespace seatwise
