// Ordered bytes, durable and in one order: what the facts of all tenants are kept in.
//
// Every tenant has its own key space; keys are compared by memcmp. A write is an Append: checked
// against its preconditions, applied atomically, visible to snapshots taken later, but not yet
// durable; its Ticket says where it stands in the one order of all appends. AwaitDurable(ticket)
// returns when everything up to that ticket would survive a loss of power; many threads may wait,
// and one sync answers all of them. So a writer appends under its own lock and waits outside it:
//
//   Ticket ticket = store.Append(owner, batch, {MustBe(kHead, Encode(r))});   // in order
//   ... unlock, let the next writer append ...
//   store.AwaitDurable(ticket);                                                // then answer
//
// A bulk load is many Appends and one AwaitDurable of the last ticket.
//
// After a restart the store holds a prefix of the order of appends that includes everything that
// AwaitDurable said OK to (reliability.md, promises 1 and 2).
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/batch.h"

namespace seatwise {

// Which tenant's key space. Numbers are given by whoever keeps the directory of tenants, and are
// never used again for another tenant.
struct TenantNumber {
  uint32_t value = 0;

  friend bool operator==(const TenantNumber&, const TenantNumber&) = default;
  friend auto operator<=>(const TenantNumber&, const TenantNumber&) = default;
  friend std::ostream& operator<<(std::ostream& out, TenantNumber tenant) {
    return out << tenant.value;
  }
};

// The key space in which the directory of tenants itself lies; opened and written as any other.
inline constexpr TenantNumber kDirectoryTenant{0};
// The largest number of a tenant; those above are the store's own.
inline constexpr TenantNumber kMaxTenant{0xFFFFFFFE};

// The right to write one tenant. Opening a tenant again raises its epoch, and from then on writes
// with the old one are refused: of two that believe to be the owner only the later one can write.
struct Owner {
  TenantNumber tenant;
  uint64_t epoch = 0;
};

// The place of an append in the order of all appends of all tenants. Grows from 1; 0 stands before
// the first. Keeps growing across restarts.
struct Ticket {
  uint64_t value = 0;

  friend bool operator==(const Ticket&, const Ticket&) = default;
  friend auto operator<=>(const Ticket&, const Ticket&) = default;
};

// What must hold of a key, before a batch is applied, in the state that all earlier appends left.
struct Precondition {
  std::string key;
  std::optional<std::string> value;  // nullopt: the key must be absent.
};

inline Precondition MustBeAbsent(absl::string_view key) { return {std::string(key), std::nullopt}; }
inline Precondition MustBe(absl::string_view key, absl::string_view value) {
  return {std::string(key), std::string(value)};
}

struct KeyValue {
  std::string key;
  std::string value;

  friend bool operator==(const KeyValue&, const KeyValue&) = default;
};

// The keys from `start` on and before `end`. An empty `end` has no upper bound within the tenant.
struct KeyRange {
  absl::string_view start;
  absl::string_view end;
  // Set it for reading very much once: leaves alone what the cache holds for others.
  bool bulk = false;
};

// All tenants as they were when the snapshot was taken, durable or not. Cheap to take, and pins
// what it reads for as long as it lives: do not keep one for hours. Must not outlive its store.
// Any thread, several at once. Every read may fail with DATA_LOSS (what lies on the disk is
// damaged) or UNAVAILABLE (it could not be read).
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  // nullopt if the key is absent.
  virtual absl::StatusOr<std::optional<std::string>> Get(TenantNumber tenant,
                                                         absl::string_view key) const = 0;

  // As Get, for many keys at once: one answer for each, in their order. Keys may repeat.
  virtual absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      TenantNumber tenant, absl::Span<const absl::string_view> keys) const = 0;

  // Visits the range in ascending order of keys, until `visit` returns false. The views are good
  // during the call only. `visit` may use the store and the snapshot.
  virtual absl::Status Scan(
      TenantNumber tenant, const KeyRange& range,
      absl::FunctionRef<bool(absl::string_view key, absl::string_view value)> visit) const = 0;

  // The last of the tenant's keys that is at most `key` and at least `floor`; nullopt if none.
  virtual absl::StatusOr<std::optional<KeyValue>> SeekLast(TenantNumber tenant,
                                                           absl::string_view key,
                                                           absl::string_view floor = {}) const = 0;
};

// Any thread, several at once, unless said otherwise.
class Store {
 public:
  virtual ~Store() = default;

  // Becomes the owner of a tenant's key space, which need not hold anything yet. Durable on return.
  // INVALID_ARGUMENT for a number above kMaxTenant; errors of Append.
  virtual absl::StatusOr<Owner> OpenTenant(TenantNumber tenant) = 0;

  // Everything appended so far; an append that ran at the same time is in it entirely or not at
  // all.
  virtual std::shared_ptr<const Snapshot> TakeSnapshot() const = 0;

  // Applies the batch to the owner's tenant if all preconditions hold; otherwise nothing happens.
  // Costs no sync. An empty batch only checks. Errors, all of which leave the store as it was:
  //   FAILED_PRECONDITION  the tenant has a newer owner: open it again
  //   ABORTED              a precondition does not hold
  //   INVALID_ARGUMENT     the batch holds more than kMaxBatchBytes
  //   RESOURCE_EXHAUSTED   the disk is full; reads go on, writes will when there is room
  //   UNAVAILABLE          the store is halted (see Health), or halts now: in that case only, the
  //                        batch may or may not be there after a restart
  virtual absl::StatusOr<Ticket> Append(const Owner& owner, const Batch& batch,
                                        absl::Span<const Precondition> preconditions) = 0;

  // Returns OK once every append up to `ticket` is durable. UNAVAILABLE or RESOURCE_EXHAUSTED if
  // that is not known: the append is visible to snapshots, and may or may not be there after a
  // restart; what depends on it must be read anew after OpenTenant.
  virtual absl::Status AwaitDurable(Ticket ticket) = 0;

  // Append and AwaitDurable.
  absl::StatusOr<Ticket> Commit(const Owner& owner, const Batch& batch,
                                absl::Span<const Precondition> preconditions);

  // OK: takes writes. RESOURCE_EXHAUSTED: the disk is full, goes on by itself when it is not.
  // UNAVAILABLE: a sync or a write failed, with what failed; writes are refused until the store is
  // opened again. Reads work in each case.
  virtual absl::Status Health() const = 0;

  // Grows with each repair that accepted a loss (docs/recovery.md). Revisions of different
  // generations cannot be compared, so what names a revision to others must name this too.
  virtual uint64_t generation() const = 0;

  // What an operator should know of how the store was opened; empty if there is nothing.
  virtual std::string StartNote() const { return ""; }

  // Adds a backup of all tenants, as of some moment during the call, to a folder of backups
  // (created if absent); writes go on meanwhile. DATA_LOSS if what should be copied is damaged.
  // One caller at a time. UNIMPLEMENTED if the store has no files.
  virtual absl::Status Backup(const std::string& folder) = 0;
};

// Deletes the keys of a range of the owner's tenant in batches, between which others write, and
// returns when that is durable. Started again after a failure it goes on with what is left.
// A reader sees it half done: make the keys unreachable first. Errors of reads and of Append.
absl::Status EraseRange(Store& store, const Owner& owner, const KeyRange& range);

}  // namespace seatwise
