#include "interchange/loose_table.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/executor.h"
#include "engine/model/quoted.h"
#include "engine/model/spelling.h"
#include "interchange/csv_file.h"
#include "interchange/input_file.h"
#include "interchange/limits.h"

namespace seatwise {
namespace {

// What Windows-1252 has for the bytes 0x80 to 0x9f; 0xa0 to 0xff are the code points of Unicode.
constexpr uint16_t kWindows1252[] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};

constexpr absl::string_view kNoBreakSpace = "\xc2\xa0";

// For code points below U+10000.
void AppendUtf8(uint32_t code, std::string& text) {
  if (code < 0x80) {
    text.push_back(static_cast<char>(code));
    return;
  }
  if (code < 0x800) {
    text.push_back(static_cast<char>(0xc0 | code >> 6));
  } else {
    text.push_back(static_cast<char>(0xe0 | code >> 12));
    text.push_back(static_cast<char>(0x80 | (code >> 6 & 0x3f)));
  }
  text.push_back(static_cast<char>(0x80 | (code & 0x3f)));
}

std::string LettersAndDigits(absl::string_view text) {
  std::string kept;
  for (char c : text) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c))) {
      kept.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    }
  }
  return kept;
}

// Reads records one after the other; the first is the header.
class LooseReader final : public SliceHandler {
 public:
  LooseReader(const std::string& path, absl::Span<const LooseColumn> columns, ErrorList& errors)
      : path_(path), columns_(columns), errors_(errors) {}

  void OnRecord(const CsvRecord& record) override {
    if (!header_cells_) {
      ReadHeader(record);
    } else if (!IsBlank(record)) {
      ReadRow(record);
    }
  }

  LooseTable TakeTable() { return std::move(table_); }

  void Fail(int64_t line, int column, std::string reason) {
    errors_.Add({.file = path_, .line = line, .column = column, .reason = std::move(reason)});
  }

 private:
  // Spreadsheets leave lines of commas behind.
  static bool IsBlank(const CsvRecord& record) {
    return std::all_of(record.cells.begin(), record.cells.end(), [](const CsvCell& cell) {
      return cell.fault == CellFault::kNone && CleanText(cell.text).empty();
    });
  }

  void ReadHeader(const CsvRecord& record) {
    header_cells_ = record.cell_count;
    for (const LooseColumn& column : columns_) {
      int position = 0;
      for (size_t i = 0; i < record.cells.size(); ++i) {
        const std::string name = LettersAndDigits(record.cells[i].text);
        if (std::find(column.names.begin(), column.names.end(), name) == column.names.end()) {
          continue;
        }
        if (position != 0) {
          Fail(1, static_cast<int>(i) + 1,
               absl::StrCat("column ", Quoted(record.cells[i].text), " is column ", position,
                            " already"));
          continue;
        }
        position = static_cast<int>(i) + 1;
      }
      if (position == 0) {
        Fail(1, static_cast<int>(record.cell_count) + 1,
             absl::StrCat("no column is called like '", column.names.front(), "'"));
      }
      positions_.push_back(position);
    }
  }

  void ReadRow(const CsvRecord& record) {
    const int64_t line = record.line + 1;
    if (record.cell_count != *header_cells_) {
      Fail(line, static_cast<int>(std::min(record.cell_count, *header_cells_)) + 1,
           absl::StrCat("the row has ", record.cell_count, " cells, but the header has ",
                        *header_cells_));
      return;
    }
    LooseRow row = {.line = line, .cells = {}, .columns = positions_};
    for (const int position : positions_) {
      row.cells.push_back(position == 0 ? "" : ReadCell(record, line, position));
    }
    table_.rows.push_back(std::move(row));
  }

  std::string ReadCell(const CsvRecord& record, int64_t line, int position) {
    const CsvCell& cell = record.cells[static_cast<size_t>(position) - 1];
    if (cell.fault != CellFault::kNone) Fail(line, position, CellFaultReason(cell.fault));
    if (!IsUtf8(cell.text)) ++table_.reencoded_cells;
    std::string text = CleanText(cell.text);
    const std::string bad = CheckText(text);
    if (!bad.empty()) Fail(line, position, absl::StrCat(Quoted(text), " ", bad));
    return text;
  }

  const std::string& path_;
  const absl::Span<const LooseColumn> columns_;
  ErrorList& errors_;
  std::optional<size_t> header_cells_;
  std::vector<int> positions_;  // By needed column; 0 if it is missing.
  LooseTable table_;
};

// Hands all records of a file to a reader that lives on.
class Forwarder final : public SliceHandler {
 public:
  explicit Forwarder(LooseReader& reader) : reader_(reader) {}
  void OnRecord(const CsvRecord& record) override { reader_.OnRecord(record); }

 private:
  LooseReader& reader_;
};

}  // namespace

std::string FromWindows1252(absl::string_view text) {
  std::string decoded;
  for (char c : text) {
    const unsigned byte = static_cast<unsigned char>(c);
    AppendUtf8(byte >= 0x80 && byte < 0xa0 ? kWindows1252[byte - 0x80] : byte, decoded);
  }
  return decoded;
}

std::string CleanText(absl::string_view text) {
  const std::string decoded = IsUtf8(text) ? std::string(text) : FromWindows1252(text);
  std::string clean;
  bool gap = false;
  for (absl::string_view rest = decoded; !rest.empty();) {
    const bool no_break = rest.substr(0, kNoBreakSpace.size()) == kNoBreakSpace;
    if (no_break || absl::ascii_isspace(static_cast<unsigned char>(rest[0]))) {
      gap = !clean.empty();
      rest.remove_prefix(no_break ? kNoBreakSpace.size() : 1);
      continue;
    }
    if (gap) clean.push_back(' ');
    gap = false;
    clean.push_back(rest[0]);
    rest.remove_prefix(1);
  }
  return clean;
}

LooseTable ReadLooseTable(const std::string& path, absl::Span<const LooseColumn> columns,
                          ErrorList& errors) {
  LooseReader reader(path, columns, errors);
  const absl::StatusOr<InputFile> file = InputFile::Open(path);
  if (!file.ok()) {
    reader.Fail(0, 0, std::string(file.status().message()));
    return {};
  }
  if (static_cast<size_t>(file->size()) > kMaxLooseFileBytes) {
    reader.Fail(0, 0, absl::StrCat("is longer than ", kMaxLooseFileBytes, " bytes"));
    return {};
  }
  const absl::StatusOr<int64_t> begin = FindText(*file);
  if (!begin.ok()) {
    reader.Fail(0, 0, std::string(begin.status().message()));
    return {};
  }
  if (*begin == file->size()) {
    reader.Fail(0, 0, "is empty; it needs a header row");
    return {};
  }
  // One slice, so that one handler sees all records in order.
  InlineExecutor executor;
  const auto make = [&] { return std::make_unique<Forwarder>(reader); };
  const auto accept = [](SliceHandler&, int64_t) {};
  const auto progress = [](int64_t) {};
  const std::optional<CsvStop> stop =
      ReadRecords(*file, {.offset = *begin, .line = 1}, static_cast<size_t>(file->size()), executor,
                  {.make = make, .accept = accept, .progress = progress});
  if (stop) reader.Fail(stop->line, stop->column, stop->reason);
  return reader.TakeTable();
}

}  // namespace seatwise
