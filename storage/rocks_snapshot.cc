#include "storage/rocks_snapshot.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/rocks_status.h"
#include "storage/store_keys.h"

namespace seatwise {
namespace {

constexpr size_t kBulkReadahead = 2 << 20;

// Of a full key, what the tenant calls its key.
absl::string_view TenantsKey(rocksdb::Slice full_key) {
  return absl::string_view(full_key.data(), full_key.size()).substr(kTenantPrefixBytes);
}

absl::string_view View(rocksdb::Slice slice) { return {slice.data(), slice.size()}; }

std::string Reading(TenantNumber tenant) {
  return absl::StrCat("reading tenant number ", tenant.value);
}

class RocksSnapshot final : public Snapshot {
 public:
  explicit RocksSnapshot(rocksdb::DB& db) : db_(db), snapshot_(db_.GetSnapshot()) {}
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;
  ~RocksSnapshot() override { db_.ReleaseSnapshot(snapshot_); }

  absl::StatusOr<std::optional<std::string>> Get(TenantNumber tenant,
                                                 absl::string_view key) const override {
    std::string value;
    const rocksdb::Status status = db_.Get(Options(), FullKey(tenant, key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    SEATWISE_RETURN_IF_ERROR(FromRocks(status, Reading(tenant)));
    return std::optional<std::string>(std::move(value));
  }

  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      TenantNumber tenant, absl::Span<const absl::string_view> keys) const override {
    std::vector<std::string> full_keys;
    full_keys.reserve(keys.size());
    for (const absl::string_view key : keys) full_keys.push_back(FullKey(tenant, key));
    const std::vector<rocksdb::Slice> slices(full_keys.begin(), full_keys.end());
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    db_.MultiGet(Options(), db_.DefaultColumnFamily(), keys.size(), slices.data(), found.data(),
                 statuses.data());
    std::vector<std::optional<std::string>> values(keys.size());
    for (size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].IsNotFound()) continue;
      SEATWISE_RETURN_IF_ERROR(FromRocks(statuses[i], Reading(tenant)));
      values[i].emplace(found[i].data(), found[i].size());
    }
    return values;
  }

  absl::Status Scan(
      TenantNumber tenant, const KeyRange& range,
      absl::FunctionRef<bool(absl::string_view, absl::string_view)> visit) const override {
    const std::string end = range.end.empty() ? FullKeyAfter(tenant) : FullKey(tenant, range.end);
    const rocksdb::Slice upper_bound(end);
    rocksdb::ReadOptions options = Options();
    options.iterate_upper_bound = &upper_bound;
    options.fill_cache = !range.bulk;
    if (range.bulk) options.readahead_size = kBulkReadahead;
    const std::unique_ptr<rocksdb::Iterator> at(db_.NewIterator(options));
    for (at->Seek(FullKey(tenant, range.start)); at->Valid(); at->Next()) {
      if (!visit(TenantsKey(at->key()), View(at->value()))) return absl::OkStatus();
    }
    return FromRocks(at->status(), Reading(tenant));
  }

  absl::StatusOr<std::optional<KeyValue>> SeekLast(TenantNumber tenant, absl::string_view key,
                                                   absl::string_view floor) const override {
    const std::string lowest = FullKey(tenant, floor);
    const rocksdb::Slice lower_bound(lowest);
    rocksdb::ReadOptions options = Options();
    options.iterate_lower_bound = &lower_bound;
    const std::unique_ptr<rocksdb::Iterator> at(db_.NewIterator(options));
    at->SeekForPrev(FullKey(tenant, key));
    SEATWISE_RETURN_IF_ERROR(FromRocks(at->status(), Reading(tenant)));
    if (!at->Valid()) return std::optional<KeyValue>();
    return std::optional<KeyValue>(
        {std::string(TenantsKey(at->key())), std::string(View(at->value()))});
  }

 private:
  rocksdb::ReadOptions Options() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    return options;
  }

  rocksdb::DB& db_;
  const rocksdb::Snapshot* const snapshot_;
};

}  // namespace

std::shared_ptr<const Snapshot> TakeRocksSnapshot(rocksdb::DB& db) {
  return std::make_shared<RocksSnapshot>(db);
}

}  // namespace seatwise
