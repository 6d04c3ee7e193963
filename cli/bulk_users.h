// Users that a file lists, edited many at a time. Who cannot be edited is written to another file,
// which can be mended and fed again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cli/console.h"
#include "cli/exit_code.h"

namespace CLI {
class App;
}

namespace seatwise::cli {

// The flags --users and --rejects. Declared once, then read.
class BulkUsers {
 public:
  void Declare(CLI::App& verb);

  bool given() const { return !users_.empty(); }

  // That nothing else says whom, or is for one call only. kOk, or complains.
  ExitCode CheckAlone(Console& console, bool alone, const std::string& request_id) const;

  // Edits some users, all or none; answers the revision.
  using EditSome = std::function<absl::StatusOr<int64_t>(absl::Span<const std::string> users)>;

  // Calls `edit` with at most `most` users at a time until all of the file were tried. Where that
  // fails because of some of them, halves are tried, until it is known who they are. Says `what`
  // was `done`. kOk if nobody is rejected, kConflict if somebody is; if the server cannot be asked
  // any more, those that are left are rejects too.
  ExitCode Run(Console& console, size_t most, const EditSome& edit, const std::string& what,
               const std::string& done) const;

 private:
  std::string users_;
  std::string rejects_;
};

}  // namespace seatwise::cli
