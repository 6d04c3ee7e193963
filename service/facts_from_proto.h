// Messages as facts. What cannot be said as a fact is found here, field by field; whether the fact
// is valid is for the door (engine/model/validate.h).
#pragma once

#include "absl/strings/string_view.h"
#include "base/time.h"
#include "engine/model/facts.h"
#include "seatwise/v1/assignment.pb.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/fact.pb.h"
#include "seatwise/v1/tenant.pb.h"
#include "service/errors.h"

namespace seatwise {

// Where a message stands.
struct InputScope {
  absl::string_view tenant;  // The id of the tenant that names must be of.
  absl::string_view path;    // In the request: "user", "changes[7].put".
  absl::string_view within;  // Below that: "user". Optional.
  Time absent_time;          // What a time that is left out becomes.
};

// A fact as a caller gives it.
struct InputFact {
  Fact fact;
  bool time_left_out = false;  // created_at, added_at or assigned_at was not given.
};

// Adds what is wrong to `errors`; the fact means nothing then. `name` and the ids may stand for
// each other; given both they must agree. Etags are not looked at.
InputFact FactOf(const v1::TenantSettings& message, const InputScope& scope, FieldErrors& errors);
InputFact FactOf(const v1::ServicePlan& message, const InputScope& scope, FieldErrors& errors);
InputFact FactOf(const v1::Sku& message, const InputScope& scope, FieldErrors& errors);
InputFact FactOf(const v1::PlanConflict& message, const InputScope& scope, FieldErrors& errors);
InputFact FactOf(const v1::PlanRequirement& message, const InputScope& scope, FieldErrors& errors);
InputFact FactOf(const v1::PlanProhibition& message, const InputScope& scope, FieldErrors& errors);
InputFact FactOf(const v1::Subscription& message, const InputScope& scope, FieldErrors& errors);
InputFact FactOf(const v1::User& message, const InputScope& scope, FieldErrors& errors);
InputFact FactOf(const v1::Group& message, const InputScope& scope, FieldErrors& errors);
InputFact FactOf(const v1::Member& message, const InputScope& scope, FieldErrors& errors);
InputFact FactOf(const v1::Assignment& message, const InputScope& scope, FieldErrors& errors);
InputFact FactOf(const v1::ObservedLicense& message, const InputScope& scope, FieldErrors& errors);
// Sets `within` to the field that is set.
InputFact FactOf(const v1::Fact& message, const InputScope& scope, FieldErrors& errors);

// "A time that a write leaves out stays as it is": takes it from the fact that is there now, of the
// same key.
void KeepTime(const Fact& stored, InputFact& input);

}  // namespace seatwise
