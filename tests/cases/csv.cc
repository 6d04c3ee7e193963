#include "tests/cases/csv.h"

#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "base/check.h"

namespace seatwise::cases {
namespace {

using Record = std::vector<std::string>;

// Reads records off the front of a text.
class Reader {
 public:
  explicit Reader(absl::string_view text) : rest_(absl::StripPrefix(text, "\xef\xbb\xbf")) {}

  bool AtEnd() const { return rest_.empty(); }

  Record NextRecord() {
    Record record = {NextCell()};
    while (absl::ConsumePrefix(&rest_, ",")) record.push_back(NextCell());
    const bool ended = absl::ConsumePrefix(&rest_, "\r\n") || absl::ConsumePrefix(&rest_, "\n");
    SEATWISE_CHECK(ended || AtEnd()) << "text after a quoted cell: " << rest_.substr(0, 40);
    return record;
  }

 private:
  std::string NextCell() {
    if (absl::ConsumePrefix(&rest_, "\"")) return QuotedCell();
    const size_t end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
    std::string cell(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return cell;
  }

  std::string QuotedCell() {
    std::string cell;
    while (true) {
      const size_t quote = rest_.find('"');
      SEATWISE_CHECK(quote != absl::string_view::npos) << "a quoted cell does not end";
      cell.append(rest_.data(), quote);
      rest_.remove_prefix(quote + 1);
      if (!absl::ConsumePrefix(&rest_, "\"")) return cell;
      cell.push_back('"');
    }
  }

  absl::string_view rest_;
};

}  // namespace

std::vector<Row> ReadCsv(absl::string_view text) {
  std::vector<Row> rows;
  Reader reader(text);
  if (reader.AtEnd()) return rows;
  const Record header = reader.NextRecord();
  while (!reader.AtEnd()) {
    const Record record = reader.NextRecord();
    SEATWISE_CHECK(record.size() == header.size()) << "a ragged row: " << record.front();
    Row& row = rows.emplace_back();
    for (size_t i = 0; i < header.size(); ++i) row[header[i]] = record[i];
  }
  return rows;
}

}  // namespace seatwise::cases
