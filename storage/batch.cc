#include "storage/batch.h"

#include "base/check.h"

namespace seatwise {

void Batch::Put(absl::string_view key, absl::string_view value) {
  writes_.push_back({bytes_.size(), key.size(), value.size(), false});
  bytes_.append(key.data(), key.size());
  bytes_.append(value.data(), value.size());
}

void Batch::Delete(absl::string_view key) {
  writes_.push_back({bytes_.size(), key.size(), 0, true});
  bytes_.append(key.data(), key.size());
}

void Batch::Clear() {
  bytes_.clear();
  writes_.clear();
}

Batch::Write Batch::write(size_t index) const {
  SEATWISE_DCHECK(index < writes_.size());
  const Place& place = writes_[index];
  const absl::string_view all(bytes_);
  return {all.substr(place.begin, place.key_size),
          all.substr(place.begin + place.key_size, place.value_size), place.deletion};
}

}  // namespace seatwise
