#include "cli/rejection.h"

#include "absl/strings/str_cat.h"
#include "cli/text.h"

namespace seatwise::cli {

ExitCode ReportRejection(const ReadReport& report, const std::string& what, Console& console) {
  std::string lines;
  for (const RowError& error : report.errors) {
    absl::StrAppend(&lines, Printable(error.ToString()), "\n");
  }
  const int64_t more = report.error_count - static_cast<int64_t>(report.errors.size());
  if (more > 0) absl::StrAppend(&lines, "and ", Counted(more, "more error"), "\n");
  console.Note(lines);
  return console.Fail(absl::StrCat("'", Printable(what), "' is rejected with ",
                                   Counted(report.error_count, "error"), "; nothing was written"),
                      ExitCode::kRejected);
}

}  // namespace seatwise::cli
