#include "service/errors.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "engine/model/quoted.h"

namespace seatwise {
namespace {

constexpr absl::string_view kErrorInfoUrl = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr absl::string_view kBadRequestUrl = "type.googleapis.com/google.rpc.BadRequest";

// No message of ours is longer; what callers put in is cut to this.
constexpr size_t kMaxProblemBytes = 400;

// At most kMaxProblemBytes of `text`, not cut within a character.
std::string Cut(absl::string_view text) {
  if (text.size() <= kMaxProblemBytes) return std::string(text);
  size_t end = kMaxProblemBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(text.substr(0, end), "...");
}

template <typename Message>
Message PayloadOf(const absl::Status& status, absl::string_view url) {
  Message message;
  const auto payload = status.GetPayload(url);
  if (payload.has_value()) message.ParseFromString(std::string(*payload));
  return message;
}

// Not the constructor of Cord that takes the string over: it is a template, and clang 19 looks for
// it under another name than gcc gave it in the system's abseil.
template <typename Message>
absl::Cord ToPayload(const Message& message) {
  return absl::Cord(absl::string_view(message.SerializeAsString()));
}

// What a status of a lower room means to callers.
v1::ErrorReason DefaultReason(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
      return v1::MALFORMED;
    case absl::StatusCode::kNotFound:
      return v1::NOT_FOUND;
    case absl::StatusCode::kAlreadyExists:
      return v1::ALREADY_EXISTS;
    case absl::StatusCode::kOutOfRange:
      return v1::REVISION_NOT_REACHED;
    case absl::StatusCode::kAborted:
      return v1::REVISION_MISMATCH;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kFailedPrecondition:  // The store has a new owner.
      return v1::WRITES_HALTED;
    case absl::StatusCode::kResourceExhausted:
      return v1::OVERLOADED;
    case absl::StatusCode::kDeadlineExceeded:
      return v1::DEADLINE_PASSED;
    case absl::StatusCode::kCancelled:
      return v1::CANCELLED_BY_CALLER;
    case absl::StatusCode::kDataLoss:
      return v1::STORED_DATA_DAMAGED;
    case absl::StatusCode::kUnauthenticated:
      return v1::CREDENTIALS_REQUIRED;
    case absl::StatusCode::kPermissionDenied:
      return v1::ACCESS_DENIED;
    case absl::StatusCode::kUnimplemented:
      return v1::NOT_OFFERED;
    default:
      return v1::SERVER_MISTAKE;
  }
}

}  // namespace

absl::StatusCode CodeOf(v1::ErrorReason reason) {
  switch (reason) {
    case v1::MALFORMED:
    case v1::OUT_OF_RANGE:
    case v1::TOO_LARGE:
    case v1::PLAN_CONFLICTS_WITH_ITSELF:
    case v1::NOTHING_REQUIRED:
    case v1::SETTINGS_REQUIRED:
    case v1::REPEATED_KEY:
    case v1::FIELD_REQUIRED:
    case v1::INVALID_RESOURCE_NAME:
    case v1::CONTRADICTION:
    case v1::INVALID_PAGE_TOKEN:
    case v1::INVALID_UPDATE_MASK:
    case v1::INVALID_REQUEST_ID:
    case v1::REQUEST_ID_REUSED:
    case v1::INVALID_PLAN_TOKEN:
      return absl::StatusCode::kInvalidArgument;
    case v1::NOT_FOUND:
      return absl::StatusCode::kNotFound;
    case v1::MISSING_REFERENCE:
    case v1::IN_USE:
    case v1::REMOVAL_GUARD:
    case v1::IMPORT_CLOSED:
      return absl::StatusCode::kFailedPrecondition;
    case v1::TOO_MANY:
    case v1::OVERLOADED:
    case v1::WATCHER_TOO_SLOW:
      return absl::StatusCode::kResourceExhausted;
    case v1::ALREADY_EXISTS:
      return absl::StatusCode::kAlreadyExists;
    case v1::ETAG_MISMATCH:
    case v1::REVISION_MISMATCH:
    case v1::PLAN_STALE:
    case v1::CHUNK_OUT_OF_ORDER:
      return absl::StatusCode::kAborted;
    case v1::REVISION_NOT_REACHED:
    case v1::REVISION_PRUNED:
      return absl::StatusCode::kOutOfRange;
    case v1::CREDENTIALS_REQUIRED:
      return absl::StatusCode::kUnauthenticated;
    case v1::ACCESS_DENIED:
      return absl::StatusCode::kPermissionDenied;
    case v1::NOT_SERVING:
    case v1::WRITES_HALTED:
      return absl::StatusCode::kUnavailable;
    case v1::STORED_DATA_DAMAGED:
      return absl::StatusCode::kDataLoss;
    case v1::DEADLINE_PASSED:
      return absl::StatusCode::kDeadlineExceeded;
    case v1::CANCELLED_BY_CALLER:
      return absl::StatusCode::kCancelled;
    case v1::NOT_OFFERED:
      return absl::StatusCode::kUnimplemented;
    default:
      return absl::StatusCode::kInternal;
  }
}

