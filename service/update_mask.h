// Update masks: which fields of a resource a call changes.
#pragma once

#include "absl/status/status.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace seatwise {

// Changes the fields of `resource` that `mask` names to what `patch` has, which may be nothing;
// lists and maps as a whole. "*" means all fields; an empty mask those that are set in `patch`.
// What identifies a resource (name, its ids) and what the server writes (etag, create_time) is left
// alone, and is an error if named, as are fields that do not exist or lie within lists:
// INVALID_UPDATE_MASK, for the field "update_mask", and `resource` is as it was.
//
// Both are of the same type: a Tenant, ServicePlan, Sku, Subscription, User, Group, Member or
// Assignment.
absl::Status ApplyUpdate(const google::protobuf::FieldMask& mask,
                         const google::protobuf::Message& patch,
                         google::protobuf::Message& resource);

}  // namespace seatwise
