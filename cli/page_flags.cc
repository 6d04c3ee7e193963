#include "cli/page_flags.h"

namespace seatwise::cli {

void PageFlags::Declare(CLI::App& verb) {
  verb.add_flag("--no-fixes", no_fixes_,
                "Try nothing out: neither fixes nor redundant assignments");
  verb.add_option("--days", days_, "Show what changed in so many days, instead of 7")
      ->type_name("N")
      ->check(CLI::Range(1, 36'600).description(""));
  verb.add_option("--from", from_, "Show what changed since this revision")
      ->type_name("REVISION")
      ->check(CLI::NonNegativeNumber.description(""));
  verb.add_option("--attribute", attributes_, "Show costs by this attribute; may be repeated")
      ->type_name("NAME")
      ->expected(1)
      ->take_all();
}

ExitCode PageFlags::Check(Console& console) const {
  if (days_ == 0 || from_ < 0) return ExitCode::kOk;
  return console.Fail("--days and --from both say where changes begin; name one", ExitCode::kUsage);
}

void PageFlags::ApplyTo(PageRequest& request) const {
  request.fixes = !no_fixes_;
  request.attributes = attributes_;
  if (days_ > 0) request.days = days_;
  if (from_ >= 0) request.from_revision = from_;
}

}  // namespace seatwise::cli