absl::Status ErrorOf(v1::ErrorReason reason, absl::string_view message,
                     const ErrorMetadata& metadata) {
  google::rpc::ErrorInfo info;
  info.set_reason(v1::ErrorReason_Name(reason));
  info.set_domain(std::string(kErrorDomain));
  for (const auto& [key, value] : metadata) {
    (*info.mutable_metadata())[std::string(key)] = Cut(value);
  }
  absl::Status status(CodeOf(reason), Cut(message));
  status.SetPayload(kErrorInfoUrl, ToPayload(info));
  return status;
}

absl::Status NotFoundError(absl::string_view name) {
  return ErrorOf(v1::NOT_FOUND, absl::StrCat(Quoted(name), " does not exist"),
                 {{"name", std::string(name)}});
}

absl::Status AlreadyExistsError(absl::string_view name) {
  return ErrorOf(v1::ALREADY_EXISTS,
                 absl::StrCat(Quoted(name), " exists already; update it instead"),
                 {{"name", std::string(name)}});
}

absl::Status EtagMismatchError(absl::string_view name, absl::string_view present_etag) {
  return ErrorOf(v1::ETAG_MISMATCH,
                 absl::StrCat(Quoted(name), " has changed since its etag was read; read it again"),
                 {{"name", std::string(name)}, {"etag", std::string(present_etag)}});
}

absl::Status RevisionMismatchError(uint64_t expected, uint64_t present) {
  return ErrorOf(v1::REVISION_MISMATCH,
                 absl::StrCat("the tenant is at revision ", present, ", not at ", expected,
                              "; look at it again, then repeat with the present revision"),
                 {{"revision", absl::StrCat(present)}});
}

absl::Status RevisionNotReachedError(uint64_t wanted, uint64_t present) {
  return ErrorOf(v1::REVISION_NOT_REACHED,
                 absl::StrCat("the tenant never had revision ", wanted, "; it is at ", present),
                 {{"revision", absl::StrCat(present)}});
}

absl::Status RevisionPrunedError(uint64_t wanted, uint64_t oldest, uint64_t present) {
  return ErrorOf(v1::REVISION_PRUNED,
                 absl::StrCat("what came after revision ", wanted, " is no longer kept, only from ",
                              oldest, " on; list, then go on from the revision listed at"),
                 {{"revision", absl::StrCat(present)}, {"oldest_revision", absl::StrCat(oldest)}});
}

absl::Status PlanStaleError(absl::string_view how, const ErrorMetadata& metadata) {
  return ErrorOf(v1::PLAN_STALE, absl::StrCat(how, "; plan again, look, apply"), metadata);
}

absl::Status RemovalGuardError(absl::string_view what, int64_t removed, int64_t present,
                               int32_t limit_percent) {
  return ErrorOf(
      v1::REMOVAL_GUARD,
      absl::StrCat("the change takes ", removed, " of ", present, " ", what, ", more than ",
                   limit_percent, " %; look at the impact, then allow more"),
      {{"removed", absl::StrCat(removed)}, {"present", absl::StrCat(present)}});
}

