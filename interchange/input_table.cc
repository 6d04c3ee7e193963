#include "interchange/input_table.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "engine/model/quoted.h"
#include "interchange/csv_slice.h"
#include "interchange/limits.h"

namespace seatwise {
namespace {

// The hashes that occur more than once. Each thread sorts those with its own remainder.
absl::flat_hash_set<uint64_t> RepeatedHashes(const std::vector<uint64_t>& hashes,
                                             Executor& executor) {
  const size_t parts = static_cast<size_t>(executor.threads());
  std::vector<std::vector<uint64_t>> repeated(parts);
  executor.Run(static_cast<int>(parts), [&](int part) {
    std::vector<uint64_t> mine;
    mine.reserve(hashes.size() / parts + 1);
    for (uint64_t hash : hashes) {
      if (hash % parts == static_cast<size_t>(part)) mine.push_back(hash);
    }
    std::sort(mine.begin(), mine.end());
    for (size_t i = 1; i < mine.size(); ++i) {
      if (mine[i] == mine[i - 1]) repeated[static_cast<size_t>(part)].push_back(mine[i]);
    }
  });
  absl::flat_hash_set<uint64_t> all;
  for (const std::vector<uint64_t>& some : repeated) all.insert(some.begin(), some.end());
  return all;
}

// "user_id 'u1' is on line 17 already; remove one of the two rows".
std::string RepeatedKey(const TableSpec& spec, const std::string& key, int64_t first_line) {
  const std::vector<absl::string_view> parts = absl::StrSplit(key, '\0');
  std::vector<std::string> named;
  named.reserve(parts.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    named.push_back(absl::StrCat(spec.columns[i].name, " ", Quoted(parts[i])));
  }
  return absl::StrCat(absl::StrJoin(named, ", "), parts.size() == 1 ? " is" : " are", " on line ",
                      first_line, " already; remove one of the two rows");
}

}  // namespace

// The rows of one slice, on their way from records to a part.
class InputTable::SliceRows final : public SliceHandler {
 public:
  SliceRows(const TableSpec& spec, const InputHeader& header, const KeyLog& keys,
            std::unique_ptr<InputPart> part)
      : keys_(keys), row_(spec, header, errors_, keys_), part_(std::move(part)) {}

  void OnRecord(const CsvRecord& record) override {
    ++rows_;
    row_.Reset(record);
    part_->Read(row_);
  }
  void OnEnd() override { part_->Finish(row_); }

  InputPart& part() { return *part_; }
  ErrorList& errors() { return errors_; }
  const KeyLog& keys() const { return keys_; }
  int64_t rows() const { return rows_; }

