// Tables are read in an order in which references always name what has been read. All of them are
// read, however many errors there are; what the columns are made from is collected only as long as
// there are none.
#include "interchange/folder_reading.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "engine/model/catalog.h"
#include "engine/model/limits.h"
#include "interchange/input_file.h"
#include "interchange/limits.h"
#include "interchange/nearest_name.h"
#include "interchange/table_spec.h"
#include "interchange/tenant_json.h"

namespace seatwise {
namespace {

// How many typing mistakes a file name may have and still be meant as one of ours.
constexpr size_t kMaxNameEdits = 2;

std::vector<absl::string_view> InputNames() {
  std::vector<absl::string_view> names = {kTenantFile};
  for (const TableSpec& table : kTables) names.push_back(table.file);
  return names;
}

}  // namespace

FolderReading::FolderReading(std::string dir, const FolderOptions& options, Executor& executor,
                             const Progress& progress)
    : dir_(std::move(dir)),
      options_(options),
      progress_(progress),
      table_options_{.executor = executor,
                     .slice_bytes = options.slice_bytes,
                     .on_bytes = [this](int64_t bytes) {
                       done_bytes_ += bytes;
                       if (progress_) progress_(done_bytes_, total_bytes_);
                     }} {}

std::optional<Columns> FolderReading::Read() {
  if (!CheckFolder()) return std::nullopt;
  ReadTenant();
  ReadCatalog();
  builder_.emplace(facts_.settings, ok() ? Catalog::Build(facts_) : Catalog());
  ReadUsers();
  ReadGroups();
  ReadMembers();
  ReadAssignments();
  ReadObserved();
  if (ok()) {
    const ColumnsBuilder::Repeats repeats = builder_->Finish(table_options_.executor);
    if (repeats.empty()) return std::move(*builder_).Take();
  }
  FindRepeatedMembers();
  SEATWISE_CHECK(!ok()) << "a repeated key has no row";
  return std::nullopt;
}

// Also adds up the sizes of the files.
bool FolderReading::CheckFolder() {
  std::error_code error;
  std::filesystem::directory_iterator it(dir_, error);
  std::vector<std::string> present;
  for (; !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
    present.push_back(it->path().filename().string());
  }
  if (error) {
    folder_errors_.Add(
        {.file = dir_, .reason = absl::StrCat("cannot be read as a folder: ", error.message())});
    return false;
  }
  std::sort(present.begin(), present.end());
  CheckFileNames(present);
  return true;
}

// A misspelled name would silently mean that there are no such facts.
void FolderReading::CheckFileNames(const std::vector<std::string>& present) {
  const std::vector<absl::string_view> inputs = InputNames();
  std::vector<absl::string_view> missing;
  for (absl::string_view name : inputs) {
    if (absl::c_binary_search(present, name)) {
      std::error_code error;
      const auto size = std::filesystem::file_size(PathOf(name), error);
      if (!error) total_bytes_ += static_cast<int64_t>(size);
    } else {
      missing.push_back(name);
    }
  }
  for (const std::string& name : present) {
    if (absl::c_linear_search(inputs, name)) continue;
    const std::optional<absl::string_view> meant = NearestName(name, missing, kMaxNameEdits);
    if (!meant) continue;
    folder_errors_.Add(
        {.file = name,
         .reason = absl::StrCat("is no file of this folder; is it meant to be ", *meant, "?")});
  }
}

void FolderReading::ReadTenant() {
  const absl::StatusOr<InputFile> file = InputFile::Open(PathOf(kTenantFile));
  if (absl::IsNotFound(file.status())) return;
  if (file.ok()) tenant_bytes_ = file->size();
  const absl::StatusOr<std::string> text =
      file.ok() ? file->ReadAll(kMaxTenantJsonBytes) : file.status();
  if (text.ok()) {
    facts_.settings = ParseTenantJson(*text, tenant_errors_);
    table_options_.on_bytes(*tenant_bytes_);
  } else {
    tenant_errors_.Add(
        {.file = std::string(kTenantFile), .reason = std::string(text.status().message())});
  }
}

InputTable& FolderReading::Open(const TableSpec& spec) {
  return tables_.emplace_back(spec, PathOf(spec.file), table_options_);
}

std::string FolderReading::PathOf(absl::string_view file) const {
  return absl::StrCat(dir_, "/", file);
}

bool FolderReading::ok() const {
  return folder_errors_.empty() && tenant_errors_.empty() &&
         absl::c_all_of(tables_, [](const InputTable& table) { return table.errors().empty(); });
}

KnownIds FolderReading::Know(const InputTable& table, const IdTable& ids, absl::string_view noun) {
  return {.ids = &ids, .complete = table.complete(), .noun = noun, .file = table.spec().file};
}

void FolderReading::Report(ReadReport& report) {
  report = ReadReport();
  report.Add(std::move(folder_errors_));
  report.Add(std::move(tenant_errors_));
  if (tenant_bytes_) {
    report.files.push_back({.file = std::string(kTenantFile), .rows = 0, .bytes = *tenant_bytes_});
  }
  for (InputTable& table : tables_) {
    report.Add(std::move(table.errors()));
    if (!table.exists()) continue;
    report.files.push_back(
        {.file = std::string(table.spec().file), .rows = table.rows(), .bytes = table.bytes()});
  }
}

}  // namespace seatwise
