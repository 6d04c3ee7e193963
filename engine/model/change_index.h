// What a change set says about each key.
#pragma once

#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"

namespace seatwise {

// The first word of a change set on a key.
struct NamedKey {
  size_t change = 0;     // Its place in the set.
  bool is_put = false;   // Else it is deleted,
  bool cascade = false;  // with a cascade or not.
};

// The keys of a change set; later changes that repeat a key are not in it. Immutable.
class ChangeIndex {
 public:
  explicit ChangeIndex(const ChangeSet& changes);

  // nullptr if no change names the key.
  const NamedKey* Find(const FactKey& key) const;

  // Whether the set deletes this key; with a cascade.
  bool Deletes(const FactKey& key) const;
  bool Cascades(const FactKey& key) const;

  // Whether `dependent`, which is stored, goes along with something that the set deletes, as far as
  // its key tells: with all but the SKU of a subscription.
  bool TakesAlong(const FactKey& dependent) const;

 private:
  absl::flat_hash_map<FactKey, NamedKey, FactKeyHash> named_;
};

}  // namespace seatwise
