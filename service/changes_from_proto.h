// The changes of one request, as the door takes them. Two steps: what the request says, then, when
// nobody else can change the facts any more, what that means for the facts that are there.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/time.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts_view.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "seatwise/v1/fact.pb.h"
#include "service/errors.h"
#include "service/facts_from_proto.h"

namespace seatwise {

// One change as a caller gives it.
struct InputChange {
  FactKey key;  // Of the fact that it is about.
  std::variant<InputFact, Delete> change;
  bool allow_missing = false;  // Of a deletion.
  v1::Precondition precondition;
  std::string path;  // Its place in the request: "changes[7].put.user", "changes[8].delete".
};

// Reads the changes of a request for `tenant`; `path` is the field that they are in. Times that are
// left out in new facts become `now`.
std::vector<InputChange> InputChangesOf(
    const google::protobuf::RepeatedPtrField<v1::Change>& changes, absl::string_view tenant,
    absl::string_view path, Time now, FieldErrors& errors);

// What the door is asked, and for each of its changes the place in the request.
struct SettledChanges {
  ChangeSet set;
  std::vector<size_t> input;  // By change of the set: which of the inputs it is.
};

// Checks the preconditions, leaves out deletions of what is not there and may be missing, and lets
// facts keep their times. NOT_FOUND, ALREADY_EXISTS or ETAG_MISMATCH for a precondition that does
// not hold; otherwise fails only if `facts` does.
absl::StatusOr<SettledChanges> Settle(absl::Span<const InputChange> changes,
                                      absl::string_view tenant, const FactsView& facts);

}  // namespace seatwise
