#include "cli/records.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/check.h"
#include "cli/spreadsheet_cell.h"
#include "cli/table.h"
#include "cli/text.h"
#include "cli/time_text.h"
#include "interchange/csv_text.h"

namespace seatwise::cli {
namespace {

constexpr size_t kFlushBytes = 1 << 16;

using Json = nlohmann::ordered_json;

Json ToJson(const RecordValue& value) {
  return std::visit(
      [](const auto& held) {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>) {
          return Json(nullptr);
        } else if constexpr (std::is_same_v<std::decay_t<decltype(held)>, NestedRecords>) {
          Json array = Json::array();
          for (const std::string& object : held.objects) array.push_back(Json::parse(object));
          return array;
        } else {
          return Json(held);
        }
      },
      value);
}

std::string ToText(const RecordValue& value) {
  struct Speller {
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(bool held) const { return held ? "true" : "false"; }
    std::string operator()(int64_t held) const { return absl::StrCat(held); }
    std::string operator()(const std::string& held) const { return held; }
    std::string operator()(const std::vector<std::string>& held) const {
      return absl::StrJoin(held, ";");
    }
    std::string operator()(const NestedRecords& held) const {
      return absl::StrJoin(held.names, ";");
    }
  };
  return std::visit(Speller(), value);
}

// As in tables: numbers in groups, times by the reader's clock, nothing that could steer a
// terminal.
std::string ToCell(const RecordColumn& column, const RecordValue& value, const Style& style) {
  const auto* text = std::get_if<std::string>(&value);
  if (column.is_time && text != nullptr) return Printable(TimeForReader(*text, style));
  if (const auto* number = std::get_if<int64_t>(&value)) return Grouped(*number);
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    return Printable(absl::StrJoin(*list, ", "));
  }
  return Printable(ToText(value));
}

// What a person calls it: "user_id" is "user id".
std::string Title(std::string key) {
  std::replace(key.begin(), key.end(), '_', ' ');
  return key;
}

std::string TableText(const std::vector<RecordColumn>& columns, const std::vector<Record>& records,
                      const Style& style) {
  std::vector<TableColumn> shown;
  for (const RecordColumn& column : columns) {
    if (!column.in_table) continue;
    shown.push_back({.title = Title(column.key),
                     .is_number = column.is_number,
                     .may_shrink = column.may_shrink});
  }
  Table table(std::move(shown));
  for (const Record& record : records) {
    std::vector<std::string> cells;
    for (size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].in_table) cells.push_back(ToCell(columns[i], record[i], style));
    }
    table.AddRow(std::move(cells));
  }
  return table.Render(style);
}

std::string Lines(const std::vector<RecordColumn>& columns, const Record& record,
                  const Style& style) {
  size_t width = 0;
  for (const RecordColumn& column : columns) width = std::max(width, column.key.size());
  std::string text;
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string cell = ToCell(columns[i], record[i], style);
    const std::string title = Title(columns[i].key);
    absl::StrAppend(&text, "  ",
                    style.Paint(Ink::kFaint, cell.empty() ? title : PadRight(title, width)),
                    cell.empty() ? "" : "  ", cell, "\n");
  }
  return text;
}

}  // namespace

void OutputFlags::Declare(CLI::App& verb, bool lists) {
  verb.add_option("-o,--output", form_, "Form of the answer: table, json or csv")
      ->check(CLI::IsMember({"table", "json", "csv"}).description(""))
      ->type_name("FORM")
      ->capture_default_str();
  if (!lists) return;
  verb.add_option("--columns", columns_, "Only these, in this order: a,b,c")
      ->type_name("KEYS")
      ->expected(1)
      ->take_all()
      ->delimiter(',');
}

OutputChoice OutputFlags::choice() const {
  const OutputForm form = form_ == "json"  ? OutputForm::kJson
                          : form_ == "csv" ? OutputForm::kCsv
                                           : OutputForm::kTable;
  return {form, columns_};
}

