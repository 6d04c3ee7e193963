#include "storage/rocks_status.h"

#include "absl/strings/str_cat.h"

namespace seatwise {
namespace {

absl::StatusCode CodeOf(const rocksdb::Status& status) {
  if (status.IsNoSpace()) return absl::StatusCode::kResourceExhausted;
  // RocksDB looks only for files that must be there.
  if (status.IsCorruption() || status.IsPathNotFound()) return absl::StatusCode::kDataLoss;
  if (status.IsNotFound()) return absl::StatusCode::kNotFound;
  return absl::StatusCode::kUnavailable;
}

}  // namespace

absl::Status FromRocks(const rocksdb::Status& status, absl::string_view what) {
  if (status.ok()) return absl::OkStatus();
  return absl::Status(CodeOf(status), absl::StrCat(what, ": ", status.ToString()));
}

}  // namespace seatwise
