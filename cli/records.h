// Rows of an answer in the form that was asked for: a table for people, JSON or CSV for programs.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/console.h"
#include "cli/exit_code.h"

namespace CLI {
class App;
}

namespace seatwise::cli {

enum class OutputForm : uint8_t { kTable, kJson, kCsv };

// What was asked for of an answer. Stands for its form where that is all that matters.
struct OutputChoice {
  // NOLINTNEXTLINE(google-explicit-constructor)
  OutputChoice(OutputForm form) : form(form) {}
  OutputChoice(OutputForm form, std::vector<std::string> columns)
      : form(form), columns(std::move(columns)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  operator OutputForm() const { return form; }

  OutputForm form;
  std::vector<std::string> columns;  // Keys, in the order in which they are shown; empty: as usual.
};

// The flag -o,--output, and --columns of verbs that list. Declared once, then read.
class OutputFlags {
 public:
  void Declare(CLI::App& verb, bool lists);
  OutputChoice choice() const;

 private:
  std::string form_ = "table";
  std::vector<std::string> columns_;
};

// One column. Keys are stable: they are never renamed or removed.
struct RecordColumn {
  std::string key;          // In JSON and CSV, and the title of the table.
  bool is_number = false;   // Aligned to the right.
  bool may_shrink = false;  // Gives way on a narrow terminal.
  bool in_table = true;     // Too much for a table otherwise, unless it is asked for.
  bool is_time = false;     // Shown by the reader's clock on a terminal.
};

// Records within a record.
struct NestedRecords {
  std::vector<std::string> objects;  // As RecordJson has them.
  std::vector<std::string> names;    // What they are called elsewhere.

  friend bool operator==(const NestedRecords&, const NestedRecords&) = default;
};

// One cell. Nothing: null in JSON, empty elsewhere. A list is an array in JSON, and joined by ';'
// elsewhere.
using RecordValue = std::variant<std::monostate, bool, int64_t, std::string,
                                 std::vector<std::string>, NestedRecords>;

using Record = std::vector<RecordValue>;

// Prints rows as they come, a table at the end. One thread.
class RecordPrinter {
 public:
  // Complains if a column is asked for that is not among `columns`: then nothing is printed, and
  // all below answers kUsage. `console` must outlive the printer.
  RecordPrinter(std::vector<RecordColumn> columns, OutputChoice output, Console& console);

  // `record` has a value for each of all columns. Not kOk once nobody takes the output: stop then.
  ExitCode Add(Record record);

  // After the last one. A table without rows is `empty` instead, a sentence.
  ExitCode Finish(absl::string_view empty);

 private:
  void Choose(const std::vector<std::string>& keys);
  ExitCode Flush();

  const size_t given_;  // How many values a record has.
  std::vector<RecordColumn> columns_;
  std::vector<size_t> chosen_;  // Which of them they are; empty: all.
  const OutputForm form_;
  Console& console_;
  std::string pending_;          // JSON and CSV that is not printed yet.
  std::vector<Record> records_;  // For a table.
  bool any_ = false;
  ExitCode printed_ = ExitCode::kOk;
};

// One record by itself: a line for each column, an object, or CSV with one row.
ExitCode PrintRecord(const std::vector<RecordColumn>& columns, const Record& record,
                     OutputForm form, Console& console);

// For streams: a record as a JSON object without a line feed, as a line of CSV in which nothing
// passes for a formula (spreadsheet_cell.h), and the first line of CSV.
std::string RecordJson(const std::vector<RecordColumn>& columns, const Record& record);
std::string RecordCsv(const Record& record);
std::string CsvHeader(const std::vector<RecordColumn>& columns);

}  // namespace seatwise::cli
