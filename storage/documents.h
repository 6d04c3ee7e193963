// Whatever the rooms above keep with a tenant besides its facts: small documents by folder and
// name.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/store.h"

namespace seatwise {

struct Document {
  std::string name;
  std::string bytes;

  friend bool operator==(const Document&, const Document&) = default;
};

// The documents of one tenant, in the key space of the same owner; they do not move its revision.
// Any thread. Errors besides those that are named: as Store and Snapshot.
class Documents {
 public:
  // `store` outlives it. `owner` is that of the tenant (TenantStore::owner).
  Documents(Store& store, const Owner& owner) : store_(store), owner_(owner) {}

  // Durable on return; replaces what has the name. A document fits into a batch of the store.
  absl::Status Put(absl::string_view folder, const Document& document);

  // Durable on return; OK if there is none.
  absl::Status Delete(absl::string_view folder, absl::string_view name);

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view folder,
                                                 absl::string_view name) const;

  // At most `limit` documents whose names come after `after` (empty: all), by the names' bytes.
  absl::StatusOr<std::vector<Document>> List(absl::string_view folder, absl::string_view after,
                                             size_t limit) const;

 private:
  Store& store_;
  const Owner owner_;
};

}  // namespace seatwise
