// Resources by their kind: what code that serves all of them alike asks.
#pragma once

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "google/protobuf/message.h"
#include "service/errors.h"
#include "service/facts_from_proto.h"

namespace seatwise {

// A message of the kind as a fact. `message` has the kind's type.
InputFact FactOfKind(FactKind kind, const google::protobuf::Message& message,
                     const InputScope& scope, FieldErrors& errors);

// The fact as a resource of its kind, with name and etag.
std::unique_ptr<google::protobuf::Message> ResourceOf(absl::string_view tenant, const Fact& fact);

// Fields by name; empty, false or the default message where there is no such field.
std::string TextField(const google::protobuf::Message& message, absl::string_view field);
bool BoolField(const google::protobuf::Message& message, absl::string_view field);
const google::protobuf::Message* MessageField(const google::protobuf::Message& message,
                                              absl::string_view field);

// The field of a request or response that holds the resource: "service_plan". The first one that is
// a message of this package and not the result.
const google::protobuf::FieldDescriptor& ResourceField(const google::protobuf::Message& message);

}  // namespace seatwise
