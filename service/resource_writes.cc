#include "service/resource_writes.h"

#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "base/status_macros.h"
#include "google/protobuf/field_mask.pb.h"
#include "service/errors.h"
#include "service/facts_to_proto.h"
#include "service/names.h"
#include "service/resource_messages.h"
#include "service/update_mask.h"
#include "service/write_call.h"

namespace seatwise {
namespace {

using google::protobuf::Message;

// What a new resource hangs below: the tenant, or one fact of it.
struct Parent {
  std::string tenant;
  std::optional<Principal> owner;  // The group of a member, the principal of an assignment.
};

absl::StatusOr<Parent> ParentOf(FactKind kind, const std::string& parent) {
  if (kind == FactKind::kAssignment) {
    SEATWISE_ASSIGN_OR_RETURN(PrincipalName name, ParsePrincipalName(parent, "parent"));
    return Parent{std::move(name.tenant), std::move(name.principal)};
  }
  if (kind == FactKind::kMembership) {
    SEATWISE_ASSIGN_OR_RETURN(FactName name, ParseFactName(parent, FactKind::kGroup, "parent"));
    return Parent{std::move(name.tenant), std::get<GroupId>(name.key)};
  }
  SEATWISE_ASSIGN_OR_RETURN(std::string tenant, ParseTenantName(parent, "parent"));
  return Parent{std::move(tenant), std::nullopt};
}

// The parent says what the resource may leave out.
void AddOwner(const Parent& parent, FactKind kind, Message& resource) {
  if (!parent.owner.has_value() || !TextField(resource, "name").empty()) return;
  if (kind == FactKind::kMembership) {
    auto& member = static_cast<v1::Member&>(resource);
    if (member.group_id().empty()) member.set_group_id(PrincipalIdValue(*parent.owner));
  } else if (kind == FactKind::kAssignment) {
    auto& assignment = static_cast<v1::Assignment&>(resource);
    if (assignment.principal_case() != v1::Assignment::PRINCIPAL_NOT_SET) return;
    if (IsDirect(*parent.owner)) {
      assignment.set_user_id(PrincipalIdValue(*parent.owner));
    } else {
      assignment.set_group_id(PrincipalIdValue(*parent.owner));
    }
  }
}

bool IsBelow(const Parent& parent, const FactKey& key) {
  if (!parent.owner.has_value()) return true;
  if (const auto* member = std::get_if<MembershipKey>(&key)) {
    return Principal(member->group) == *parent.owner;
  }
  return std::get<AssignmentKey>(key).principal == *parent.owner;
}

void FillAnswer(const std::string& tenant, const CommitResult& result,
                const std::optional<Fact>& shown, Message& response) {
  if (shown.has_value()) {
    response.GetReflection()
        ->MutableMessage(&response, &ResourceField(response))
        ->CopyFrom(*ResourceOf(tenant, *shown));
  }
  const auto* field = response.GetDescriptor()->FindFieldByName("result");
  FillResult(
      tenant, result,
      static_cast<v1::WriteResult&>(*response.GetReflection()->MutableMessage(&response, field)));
}

WriteCall CallOf(const std::string& actor, const std::string& tenant, const Message& request,
                 const FactKey& key) {
  WriteCall call{.actor = actor, .method = MethodOf(request), .tenant = tenant};
  call.shown_key = key;
  call.answer = [tenant](const CommitResult& result, const std::optional<Fact>& shown,
                         Message& response) { FillAnswer(tenant, result, shown, response); };
  return call;
}

// A resource to be put as it is in the request.
struct Given {
  std::string tenant;
  std::string path;  // "user".
  FactKind kind;
  const Message& message;
  Time now;

