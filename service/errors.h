// How the server says no: every error is an absl::Status that carries google.rpc.ErrorInfo with a
// reason of proto/seatwise/v1/errors.proto and, for bad input, google.rpc.BadRequest. They travel
// as payloads until grpc_status.h makes a gRPC status of them, 4 KiB at most.
//
// Messages are for people: what, where, what to do. Texts of callers inside are quoted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/rpc/error_details.pb.h"
#include "seatwise/v1/errors.pb.h"

namespace seatwise {

// The `domain` of every ErrorInfo.
inline constexpr absl::string_view kErrorDomain = "seatwise";

// More field violations than this are not sent.
inline constexpr size_t kMaxFieldViolations = 20;

using ErrorMetadata = std::vector<std::pair<absl::string_view, std::string>>;

// The code that goes with a reason, as errors.proto says.
absl::StatusCode CodeOf(v1::ErrorReason reason);

// An error with its reason, as all below.
absl::Status ErrorOf(v1::ErrorReason reason, absl::string_view message,
                     const ErrorMetadata& metadata = {});

// `name` is a resource name, in all three.
absl::Status NotFoundError(absl::string_view name);
absl::Status AlreadyExistsError(absl::string_view name);
absl::Status EtagMismatchError(absl::string_view name, absl::string_view present_etag);

// The tenant is at revision `present`, not at the one that the caller expects.
absl::Status RevisionMismatchError(uint64_t expected, uint64_t present);
absl::Status RevisionNotReachedError(uint64_t wanted, uint64_t present);
absl::Status RevisionPrunedError(uint64_t wanted, uint64_t oldest, uint64_t present);

// The effect of what would be committed is not the one that was planned: `how`, a sentence without
// an end. Says what to do.
absl::Status PlanStaleError(absl::string_view how, const ErrorMetadata& metadata = {});
// Strictly more than the allowed share of `present` would be taken. `what` they are: "licenses that
// are held".
absl::Status RemovalGuardError(absl::string_view what, int64_t removed, int64_t present,
                               int32_t limit_percent);
// Tokens that this server did not make for this request.
absl::Status InvalidPlanTokenError();
absl::Status InvalidPageTokenError();
// The id was used for a request that differs.
absl::Status RequestIdReusedError(absl::string_view request_id);

// The server is starting or closing.
absl::Status NotServingError(absl::string_view why);
absl::Status OverloadedError(absl::string_view what);
// The call, or an option of it, is not offered by this server.
absl::Status NotOfferedError(absl::string_view what);

// One bad field, which is its only violation. `field` is a path in the
// request ("user.usage_location"), `problem` a sentence, or the rest of one that begins with it.
absl::Status FieldError(v1::ErrorReason reason, absl::string_view field, absl::string_view problem);
absl::Status FieldRequiredError(absl::string_view field);

// The ErrorInfo of a status; its reason is empty if there is none.
google::rpc::ErrorInfo ErrorInfoOf(const absl::Status& status);
// The BadRequest of a status; empty if there is none.
google::rpc::BadRequest BadRequestOf(const absl::Status& status);
// The reason as the enum; ERROR_REASON_UNSPECIFIED if there is none.
v1::ErrorReason ReasonOf(const absl::Status& status);

// The same status if it has a reason; otherwise, one that a lower room made, the reason that its
// code stands for. A status that is OK stays so.
absl::Status WithReason(absl::Status status);

// Collects what is wrong with a request, field by field.
class FieldErrors {
 public:
  // `reason` has the code INVALID_ARGUMENT, or is that of a reference that is missing and the like.
  // `name` is the resource name of what it is about, if there is one.
  void Add(v1::ErrorReason reason, absl::string_view field, absl::string_view problem,
           absl::string_view name = {});
  void AddCount(size_t more) { more_ += more; }

  bool empty() const { return first_reason_ == v1::ERROR_REASON_UNSPECIFIED; }
  // How many were added, listed or not.
  size_t count() const { return static_cast<size_t>(listed_.field_violations_size()) + more_; }

  // OK if nothing was added. Otherwise the code and reason are those of the first error; the first
  // kMaxFieldViolations are listed and the rest is counted.
  absl::Status ToStatus() const;

 private:
  v1::ErrorReason first_reason_ = v1::ERROR_REASON_UNSPECIFIED;
  std::string first_name_;
  google::rpc::BadRequest listed_;
  size_t more_ = 0;
};

}  // namespace seatwise
