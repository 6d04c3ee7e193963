// Every key has the list of its versions, each with the ticket that wrote it; a snapshot is a
// ticket. With appends 1: k=a, 2: k=b, 3: k deleted, the key holds {1,a} {2,b} {3,-}, and a
// snapshot at 2 reads b.
#include "storage/memory_store.h"

#include <map>
#include <utility>

#include "base/mutex.h"
#include "base/status_macros.h"
#include "storage/store_errors.h"

namespace seatwise {
namespace {

struct Version {
  uint64_t ticket;
  std::optional<std::string> value;  // nullopt: deleted.
};

using FullKey = std::pair<TenantNumber, std::string>;
using Versions = std::map<FullKey, std::vector<Version>>;

// What is shared with snapshots.
struct Contents {
  Mutex mutex;
  Versions versions SEATWISE_GUARDED_BY(mutex);
  uint64_t appended SEATWISE_GUARDED_BY(mutex) = 0;
};

const std::string* ValueAt(const std::vector<Version>& versions, uint64_t ticket) {
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->ticket <= ticket) return version->value ? &*version->value : nullptr;
  }
  return nullptr;
}

const std::string* Find(const Versions& versions, TenantNumber tenant, absl::string_view key,
                        uint64_t ticket) {
  const auto found = versions.find({tenant, std::string(key)});
  return found == versions.end() ? nullptr : ValueAt(found->second, ticket);
}

class MemorySnapshot final : public Snapshot {
 public:
  MemorySnapshot(std::shared_ptr<Contents> contents, uint64_t ticket)
      : contents_(std::move(contents)), ticket_(ticket) {}

  absl::StatusOr<std::optional<std::string>> Get(TenantNumber tenant,
                                                 absl::string_view key) const override {
    MutexLock lock(&contents_->mutex);
    const std::string* value = Find(contents_->versions, tenant, key, ticket_);
    if (value == nullptr) return std::optional<std::string>();
    return std::optional<std::string>(*value);
  }

  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      TenantNumber tenant, absl::Span<const absl::string_view> keys) const override {
    std::vector<std::optional<std::string>> values;
    for (const absl::string_view key : keys) {
      SEATWISE_ASSIGN_OR_RETURN(std::optional<std::string> value, Get(tenant, key));
      values.push_back(std::move(value));
    }
    return values;
  }

  absl::Status Scan(
      TenantNumber tenant, const KeyRange& range,
      absl::FunctionRef<bool(absl::string_view, absl::string_view)> visit) const override {
    std::string start(range.start);
    while (true) {
      const std::vector<KeyValue> part = Part(tenant, start, range.end);
      for (const KeyValue& entry : part) {
        if (!visit(entry.key, entry.value)) return absl::OkStatus();
      }
      if (part.size() < kPart) return absl::OkStatus();
      start = part.back().key + '\0';
    }
  }

  absl::StatusOr<std::optional<KeyValue>> SeekLast(TenantNumber tenant, absl::string_view key,
                                                   absl::string_view floor) const override {
    MutexLock lock(&contents_->mutex);
    const FullKey lowest(tenant, std::string(floor));
    auto at = contents_->versions.upper_bound({tenant, std::string(key)});
    while (at != contents_->versions.begin()) {
      --at;
      if (at->first < lowest) break;
      if (const std::string* value = ValueAt(at->second, ticket_)) {
        return std::optional<KeyValue>({at->first.second, *value});
      }
    }
    return std::optional<KeyValue>();
  }

 private:
  static constexpr size_t kPart = 256;

  // The first entries from `start` on, copied so that a visitor runs without the lock.
  std::vector<KeyValue> Part(TenantNumber tenant, const std::string& start,
                             absl::string_view end) const {
    MutexLock lock(&contents_->mutex);
    std::vector<KeyValue> part;
    auto at = contents_->versions.lower_bound({tenant, start});
    for (; at != contents_->versions.end() && part.size() < kPart; ++at) {
      if (at->first.first != tenant || (!end.empty() && at->first.second >= std::string(end))) {
        break;
      }
      const std::string* value = ValueAt(at->second, ticket_);
      if (value != nullptr) part.push_back({at->first.second, *value});
    }
    return part;
  }

  const std::shared_ptr<Contents> contents_;
  const uint64_t ticket_;
};

class MemoryStore final : public Store {
 public:
  absl::StatusOr<Owner> OpenTenant(TenantNumber tenant) override {
    if (tenant > kMaxTenant) return TenantNumberError(tenant);
    MutexLock lock(&contents_->mutex);
    return Owner{tenant, ++epochs_[tenant]};
  }

  std::shared_ptr<const Snapshot> TakeSnapshot() const override {
    MutexLock lock(&contents_->mutex);
    return std::make_shared<MemorySnapshot>(contents_, contents_->appended);
  }

  absl::StatusOr<Ticket> Append(const Owner& owner, const Batch& batch,
                                absl::Span<const Precondition> preconditions) override {
    if (batch.bytes() > kMaxBatchBytes) return BatchTooLargeError(batch);
    MutexLock lock(&contents_->mutex);
    const auto epoch = epochs_.find(owner.tenant);
    const uint64_t current = epoch == epochs_.end() ? 0 : epoch->second;
    if (current != owner.epoch || current == 0) return StaleOwnerError(owner, current);
    for (const Precondition& condition : preconditions) {
      const std::string* value =
          Find(contents_->versions, owner.tenant, condition.key, contents_->appended);
      const bool holds =
          condition.value ? value != nullptr && *value == *condition.value : value == nullptr;
      if (!holds) return PreconditionError(owner.tenant, condition);
    }
    if (!batch.empty()) Apply(owner.tenant, batch);
    return Ticket{contents_->appended};
  }

  absl::Status AwaitDurable(Ticket) override { return absl::OkStatus(); }
  absl::Status Health() const override { return absl::OkStatus(); }
  uint64_t generation() const override { return 1; }
  absl::Status Backup(const std::string&) override {
    return absl::UnimplementedError("a store in memory has no backup");
  }

 private:
  void Apply(TenantNumber tenant, const Batch& batch)
      SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(contents_->mutex) {
    const uint64_t ticket = ++contents_->appended;
    for (size_t i = 0; i < batch.size(); ++i) {
      const Batch::Write write = batch.write(i);
      std::vector<Version>& versions = contents_->versions[{tenant, std::string(write.key)}];
      if (!versions.empty() && versions.back().ticket == ticket) versions.pop_back();
      std::optional<std::string> value;
      if (!write.deletion) value.emplace(write.value);
      versions.push_back({ticket, std::move(value)});
    }
  }

  const std::shared_ptr<Contents> contents_ = std::make_shared<Contents>();
  std::map<TenantNumber, uint64_t> epochs_;  // Guarded by contents_->mutex.
};

}  // namespace

std::unique_ptr<Store> NewMemoryStore() { return std::make_unique<MemoryStore>(); }

}  // namespace seatwise
