#include "engine/model/quoted.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "engine/model/limits.h"
#include "engine/model/spelling.h"

namespace seatwise {

std::string Quoted(absl::string_view text) {
  const bool cut = text.size() > kMaxIdBytes;
  const absl::string_view shown = text.substr(0, kMaxIdBytes);
  // A cut may split a letter in two; then the bytes are shown.
  return absl::StrCat("'", IsUtf8(shown) ? absl::Utf8SafeCEscape(shown) : absl::CHexEscape(shown),
                      cut ? "...'" : "'");
}

}  // namespace seatwise
