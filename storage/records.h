// Facts as messages (record.proto), and back. Writing takes facts as the door leaves them: nothing
// is checked. Reading answers DATA_LOSS for what no fact can be.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/location.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "storage/record.pb.h"

namespace seatwise {

// Any fact with its key, as a message and as a stored value. Users and groups read so have lost
// their numbers; the message has them.
storage::FactRecord ToRecord(const Fact& fact);
absl::StatusOr<Fact> FromRecord(const storage::FactRecord& record);
std::string EncodeFact(const Fact& fact);
absl::StatusOr<Fact> DecodeFact(absl::string_view value);

// A fact that has nothing but this key: how the journal names what was created.
Fact BareFact(const FactKey& key);

// Users and groups in two parts: what the engine reads, and what only people do.
storage::UserRecord ToUserRecord(const User& user, uint32_t number);
storage::UserNameRecord ToUserNameRecord(const User& user);
absl::StatusOr<User> FromUserRecords(const storage::UserRecord& user,
                                     const storage::UserNameRecord& name);
storage::GroupNameRecord ToGroupNameRecord(const Group& group);
Group FromGroupRecord(const storage::GroupNameRecord& name);

// What the key does not say of an assignment or observed license.
storage::AssignmentRecord ToAssignmentRecord(const Assignment& assignment);
Assignment FromAssignmentRecord(Principal principal, SkuId sku,
                                const storage::AssignmentRecord& record);
storage::ObservedRecord ToObservedRecord(const Observed& observed);
Observed FromObservedRecord(UserId user, SkuId sku, const storage::ObservedRecord& record);

// Parts that messages share.
using BytesList = google::protobuf::RepeatedPtrField<std::string>;
void AppendIds(const PlanIdSet& ids, BytesList& list);
PlanIdSet ToIds(const BytesList& list);
absl::StatusOr<Location> ToLocation(absl::string_view text);

}  // namespace seatwise
