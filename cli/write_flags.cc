#include "cli/write_flags.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "cli/text.h"
#include "seatwise/v1/write.pb.h"

namespace seatwise::cli {

void WriteFlags::Declare(CLI::App& verb) {
  verb.add_flag("--validate-only", validate_only_, "Only say whether it would be accepted");
  verb.add_option("--request-id", request_id_, "A UUID that makes it safe to repeat")
      ->type_name("UUID");
}

std::string WriteText(const std::string& what, const std::string& done,
                      const v1::WriteResult& result, bool validate_only, Console& console) {
  for (const v1::Warning& warning : result.warnings()) console.Warn(Printable(warning.message()));
  if (result.more_warnings() > 0) {
    console.Warn(Counted(result.more_warnings(), "more warning"));
  }
  if (validate_only) return absl::StrCat(what, " would be ", done, "\n");
  return absl::StrCat(what, " ", done, ", revision ", result.revision(), "\n");
}

}  // namespace seatwise::cli
