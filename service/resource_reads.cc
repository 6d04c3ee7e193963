#include "service/resource_reads.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/status_macros.h"
#include "service/errors.h"
#include "service/names.h"
#include "service/resource_messages.h"
#include "service/tenant_reads.h"

namespace seatwise {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

int64_t NumberField(const Message& message, absl::string_view field) {
  const auto* found = message.GetDescriptor()->FindFieldByName(std::string(field));
  return found == nullptr ? 0 : message.GetReflection()->GetInt64(message, found);
}

void SetRevision(const TenantState& state, Message& response) {
  const auto* field = response.GetDescriptor()->FindFieldByName("revision");
  response.GetReflection()->SetInt64(&response, field, static_cast<int64_t>(state.revision));
}

// The field that a list is in.
const FieldDescriptor& ListField(const Message& response) {
  const google::protobuf::Descriptor& type = *response.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->is_repeated()) return *type.field(i);
  }
  SEATWISE_CHECK(false) << type.name() << " has no list";
  return *type.field(0);
}

}  // namespace

absl::Status CheckExists(const FactsSnapshot& facts, absl::string_view tenant, const FactKey& key) {
  SEATWISE_ASSIGN_OR_RETURN(const bool exists, facts.Contains(key));
  return exists ? absl::OkStatus() : NotFoundError(NameOf(tenant, key));
}

absl::Status ResourceReads::Get(Deadline deadline, FactKind kind, const Message& request,
                                Message& response) const {
  SEATWISE_ASSIGN_OR_RETURN(const FactName name,
                            ParseFactName(TextField(request, "name"), kind, "name"));
  SEATWISE_ASSIGN_OR_RETURN(
      const TenantStatePtr state,
      ReadTenant(registry_, name.tenant, NumberField(request, "min_revision"), deadline));
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> fact, state->facts->Find(name.key));
  if (!fact.has_value()) return NotFoundError(NameOf(name.tenant, name.key));
  response.GetReflection()
      ->MutableMessage(&response, &ResourceField(response))
      ->CopyFrom(*ResourceOf(name.tenant, *fact));
  SetRevision(*state, response);
  return absl::OkStatus();
}

absl::Status ResourceReads::List(Deadline deadline, FactKind kind, const Message& request,
                                 Message& response) const {
  const std::string parent = TextField(request, "parent");
  if (kind == FactKind::kMembership) {
    SEATWISE_ASSIGN_OR_RETURN(const FactName group,
                              ParseFactName(parent, FactKind::kGroup, "parent"));
    const auto read = [&](const FactsSnapshot& facts, absl::string_view cursor,
                          size_t limit) -> absl::StatusOr<FactPage> {
      SEATWISE_RETURN_IF_ERROR(CheckExists(facts, group.tenant, group.key));
      return facts.ListMembers(std::get<GroupId>(group.key), cursor, limit);
    };
    return ListBy(deadline, group.tenant, read, request, response);
  }
  if (kind == FactKind::kAssignment) {
    SEATWISE_ASSIGN_OR_RETURN(const PrincipalName owner, ParsePrincipalName(parent, "parent"));
    const auto read = [&](const FactsSnapshot& facts, absl::string_view cursor,
                          size_t limit) -> absl::StatusOr<FactPage> {
      SEATWISE_RETURN_IF_ERROR(CheckExists(facts, owner.tenant, KeyOf(owner.principal)));
      return facts.ListAssignmentsOf(owner.principal, cursor, limit);
    };
    return ListBy(deadline, owner.tenant, read, request, response);
  }
  SEATWISE_ASSIGN_OR_RETURN(const std::string tenant, ParseTenantName(parent, "parent"));
  const auto read = [&](const FactsSnapshot& facts, absl::string_view cursor, size_t limit) {
    return facts.List(kind, cursor, limit);
  };
  return ListBy(deadline, tenant, read, request, response);
}

absl::Status ResourceReads::ListBy(Deadline deadline, const std::string& tenant, ReadPage read,
                                   const Message& request, Message& response) const {
  const std::string method = request.GetDescriptor()->name();
  SEATWISE_ASSIGN_OR_RETURN(const PagePosition position, tokens_.Open(method, request));
  const auto* size = request.GetDescriptor()->FindFieldByName("page_size");
  SEATWISE_ASSIGN_OR_RETURN(const size_t limit,
                            PageSizeOf(request.GetReflection()->GetInt32(request, size)));
  const int64_t asked = NumberField(request, "min_revision");
  if (asked < 0) return FieldError(v1::OUT_OF_RANGE, "min_revision", "is negative");
  const int64_t min_revision = std::max(asked, static_cast<int64_t>(position.revision));
  SEATWISE_ASSIGN_OR_RETURN(const TenantStatePtr state,
                            ReadTenant(registry_, tenant, min_revision, deadline));
  SEATWISE_ASSIGN_OR_RETURN(const FactPage page, read(*state->facts, position.place, limit));
  const FieldDescriptor& list = ListField(response);
  for (const Fact& fact : page.facts) {
    response.GetReflection()->AddMessage(&response, &list)->CopyFrom(*ResourceOf(tenant, fact));
  }
  SetRevision(*state, response);
  if (!page.next.empty()) {
    const auto* next = response.GetDescriptor()->FindFieldByName("next_page_token");
    response.GetReflection()->SetString(
        &response, next, tokens_.Make(method, request, {state->revision, page.next}));
  }
  return absl::OkStatus();
}

}  // namespace seatwise
