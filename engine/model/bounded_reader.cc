#include "engine/model/bounded_reader.h"

namespace seatwise {

bool BoundedReader::Step() {
  if (steps_ == 0) {
    exhausted_ = true;
    return false;
  }
  --steps_;
  return true;
}

absl::Status BoundedReader::ForEach(const FactKey& named, Link link,
                                    absl::FunctionRef<bool(const FactKey&)> visit) {
  return facts_.ForEachDependent(named, link,
                                 [&](const FactKey& key) { return Step() && visit(key); });
}

absl::StatusOr<absl::btree_set<FactKey>> BoundedReader::All(const FactKey& named, Link link) {
  absl::btree_set<FactKey> keys;
  SEATWISE_RETURN_IF_ERROR(ForEach(named, link, [&](const FactKey& key) {
    keys.insert(key);
    return true;
  }));
  return keys;
}

absl::StatusOr<bool> BoundedReader::Any(const FactKey& named, Link link) {
  bool any = false;
  SEATWISE_RETURN_IF_ERROR(ForEach(named, link, [&](const FactKey&) {
    any = true;
    return false;
  }));
  return any;
}

}  // namespace seatwise