  absl::StatusOr<InputFact> ToFact(const Message& resource) const {
    FieldErrors errors;
    InputFact fact = FactOfKind(
        kind, resource, {.tenant = tenant, .path = path, .within = {}, .absent_time = now}, errors);
    SEATWISE_RETURN_IF_ERROR(errors.ToStatus());
    return fact;
  }
};

WriteIntent PutIntent(InputFact fact, const std::string& path) {
  WriteIntent intent;
  intent.shown = Normalised(fact.fact);
  intent.changes.push_back(
      {.key = KeyOf(fact.fact), .change = std::move(fact), .precondition = {}, .path = path});
  return intent;
}

// The fact with the fields of an update changed.
absl::StatusOr<WriteIntent> MergeIntent(const Given& given, const Fact& stored,
                                        const google::protobuf::FieldMask& mask) {
  const std::string etag = TextField(given.message, "etag");
  const std::string present = EtagOf(stored);
  if (!etag.empty() && etag != present) {
    return EtagMismatchError(NameOf(given.tenant, KeyOf(stored)), present);
  }
  const std::unique_ptr<Message> merged = ResourceOf(given.tenant, stored);
  SEATWISE_RETURN_IF_ERROR(ApplyUpdate(mask, given.message, *merged));
  SEATWISE_ASSIGN_OR_RETURN(InputFact fact, given.ToFact(*merged));
  if (fact.time_left_out) KeepTime(stored, fact);
  WriteIntent intent = PutIntent(std::move(fact), given.path);
  if (intent.shown == stored) intent.changes.clear();
  return intent;
}

// The key of the resource of an update, by its name or ids.
absl::StatusOr<FactName> NameOfGiven(FactKind kind, const Message& resource,
                                     const std::string& path) {
  return ParseFactName(TextField(resource, "name"), kind, absl::StrCat(path, ".name"));
}

}  // namespace

absl::Status ResourceWrites::Create(const std::string& actor, FactKind kind, const Message& request,
                                    Message& response) const {
  SEATWISE_ASSIGN_OR_RETURN(const Parent parent, ParentOf(kind, TextField(request, "parent")));
  const auto& field = ResourceField(request);
  if (!request.GetReflection()->HasField(request, &field)) return FieldRequiredError(field.name());
  const std::unique_ptr<Message> resource(
      request.GetReflection()->GetMessage(request, &field).New());
  resource->CopyFrom(request.GetReflection()->GetMessage(request, &field));
  AddOwner(parent, kind, *resource);
  const Given given{.tenant = parent.tenant,
                    .path = field.name(),
                    .kind = kind,
                    .message = *resource,
                    .now = registry_.environment().clock.Now()};
  SEATWISE_ASSIGN_OR_RETURN(const InputFact fact, given.ToFact(*resource));
  const FactKey key = KeyOf(fact.fact);
  if (!IsBelow(parent, key)) {
    return FieldError(v1::CONTRADICTION, field.name(), "does not belong to the parent");
  }
  WriteCall call = CallOf(actor, parent.tenant, request, key);
  call.want = [&](const FactsSnapshot&) -> absl::StatusOr<WriteIntent> {
    WriteIntent intent = PutIntent(fact, given.path);
    intent.changes.front().precondition.set_exists(false);
    return intent;
  };
  return RunWrite(registry_, request, std::move(call), response);
}

absl::Status ResourceWrites::Update(const std::string& actor, FactKind kind, const Message& request,
                                    Message& response) const {
  const auto& field = ResourceField(request);
  const Message& resource = request.GetReflection()->GetMessage(request, &field);
  if (!request.GetReflection()->HasField(request, &field)) return FieldRequiredError(field.name());
  SEATWISE_ASSIGN_OR_RETURN(const FactName name, NameOfGiven(kind, resource, field.name()));
  const Given given{.tenant = name.tenant,
                    .path = field.name(),
                    .kind = kind,
                    .message = resource,
                    .now = registry_.environment().clock.Now()};
  const auto& mask =
      static_cast<const google::protobuf::FieldMask&>(*MessageField(request, "update_mask"));
  // What can be said without knowing what is stored.
  const std::unique_ptr<Message> probe(resource.New());
  SEATWISE_RETURN_IF_ERROR(ApplyUpdate(mask, resource, *probe));

  WriteCall call = CallOf(actor, name.tenant, request, name.key);
  call.want = [&](const FactsSnapshot& facts) -> absl::StatusOr<WriteIntent> {
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> stored, facts.Find(name.key));
    if (stored.has_value()) return MergeIntent(given, *stored, mask);
    if (!BoolField(request, "allow_missing")) return NotFoundError(NameOf(name.tenant, name.key));
    SEATWISE_ASSIGN_OR_RETURN(InputFact fact, given.ToFact(resource));
    return PutIntent(std::move(fact), given.path);
  };
  return RunWrite(registry_, request, std::move(call), response);
}

absl::Status ResourceWrites::Delete(const std::string& actor, FactKind kind, const Message& request,
                                    Message& response) const {
  SEATWISE_ASSIGN_OR_RETURN(const FactName name,
                            ParseFactName(TextField(request, "name"), kind, "name"));
  InputChange change{
      .key = name.key,
      .change = seatwise::Delete{.key = name.key, .cascade = BoolField(request, "cascade")},
      .allow_missing = BoolField(request, "allow_missing"),
      .precondition = {},
      .path = "name"};
  const std::string etag = TextField(request, "etag");
  if (!etag.empty()) change.precondition.set_etag(etag);
  WriteCall call = CallOf(actor, name.tenant, request, name.key);
  call.shown_key.reset();
  call.want = [&](const FactsSnapshot&) -> absl::StatusOr<WriteIntent> {
    return WriteIntent{.changes = {change}, .shown = std::nullopt};
  };
  return RunWrite(registry_, request, std::move(call), response);
}

}  // namespace seatwise