 private:
  ErrorList errors_;
  KeyLog keys_;
  InputRow row_;
  std::unique_ptr<InputPart> part_;
  int64_t rows_ = 0;
};

InputTable::InputTable(const TableSpec& spec, const std::string& path, const InputOptions& options)
    : spec_(spec), options_(options) {
  absl::StatusOr<InputFile> file = InputFile::Open(path);
  if (absl::IsNotFound(file.status())) return;
  if (!file.ok()) {
    AddError(0, 0, std::string(file.status().message()));
    complete_ = false;
    return;
  }
  file_ = *std::move(file);
  ReadHeader();
  if (!header_ || header_->PositionOf(0) == InputHeader::kAbsent) complete_ = false;
}

void InputTable::ReadHeader() {
  const absl::StatusOr<int64_t> begin = FindText(*file_);
  if (!begin.ok()) {
    AddError(0, 0, std::string(begin.status().message()));
    return;
  }
  if (*begin == file_->size()) {
    AddError(0, 0, "is empty; it needs a header row");
    return;
  }
  // A slice of one byte holds one record.
  SliceBuffer buffer(1, file_->size());
  const SliceEnds ends = ReadSlice(
      *file_, {.begin = *begin, .end = *begin + 1, .begins_record = true}, buffer,
      [&](const CsvRecord& record) {
        if (record.cell_count > kMaxCells) {
          AddError(1, kMaxCells + 1, absl::StrCat("there are more than ", kMaxCells, " columns"));
          return;
        }
        InputHeader header(record, spec_, errors_);
        if (header.knows_any()) header_ = std::move(header);
      });
  if (ends.stop) AddError(1, ends.stop->column, ends.stop->reason);
  first_row_ = {.offset = ends.next, .line = ends.lines + 1};
}

void InputTable::ReadParts(KeyCheck key_check, MakePart make,
                           absl::FunctionRef<void(InputPart&)> accept) {
  if (!header_) {
    CountTo(bytes());
    return;
  }
  std::vector<uint64_t> hashes;
  const KeyLog keys = {.collects = key_check == KeyCheck::kNow};
  const std::optional<CsvStop> stop = ReadSlices(keys, make, [&](SliceRows& slice, int64_t line) {
    rows_ += slice.rows();
    errors_.Append(std::move(slice.errors()), line);
    hashes.insert(hashes.end(), slice.keys().hashes.begin(), slice.keys().hashes.end());
    accept(slice.part());
  });
  if (stop) {
    AddError(stop->line, stop->column, stop->reason);
    complete_ = false;
  }
  CountTo(bytes());
  if (static_cast<size_t>(rows_) > spec_.max_rows) {
    AddError(0, 0, absl::StrCat("has ", rows_, " rows; at most ", spec_.max_rows, " are allowed"));
  }
  ReportRepeats(hashes, make);
}

void InputTable::FindRepeats(MakePart make) {
  if (!header_) return;
  std::vector<uint64_t> hashes;
  ReadSlices({.collects = true}, make, [&](SliceRows& slice, int64_t) {
    hashes.insert(hashes.end(), slice.keys().hashes.begin(), slice.keys().hashes.end());
  });
  ReportRepeats(hashes, make);
}

void InputTable::ReportRepeats(const std::vector<uint64_t>& hashes, MakePart make) {
  const absl::flat_hash_set<uint64_t> repeated = RepeatedHashes(hashes, options_.executor);
  if (repeated.empty()) return;
  // By two hashes: together they are the key.
  absl::flat_hash_map<std::pair<uint64_t, uint64_t>, int64_t> first_line;
  ReadSlices({.wanted = &repeated}, make, [&](SliceRows& slice, int64_t base) {
    for (const KeyLog::Suspect& suspect : slice.keys().suspects) {
      const int64_t line = base + suspect.line;
      const auto [it, is_new] = first_line.try_emplace(
          std::pair(absl::HashOf(suspect.key), absl::HashOf(suspect.key, 1)), line);
      if (is_new) continue;
      AddError(line, header_->PositionOf(0) + 1, RepeatedKey(spec_, suspect.key, it->second));
    }
  });
}

std::optional<CsvStop> InputTable::ReadSlices(const KeyLog& keys, MakePart make,
                                              AcceptSlice accept) {
  const auto make_slice = [&] {
    return std::make_unique<SliceRows>(spec_, *header_, keys, make());
  };
  const auto accept_slice = [&](SliceHandler& slice, int64_t line) {
    accept(static_cast<SliceRows&>(slice), line);
  };
  const auto progress = [&](int64_t offset) { CountTo(offset); };
  return ReadRecords(*file_, first_row_, options_.slice_bytes, options_.executor,
                     {.make = make_slice, .accept = accept_slice, .progress = progress});
}

// What is read again, for repeated keys, counts only once.
void InputTable::CountTo(int64_t offset) {
  if (offset <= counted_) return;
  options_.on_bytes(offset - counted_);
  counted_ = offset;
}

void InputTable::AddError(int64_t line, int column, std::string reason) {
  errors_.Add({.file = std::string(spec_.file),
               .line = line,
               .column = column,
               .reason = std::move(reason)});
}

}  // namespace seatwise