absl::Status InvalidPlanTokenError() {
  return ErrorOf(v1::INVALID_PLAN_TOKEN, "plan_token is not one; plan again",
                 {{"field", "plan_token"}});
}

absl::Status InvalidPageTokenError() {
  return ErrorOf(v1::INVALID_PAGE_TOKEN,
                 "page_token was not made by this server for this request; begin again without one",
                 {{"field", "page_token"}});
}

absl::Status RequestIdReusedError(absl::string_view request_id) {
  return ErrorOf(v1::REQUEST_ID_REUSED,
                 absl::StrCat("request_id ", Quoted(request_id),
                              " was used for a request that differs; use a new one"),
                 {{"field", "request_id"}});
}

absl::Status NotServingError(absl::string_view why) {
  return ErrorOf(v1::NOT_SERVING, absl::StrCat("the server is not serving: ", why, "; try again"));
}

absl::Status OverloadedError(absl::string_view what) {
  return ErrorOf(v1::OVERLOADED, absl::StrCat(what, "; wait, then try again"));
}

absl::Status NotOfferedError(absl::string_view what) {
  return ErrorOf(v1::NOT_OFFERED, absl::StrCat("this server does not offer ", what));
}

absl::Status FieldError(v1::ErrorReason reason, absl::string_view field,
                        absl::string_view problem) {
  FieldErrors errors;
  errors.Add(reason, field, problem);
  return errors.ToStatus();
}

absl::Status FieldRequiredError(absl::string_view field) {
  return FieldError(v1::FIELD_REQUIRED, field, "is required");
}

google::rpc::ErrorInfo ErrorInfoOf(const absl::Status& status) {
  return PayloadOf<google::rpc::ErrorInfo>(status, kErrorInfoUrl);
}

google::rpc::BadRequest BadRequestOf(const absl::Status& status) {
  return PayloadOf<google::rpc::BadRequest>(status, kBadRequestUrl);
}

v1::ErrorReason ReasonOf(const absl::Status& status) {
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
  v1::ErrorReason_Parse(ErrorInfoOf(status).reason(), &reason);
  return reason;
}

absl::Status WithReason(absl::Status status) {
  if (status.ok() || status.GetPayload(kErrorInfoUrl).has_value()) return status;
  absl::Status with = ErrorOf(DefaultReason(status.code()), status.message());
  // The code is what was said; the reason explains it.
  absl::Status same_code(status.code(), with.message());
  same_code.SetPayload(kErrorInfoUrl, *with.GetPayload(kErrorInfoUrl));
  return same_code;
}

void FieldErrors::Add(v1::ErrorReason reason, absl::string_view field, absl::string_view problem,
                      absl::string_view name) {
  if (empty()) {
    first_reason_ = reason;
    first_name_ = std::string(name);
  }
  if (static_cast<size_t>(listed_.field_violations_size()) >= kMaxFieldViolations) {
    ++more_;
    return;
  }
  auto& violation = *listed_.add_field_violations();
  violation.set_field(Cut(field));
  violation.set_description(Cut(problem));
}

absl::Status FieldErrors::ToStatus() const {
  if (empty()) return absl::OkStatus();
  const auto& first = listed_.field_violations(0);
  const size_t others = static_cast<size_t>(listed_.field_violations_size()) - 1 + more_;
  std::string message =
      absl::StrCat(first.field(), first.field().empty() ? "" : ": ", first.description());
  if (others > 0) absl::StrAppend(&message, " (and ", others, " more)");
  ErrorMetadata metadata;
  if (!first.field().empty()) metadata.emplace_back("field", first.field());
  if (!first_name_.empty()) metadata.emplace_back("name", first_name_);
  absl::Status status = ErrorOf(first_reason_, message, metadata);
  status.SetPayload(kBadRequestUrl, ToPayload(listed_));
  return status;
}

}  // namespace seatwise
