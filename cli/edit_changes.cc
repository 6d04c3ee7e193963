#include "cli/edit_changes.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "cli/field_value.h"
#include "cli/product_words.h"
#include "cli/resource_calls.h"
#include "cli/resource_kind.h"
#include "cli/text.h"
#include "engine/model/fact_key.h"
#include "engine/model/ids.h"
#include "seatwise/v1/assignment_service.pb.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/tenant_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Kinds that can be named as KIND/ID.
struct Kind {
  const char* noun;
  const char* collection;
  const google::protobuf::Descriptor* resource;
};

absl::Span<const Kind> Kinds() {
  static const Kind kKinds[] = {
      {"user", "users", v1::User::descriptor()},
      {"group", "groups", v1::Group::descriptor()},
      {"sku", "skus", v1::Sku::descriptor()},
      {"service-plan", "servicePlans", v1::ServicePlan::descriptor()},
      {"subscription", "subscriptions", v1::Subscription::descriptor()},
  };
  return kKinds;
}

absl::StatusOr<Kind> KindOf(const Target& target) {
  std::vector<std::string> nouns;
  for (const Kind& kind : Kinds()) {
    if (target.kind == kind.noun) return kind;
    nouns.emplace_back(kind.noun);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("'", Printable(target.kind), "/' is none of ", Enumerated(nouns)));
}

// Fields that callers may set: not the id, nor what the server fills in.
bool IsSettable(const FieldDescriptor& field) {
  return field.name() != "name" && field.name() != "etag" && field.number() > 2;
}

// Flags and fields differ in this.
std::string FieldName(const FieldEdit& edit) {
  return absl::StrReplaceAll(edit.field, {{"-", "_"}});
}

// "units=20" on a resource or the settings. Values of lists have ';' between them.
absl::Status Set(Message& message, const FieldEdit& edit, bool all_fields) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(FieldName(edit));
  if (field == nullptr || !(all_fields || IsSettable(*field))) {
    std::vector<std::string> names;
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& known = *message.GetDescriptor()->field(i);
      if (all_fields || IsSettable(known)) names.push_back(known.name());
    }
    return absl::InvalidArgumentError(
        absl::StrCat("'", Printable(edit.field), "' cannot be set; what can: ", Enumerated(names)));
  }
  message.GetReflection()->ClearField(&message, field);
  std::vector<std::string> typed = {edit.value};
  if (field->is_repeated()) typed = absl::StrSplit(edit.value, ';');
  const absl::Status set = SetValue(message, *field, typed);
  if (set.ok()) return set;
  return absl::InvalidArgumentError(absl::StrCat(Printable(edit.field), ": ", set.message()));
}

v1::Change PutOf(const Message& resource) {
  v1::Change change;
  v1::Fact& fact = *change.mutable_put();
  for (int i = 0; i < v1::Fact::descriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *v1::Fact::descriptor()->field(i);
    if (field.message_type() != resource.GetDescriptor()) continue;
    Message& put = *fact.GetReflection()->MutableMessage(&fact, &field);
    put.CopyFrom(resource);
    for (const char* extra : {"name", "etag"}) {
      const FieldDescriptor* known = put.GetDescriptor()->FindFieldByName(extra);
      if (known != nullptr) put.GetReflection()->ClearField(&put, known);
    }
  }
  return change;
}

Principal PrincipalOf(const Target& target) {
  if (target.kind == "group") return GroupId(target.id);
  return UserId(target.id);
}

// Turns edits into changes, one after the other.
class Resolver {
 public:
  explicit Resolver(ProductWords& products)
      : client_(products.client()), tenant_(products.tenant()), products_(products) {}

  absl::Status operator()(const SetEdit& edit) {
    if (edit.target.kind == "tenant") return SetTenant(edit);
    SEATWISE_ASSIGN_OR_RETURN(const Kind kind, KindOf(edit.target));
    const ResourceKind resource_kind{.noun = kind.noun,
                                     .description = "",
                                     .collection = kind.collection,
                                     .resource = kind.resource,
                                     .example_id = "",
                                     .example_flags = "",
                                     .fields = {}};
    const ResourceCalls calls(resource_kind, client_);
    const MessagePtr request = calls.Request("Get");
    ResourceCalls::Set(*request, "name", NameOf(kind, edit.target.id));
    SEATWISE_ASSIGN_OR_RETURN(const MessagePtr response, calls.Call("Get", *request));
    Message& resource = calls.Resource(*response);
    for (const FieldEdit& typed : edit.fields) {
      SEATWISE_ASSIGN_OR_RETURN(const FieldEdit field, ByIds(typed));
      SEATWISE_RETURN_IF_ERROR(Set(resource, field, /*all_fields=*/false));
    }
    const std::string etag = resource.GetReflection()->GetString(
        resource, resource.GetDescriptor()->FindFieldByName("etag"));
    Add(PutOf(resource)).mutable_precondition()->set_etag(etag);
    return absl::OkStatus();
  }

  absl::Status operator()(const DeleteEdit& edit) {
    SEATWISE_ASSIGN_OR_RETURN(const Kind kind, KindOf(edit.target));
    v1::DeleteFact& deletion = *Add({}).mutable_delete_();
    deletion.set_name(NameOf(kind, edit.target.id));
    deletion.set_cascade(true);
    return absl::OkStatus();
  }

