#include "cli/call_error.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "cli/text.h"
#include "google/rpc/error_details.pb.h"

namespace seatwise::cli {
namespace {

// The payload of a type; empty if there is none.
template <typename Detail>
Detail DetailOf(const absl::Status& status) {
  Detail detail;
  const auto payload =
      status.GetPayload(absl::StrCat("type.googleapis.com/", Detail::descriptor()->full_name()));
  if (payload.has_value()) detail.ParseFromString(std::string(*payload));
  return detail;
}

ExitCode CodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kNotFound:
      return ExitCode::kNotFound;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kOutOfRange:
      return ExitCode::kConflict;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return ExitCode::kUnavailable;
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return ExitCode::kDenied;
    case absl::StatusCode::kInvalidArgument:
      return ExitCode::kRejected;
    default:
      return ExitCode::kFailed;
  }
}

}  // namespace

ExitCode ReportCallError(const absl::Status& status, Console& console) {
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  const auto request = DetailOf<google::rpc::BadRequest>(status);
  std::string text = Printable(status.message());
  if (text.empty()) text = absl::StatusCodeToString(status.code());
  if (!info.reason().empty()) absl::StrAppend(&text, " [", Printable(info.reason()), "]");
  console.Complain(text);
  // A single field is in the message already.
  for (const auto& violation : request.field_violations()) {
    if (request.field_violations_size() == 1) break;
    console.Note(absl::StrCat("  ", Printable(violation.field()), ": ",
                              Printable(violation.description()), "\n"));
  }
  return CodeOf(status);
}

}  // namespace seatwise::cli
