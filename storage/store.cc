#include "storage/store.h"

#include "base/status_macros.h"

namespace seatwise {
namespace {

// Small enough that others' appends in between wait for a millisecond, not for a second.
constexpr size_t kErasedPerBatch = 2'000;

// Deletions of the first keys of the range; empty when the range is.
absl::StatusOr<Batch> FirstDeletions(const Store& store, TenantNumber tenant,
                                     const KeyRange& range) {
  Batch batch;
  SEATWISE_RETURN_IF_ERROR(
      store.TakeSnapshot()->Scan(tenant, range, [&batch](absl::string_view key, absl::string_view) {
        batch.Delete(key);
        return batch.size() < kErasedPerBatch && batch.bytes() < kMaxBatchBytes / 2;
      }));
  return batch;
}

}  // namespace

absl::StatusOr<Ticket> Store::Commit(const Owner& owner, const Batch& batch,
                                     absl::Span<const Precondition> preconditions) {
  SEATWISE_ASSIGN_OR_RETURN(const Ticket ticket, Append(owner, batch, preconditions));
  SEATWISE_RETURN_IF_ERROR(AwaitDurable(ticket));
  return ticket;
}

absl::Status EraseRange(Store& store, const Owner& owner, const KeyRange& range) {
  KeyRange rest = range;
  rest.bulk = true;
  std::string last_erased;
  Ticket ticket;
  while (true) {
    SEATWISE_ASSIGN_OR_RETURN(const Batch batch, FirstDeletions(store, owner.tenant, rest));
    if (batch.empty()) return store.AwaitDurable(ticket);
    SEATWISE_ASSIGN_OR_RETURN(ticket, store.Append(owner, batch, {}));
    // Not from the start again: each step would walk over all deletions before it.
    last_erased = std::string(batch.write(batch.size() - 1).key);
    rest.start = last_erased;
  }
}

}  // namespace seatwise
