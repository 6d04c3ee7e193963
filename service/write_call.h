// One call that changes a tenant: what all of them share. A handler says what the change is and
// what the answer looks like; here it becomes durable once, however often the call is repeated.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "google/protobuf/message.h"
#include "seatwise/v1/write.pb.h"
#include "service/changes_from_proto.h"
#include "service/commit.h"
#include "service/tenant.h"
#include "service/tenant_registry.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// What a call wants to be different.
struct WriteIntent {
  std::vector<InputChange> changes;
  // The fact that the answer shows, as it is afterwards.
  std::optional<Fact> shown;
};

struct WriteCall {
  // Who asks, what, and of which tenant (its id).
  std::string actor;
  std::string method;
  std::string tenant;

  // All that is wrong with the request by itself has been found before. `want` looks at what is
  // there (ChangeMaker).
  std::function<absl::StatusOr<WriteIntent>(const FactsSnapshot& facts)> want;

  // Fills the answer. After a replay whose answer was too long to be kept, `result` knows its
  // revision only, and `shown` is as it is now.
  std::function<void(const CommitResult& result, const std::optional<Fact>& shown,
                     google::protobuf::Message& response)>
      answer;
  // For such a replay: what was shown.
  std::optional<FactKey> shown_key;

  // The rest of how it is committed; actor, method, request and reply are filled in.
  CommitOptions options;
};

// Carries out a call with the fields request_id and validate_only. The error is complete, with its
// reason; nothing was stored then, except where it says that the outcome is unknown.
absl::Status RunWrite(TenantRegistry& registry, const google::protobuf::Message& request,
                      WriteCall call, google::protobuf::Message& response);

// The result that all answers have.
void FillResult(absl::string_view tenant, const CommitResult& result, v1::WriteResult& message);

// "CreateUser" for a CreateUserRequest: scopes request ids, and is what the journal says was done.
std::string MethodOf(const google::protobuf::Message& request);

}  // namespace seatwise
