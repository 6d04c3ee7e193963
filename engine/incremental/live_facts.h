// The facts of a whole tenant that answers depend on, in one version of many: to copy it costs
// nothing, and to change a copy costs what the change affects. ApplyChanges (apply_changes.h) is
// what changes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "base/time.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/hash_index.h"
#include "engine/incremental/live_products.h"
#include "engine/incremental/number_index.h"
#include "engine/incremental/persistent_tree.h"
#include "engine/incremental/persistent_vector.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/user_record.h"
#include "engine/model/catalog.h"
#include "engine/model/facts.h"
#include "engine/model/location.h"
#include "engine/model/numbers.h"

namespace seatwise {

// A group in a group, seen from either.
struct GroupLink {
  uint32_t group = 0;
  Time added_at;

  friend bool operator==(const GroupLink&, const GroupLink&) = default;
};

// What the engine knows of a group, but for its members. Immutable.
struct GroupRecord : RefCounted {
  GroupId id;
  std::vector<LiveAssignment> assignments;  // Ascending by SKU number.
  std::vector<GroupLink> children;          // Ascending by number.
  std::vector<GroupLink> parents;           // Ascending by number.
};

// A licensed group that the direct members of some group are members of (M1, M2).
struct LiveCarrier {
  uint32_t licensed = 0;
  // Who was added to the group at t joined `licensed` at max(t, reached_at) by this way. The
  // smallest Time for the group itself.
  Time reached_at;

  friend bool operator==(const LiveCarrier&, const LiveCarrier&) = default;
};

// The carriers of a group, ascending by number of the licensed group; at least one. Immutable.
struct CarrierList : RefCounted {
  absl::InlinedVector<LiveCarrier, 3> list;
};

// Where a SKU is assigned.
struct SkuSources {
  PersistentTree<uint32_t> groups;
  PersistentTree<uint32_t> users;  // By direct assignment.
};

// A value: copies are independent; each is read from any thread as long as none changes it. Only
// ApplyChanges changes what is in it, and LoadLiveFacts (load_live_facts.h) makes it. Users and
// groups are stored numbers (numbers.h).
struct LiveFacts {
  TenantSettings settings;
  LiveProducts products;
  NextNumbers next;
  uint32_t user_count = 0;
  uint32_t group_count = 0;

  // By number, `next` of them; nothing where nobody has the number (any more).
  PersistentVector<Ref<UserRecord>> users;
  PersistentVector<Ref<GroupRecord>> groups;
  PersistentVector<PersistentTree<uint32_t>> members;  // By group: users directly in it.
  PersistentVector<Ref<CarrierList>> carriers;         // By group; nothing if there are none.
  PersistentVector<Ref<GroupShapes>> shapes;           // By group; nothing if it is not licensed.
  PersistentVector<SkuSources> sources;                // By SKU.
  PersistentVector<Ref<ShapeList>> direct_shapes;      // By SKU, for sharing; nothing if none.

  HashIndex user_hashes;
  OrderIndex user_order;
  HashIndex group_hashes;
  OrderIndex group_order;
  SharedTextIndex addresses;  // Users by the hash of each of their addresses.

  const Catalog& catalog() const { return *products.catalog(); }

  std::optional<uint32_t> FindUser(absl::string_view id) const;
  std::optional<uint32_t> FindGroup(absl::string_view id) const;
  // Empty if nobody has the number (any more). Valid as long as this version.
  absl::string_view UserIdOf(uint32_t user) const {
    return user < users.size() && users[user] ? users[user]->id() : absl::string_view();
  }
  absl::string_view GroupIdOf(uint32_t group) const {
    return group < groups.size() && groups[group] ? groups[group]->id.value() : absl::string_view();
  }

  // The location that K1 and K2 look at; may be empty. `user` exists, here and below.
  Location LocationOf(uint32_t user) const {
    const Location own = users[user]->usage_location();
    return own.empty() ? settings.default_usage_location : own;
  }
  // K3 fails for claims of this user that want a unique address; live_addresses.h has the details.
  bool HasAddressClash(uint32_t user) const { return users[user]->address_clash(); }

  // Calls visit(number, id) in the order of the ids' bytes, from the first id that is not less than
  // `id` on, until one answers false.
  using VisitNumber = absl::FunctionRef<bool(uint32_t, absl::string_view)>;
  void ForEachUserFrom(absl::string_view id, VisitNumber visit) const;
  void ForEachGroupFrom(absl::string_view id, VisitNumber visit) const;

  // Before the end: what these facts share with `heir`, which was made from them, costs less to let
  // go of. Nothing may follow.
  void GiveTo(const LiveFacts& heir);

  // Roughly, if nothing is shared with another version.
  size_t ApproximateBytes() const;
};

}  // namespace seatwise
