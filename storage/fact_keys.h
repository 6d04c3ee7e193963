// The keys of facts and of their indexes (keys.h has the grammar).
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "storage/keys.h"

namespace seatwise {

// A user or group as the number that assignments name it by.
struct NumberedPrincipal {
  bool is_group = false;
  uint32_t number = 0;

  friend bool operator==(const NumberedPrincipal&, const NumberedPrincipal&) = default;
  friend auto operator<=>(const NumberedPrincipal&, const NumberedPrincipal&) = default;
};

inline std::string HeadKey() { return KeyWriter(Table::kHead).Take(); }
inline std::string UserKey(const UserId& id) {
  return KeyWriter(Table::kUser).Id(id.value()).Take();
}
inline std::string UserNameKey(uint32_t number) {
  return KeyWriter(Table::kUserName).Number32(number).Take();
}
inline std::string GroupKey(const GroupId& id) {
  return KeyWriter(Table::kGroup).Id(id.value()).Take();
}
inline std::string GroupNameKey(uint32_t number) {
  return KeyWriter(Table::kGroupName).Number32(number).Take();
}
inline std::string InnerGroupKey(uint32_t group, uint32_t inner) {
  return KeyWriter(Table::kInnerGroup).Number32(group).Number32(inner).Take();
}
inline std::string OuterGroupKey(uint32_t inner, uint32_t group) {
  return KeyWriter(Table::kOuterGroup).Number32(inner).Number32(group).Take();
}

// All assignments of a principal, and one.
inline std::string AssignmentsPrefix(NumberedPrincipal principal) {
  return KeyWriter(Table::kAssignment)
      .Byte(principal.is_group ? 1 : 0)
      .Number32(principal.number)
      .Take();
}
inline std::string AssignmentStoredKey(NumberedPrincipal principal, const SkuId& sku) {
  return KeyWriter(Table::kAssignment)
      .Byte(principal.is_group ? 1 : 0)
      .Number32(principal.number)
      .Id(sku.value())
      .Take();
}
inline std::string AssignmentOfSkuKey(const SkuId& sku, NumberedPrincipal principal) {
  return KeyWriter(Table::kAssignmentOfSku)
      .Id(sku.value())
      .Byte(principal.is_group ? 1 : 0)
      .Number32(principal.number)
      .Take();
}
inline std::string SubscriptionOfSkuKey(const SkuId& sku, const SubscriptionId& id) {
  return KeyWriter(Table::kSubscriptionOfSku).Id(sku.value()).Id(id.value()).Take();
}

// The table in which facts of a kind are looked up by key. Memberships: of users.
Table TableOf(FactKind kind);

// The key of a fact whose stored key is made of its own key alone: settings, products, users,
// groups and observed licenses, but no requirement. For a requirement: what the keys of all
// requirements begin with that have the same plan and fingerprint, one of which it may be.
std::string StoredKey(const FactKey& key);

}  // namespace seatwise
