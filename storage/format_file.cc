#include "storage/format_file.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace seatwise {
namespace {

constexpr absl::string_view kBefore = "seatwise store, format ";

}  // namespace

std::string FormatText(int version) { return absl::StrCat(kBefore, version, "\n"); }

absl::Status CheckFormat(absl::string_view text, absl::string_view path) {
  absl::string_view rest = text;
  int version = 0;
  if (!absl::ConsumePrefix(&rest, kBefore) || !absl::ConsumeSuffix(&rest, "\n") ||
      !absl::SimpleAtoi(rest, &version) || version < 1 || text != FormatText(version)) {
    return absl::DataLossError(absl::StrCat("'", path, "' is damaged: it should say '", kBefore,
                                            kStoreFormat,
                                            "' in one line; restore it from a backup"));
  }
  if (version > kStoreFormat) {
    return absl::FailedPreconditionError(
        absl::StrCat("'", path, "' says format ", version, "; this program reads formats up to ",
                     kStoreFormat, ": use the program that wrote it, or a newer one"));
  }
  return absl::OkStatus();
}

}  // namespace seatwise
