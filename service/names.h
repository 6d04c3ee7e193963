// Resource names (proto/README.md): how ids become names, and back.
//
//   tenants/contoso                                       the tenant, and its settings as a fact
//   tenants/contoso/users/ana
//   tenants/contoso/groups/staff/members/user:ana
//   tenants/contoso/groups/r%2Fd/assignments/E5           of the group 'r/d'
//   tenants/contoso/planRequirements/AUDIO;TEAMS_A;TEAMS_B
//
// In a name each byte of an id other than A-Z a-z 0-9 and -._~!$&'()*+,=:@ is spelled %XX, and an
// id that is just '-' is %2D. Readers take any byte but '/' and '%' as it is (and ';' only between
// ids), and any %XX. So a name has one spelling that we write and several that we read.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/model/fact_key.h"
#include "engine/model/ids.h"

namespace seatwise {

// An id as a segment of a name, and back: an error if an escape is broken or the id would not be
// one (CheckId). "-" is not an id but reserved.
std::string EscapeId(absl::string_view id);
absl::StatusOr<std::string> UnescapeId(absl::string_view segment);

// tenants/{tenant}.
std::string TenantName(absl::string_view tenant);
// tenants/{tenant}/{collection}/{id}, such as reconciliations and operations.
std::string ChildName(absl::string_view tenant, absl::string_view collection, absl::string_view id);
// The name of any fact; that of its settings is the tenant's.
std::string NameOf(absl::string_view tenant, const FactKey& key);
std::string NameOf(absl::string_view tenant, const Principal& principal);

// All that follows answers INVALID_RESOURCE_NAME, or FIELD_REQUIRED if the name is empty, with
// `field`, the place of the name in the request.

// tenants/{tenant}: answers the tenant's id.
absl::StatusOr<std::string> ParseTenantName(absl::string_view name, absl::string_view field);

// What ChildName puts together.
struct ChildId {
  std::string tenant;
  std::string id;
};
// `collection` is the one expected.
absl::StatusOr<ChildId> ParseChildName(absl::string_view name, absl::string_view collection,
                                       absl::string_view field);

// The name of a fact, whose key is well-formed but for the order of a conflict's plans (normalised
// here) and may name nothing that exists.
struct FactName {
  std::string tenant;
  FactKey key;

  friend bool operator==(const FactName&, const FactName&) = default;
};
// Of any kind.
absl::StatusOr<FactName> ParseFactName(absl::string_view name, absl::string_view field);
// Of one kind only.
absl::StatusOr<FactName> ParseFactName(absl::string_view name, FactKind kind,
                                       absl::string_view field);

// tenants/{tenant}/users/{user} or tenants/{tenant}/groups/{group}, as parents are.
struct PrincipalName {
  std::string tenant;
  Principal principal;
};
// Of either kind.
absl::StatusOr<PrincipalName> ParsePrincipalName(absl::string_view name, absl::string_view field);

// A user's name without a copy, for the hot call: the ids point into `name`. Null views if the name
// has any escape or another form; ask ParseFactName then. Ids are not checked.
struct UserNameView {
  absl::string_view tenant;
  absl::string_view user;
};
// In some nanoseconds.
UserNameView SplitPlainUserName(absl::string_view name);

}  // namespace seatwise
