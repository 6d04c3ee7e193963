// Requests that were carried out, so that repeating one has no second effect (reliability.md,
// promise 5).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/time.h"
#include "storage/batch.h"
#include "storage/facts_snapshot.h"
#include "storage/store.h"

namespace seatwise {

// The largest reply that is kept, in bytes.
inline constexpr size_t kMaxStoredReplyBytes = 4096;

// A request as it is stored with its effect. Its scope is the tenant, the actor and the method of
// the commit.
struct StoredRequest {
  std::string request_id;
  std::string digest;  // Of what was asked: the same id with another digest is a caller's mistake.
  std::string reply;   // At most kMaxStoredReplyBytes.
  Time expires_at;     // Kept until then, at least.

  friend bool operator==(const StoredRequest&, const StoredRequest&) = default;
};

// What became of a request.
struct RequestOutcome {
  StoredRequest request;
  uint64_t revision = 0;  // The revision that it made.
};

// The request of `actor` to `method` with this id; nullopt if there is none (any more).
absl::StatusOr<std::optional<RequestOutcome>> FindRequest(const FactsSnapshot& facts,
                                                          absl::string_view actor,
                                                          absl::string_view method,
                                                          absl::string_view request_id);

// For TenantStore. Adds the writes that keep a request to the batch of its commit.
void WriteRequest(const StoredRequest& request, absl::string_view actor, absl::string_view method,
                  uint64_t revision, Batch& batch);

// The writes that forget the first `most` requests that expired before `now`; empty if there are
// none.
absl::StatusOr<Batch> ForgetExpiredRequests(const Snapshot& snapshot, TenantNumber tenant, Time now,
                                            size_t most);

}  // namespace seatwise
