// Appends writes of any size to one tenant, in batches that a store takes.
#pragma once

#include <cstddef>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/batch.h"
#include "storage/store.h"

namespace seatwise {

// What goes into one append when there is more to come, in bytes. One write is 4 MB at most.
inline constexpr size_t kFullBatchBytes = 4'000'000;

// Keeps the order of writes; what is written before the last Flush is appended, in several batches
// of which each may be the last that a crash leaves. One thread. Errors of Store::Append.
class Appender {
 public:
  // `store` and `owner` outlive it.
  Appender(Store& store, const Owner& owner) : store_(store), owner_(owner) {}

  absl::Status Put(absl::string_view key, absl::string_view value);
  absl::Status Delete(absl::string_view key);
  // All writes of a batch of any size.
  absl::Status AddAll(const Batch& batch);
  // Appends what is left. The ticket covers everything: zero if there was nothing.
  absl::StatusOr<Ticket> Flush();

 private:
  absl::Status FlushIfFull();

  Store& store_;
  const Owner& owner_;
  Batch batch_;
  Ticket ticket_;
};

}  // namespace seatwise