  absl::Status operator()(const AssignEdit& edit) {
    v1::Assignment assignment;
    SEATWISE_ASSIGN_OR_RETURN(const v1::Sku sku, products_.FindSku(edit.sku));
    assignment.set_sku_id(sku.sku_id());
    for (const std::string& plan : edit.without) {
      SEATWISE_ASSIGN_OR_RETURN(const std::string id, products_.FindPlan(plan));
      assignment.add_disabled_plan_ids(id);
    }
    for (const Target& principal : edit.to) AddAssignment(principal, assignment);
    return absl::OkStatus();
  }

  absl::Status operator()(const UnassignEdit& edit) {
    SEATWISE_ASSIGN_OR_RETURN(const v1::Sku sku, products_.FindSku(edit.sku));
    for (const Target& principal : edit.from) {
      Add({}).mutable_delete_()->set_name(AssignmentName(principal, sku.sku_id()));
    }
    return absl::OkStatus();
  }

  absl::Status operator()(const SwapEdit& edit) {
    SEATWISE_ASSIGN_OR_RETURN(const v1::Sku old_sku, products_.FindSku(edit.old_sku));
    SEATWISE_ASSIGN_OR_RETURN(const v1::Sku new_sku, products_.FindSku(edit.new_sku));
    for (const Target& principal : edit.in) {
      v1::GetAssignmentRequest request;
      request.set_name(AssignmentName(principal, old_sku.sku_id()));
      SEATWISE_ASSIGN_OR_RETURN(const auto response,
                                client_.Call<v1::GetAssignmentResponse>(
                                    "seatwise.v1.AssignmentService/GetAssignment", request));
      const v1::Assignment& was = response.assignment();
      v1::Change& deletion = Add({});
      deletion.mutable_delete_()->set_name(request.name());
      deletion.mutable_precondition()->set_etag(was.etag());
      v1::Assignment is;
      is.set_sku_id(new_sku.sku_id());
      is.set_priority(was.priority());
      for (const std::string& plan : was.disabled_plan_ids()) {
        const auto& plans = new_sku.service_plan_ids();
        if (std::find(plans.begin(), plans.end(), plan) != plans.end()) {
          is.add_disabled_plan_ids(plan);
        }
      }
      // One that is there has its own disabled plans: whose should count is not ours to say.
      AddAssignment(principal, is).mutable_precondition()->set_exists(false);
    }
    return absl::OkStatus();
  }

  absl::Status operator()(const MemberEdit& edit) {
    for (const Target& target : edit.members) {
      const Principal member = PrincipalOf(target);
      if (!edit.adds) {
        Add({}).mutable_delete_()->set_name(
            seatwise::NameOf(tenant_, MembershipKey{GroupId(edit.group), member}));
        continue;
      }
      v1::Member& put = *Add({}).mutable_put()->mutable_member();
      put.set_group_id(edit.group);
      if (target.kind == "user") {
        put.set_user_id(target.id);
      } else {
        put.set_member_group_id(target.id);
      }
    }
    return absl::OkStatus();
  }

  std::vector<v1::Change> Take() && { return std::move(changes_); }

 private:
  absl::Status SetTenant(const SetEdit& edit) {
    v1::GetTenantRequest request;
    request.set_name(TenantName(tenant_));
    SEATWISE_ASSIGN_OR_RETURN(
        const auto response,
        client_.Call<v1::GetTenantResponse>("seatwise.v1.TenantService/GetTenant", request));
    v1::TenantSettings settings = response.tenant().settings();
    for (const FieldEdit& field : edit.fields) {
      SEATWISE_RETURN_IF_ERROR(Set(settings, field, /*all_fields=*/true));
    }
    Add(PutOf(settings));
    return absl::OkStatus();
  }

  v1::Change& Add(v1::Change change) {
    changes_.push_back(std::move(change));
    return changes_.back();
  }

  v1::Change& AddAssignment(const Target& principal, const v1::Assignment& assignment) {
    v1::Change& change = Add({});
    v1::Assignment& put = *change.mutable_put()->mutable_assignment();
    put = assignment;
    if (principal.kind == "user") {
      put.set_user_id(principal.id);
    } else {
      put.set_group_id(principal.id);
    }
    return change;
  }

  // The same with the id of each product that is called by a name.
  absl::StatusOr<FieldEdit> ByIds(FieldEdit edit) {
    const std::string field = FieldName(edit);
    if (field == "sku_id") {
      SEATWISE_ASSIGN_OR_RETURN(const v1::Sku sku, products_.FindSku(edit.value));
      edit.value = sku.sku_id();
    } else if (field == "service_plan_ids" && !edit.value.empty()) {
      std::vector<std::string> ids;
      for (const std::string& word : std::vector<std::string>(absl::StrSplit(edit.value, ';'))) {
        SEATWISE_ASSIGN_OR_RETURN(ids.emplace_back(), products_.FindPlan(word));
      }
      edit.value = absl::StrJoin(ids, ";");
    }
    return edit;
  }

  std::string NameOf(const Kind& kind, const std::string& id) const {
    return ChildName(tenant_, kind.collection, id);
  }
  std::string AssignmentName(const Target& principal, const std::string& sku) const {
    return seatwise::NameOf(tenant_, AssignmentKey{PrincipalOf(principal), SkuId(sku)});
  }

  Client& client_;
  const std::string tenant_;
  ProductWords& products_;
  std::vector<v1::Change> changes_;
};

}  // namespace

absl::StatusOr<std::vector<v1::Change>> ChangesOf(absl::Span<const Edit> edits,
                                                  ProductWords& products) {
  Resolver resolver(products);
  for (const Edit& edit : edits) SEATWISE_RETURN_IF_ERROR(std::visit(resolver, edit));
  return std::move(resolver).Take();
}

}  // namespace seatwise::cli