std::string CsvHeader(const std::vector<RecordColumn>& columns) {
  std::string text;
  for (const RecordColumn& column : columns) {
    absl::StrAppend(&text, text.empty() ? "" : ",", column.key);
  }
  return text + "\n";
}

std::string RecordCsv(const Record& record) {
  std::vector<std::string> cells;
  for (const RecordValue& value : record) cells.push_back(SpreadsheetCell(ToText(value)));
  std::string text;
  AppendRow(std::vector<absl::string_view>(cells.begin(), cells.end()), text);
  return text;
}

std::string RecordJson(const std::vector<RecordColumn>& columns, const Record& record) {
  SEATWISE_CHECK(record.size() == columns.size());
  Json object = Json::object();
  for (size_t i = 0; i < columns.size(); ++i) object[columns[i].key] = ToJson(record[i]);
  return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

RecordPrinter::RecordPrinter(std::vector<RecordColumn> columns, OutputChoice output,
                             Console& console)
    : given_(columns.size()), columns_(std::move(columns)), form_(output.form), console_(console) {
  if (!output.columns.empty()) Choose(output.columns);
  if (form_ == OutputForm::kCsv) pending_ = CsvHeader(columns_);
}

void RecordPrinter::Choose(const std::vector<std::string>& keys) {
  std::vector<RecordColumn> columns;
  for (const std::string& key : keys) {
    const auto found = std::ranges::find(columns_, key, &RecordColumn::key);
    if (found == columns_.end()) {
      std::vector<std::string> known;
      for (const RecordColumn& column : columns_) known.push_back(column.key);
      printed_ = console_.Fail(absl::StrCat("--columns: there is no column '", Printable(key),
                                            "'; there are ", Enumerated(known)),
                               ExitCode::kUsage);
      return;
    }
    const auto index = static_cast<size_t>(found - columns_.begin());
    if (std::ranges::find(chosen_, index) != chosen_.end()) continue;
    chosen_.push_back(index);
    columns.push_back(*found);
    columns.back().in_table = true;
  }
  columns_ = std::move(columns);
}

ExitCode RecordPrinter::Flush() {
  if (printed_ == ExitCode::kOk) printed_ = console_.Print(pending_);
  pending_.clear();
  return printed_;
}

ExitCode RecordPrinter::Add(Record record) {
  SEATWISE_CHECK(record.size() == given_);
  if (printed_ != ExitCode::kOk) return printed_;
  if (!chosen_.empty()) {
    Record kept;
    for (const size_t index : chosen_) kept.push_back(std::move(record[index]));
    record = std::move(kept);
  }
  if (form_ == OutputForm::kTable) {
    records_.push_back(std::move(record));
  } else if (form_ == OutputForm::kJson) {
    absl::StrAppend(&pending_, any_ ? ",\n" : "[\n", RecordJson(columns_, record));
  } else {
    absl::StrAppend(&pending_, RecordCsv(record));
  }
  any_ = true;
  return pending_.size() < kFlushBytes ? printed_ : Flush();
}

ExitCode RecordPrinter::Finish(absl::string_view empty) {
  if (form_ == OutputForm::kJson) absl::StrAppend(&pending_, any_ ? "\n]\n" : "[]\n");
  if (form_ == OutputForm::kTable) {
    pending_ = any_ ? TableText(columns_, records_, console_.out()) : absl::StrCat(empty, "\n");
  }
  return Flush();
}

ExitCode PrintRecord(const std::vector<RecordColumn>& columns, const Record& record,
                     OutputForm form, Console& console) {
  switch (form) {
    case OutputForm::kTable:
      return console.Print(Lines(columns, record, console.out()));
    case OutputForm::kJson:
      return console.Print(RecordJson(columns, record) + "\n");
    case OutputForm::kCsv:
      return console.Print(CsvHeader(columns) + RecordCsv(record));
  }
  return ExitCode::kOk;
}

}  // namespace seatwise::cli
