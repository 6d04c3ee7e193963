// One statement of a scenario, read word by word from the left.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/time.h"

namespace seatwise::golden {

// Splits at `separator` where it is not within () or []; parts are stripped, empty ones left out.
std::vector<std::string> SplitOutsideBrackets(absl::string_view text, char separator);

// The first mistake sticks: from then on the statement is at its end and what is read is empty, so
// that a reader need not look at error() before it is done. Not for several threads.
class Words {
 public:
  explicit Words(absl::string_view statement);

  bool AtEnd() const { return !error_.empty() || next_ == words_.size(); }
  const std::string& statement() const { return statement_; }

  // The next word; fails where there is none, saying that `what` is missing.
  std::string Next(absl::string_view what);

  // Goes past the next word if it is `word`.
  bool Skip(absl::string_view word);

  // Goes past the next word if it starts with `prefix`; gives the rest of it.
  std::optional<std::string> SkipPrefix(absl::string_view prefix);

  // `text` as a number from `least` to `most`; fails if it is none.
  int64_t Number(absl::string_view text, int64_t least, int64_t most);

  // `text` as a time: microseconds since the epoch, YYYY-MM-DD, or the form of base/time.h.
  Time TimeOf(absl::string_view text);

  // Fails if there are words left.
  void End();

  void Fail(absl::string_view message);
  const std::string& error() const { return error_; }

 private:
  std::string statement_;
  std::vector<std::string> words_;
  size_t next_ = 0;
  std::string error_;
};

}  // namespace seatwise::golden
