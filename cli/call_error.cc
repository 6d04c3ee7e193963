#include "cli/call_error.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
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

// The position of the change that a field of a request is in: changes[3].put.user is in 3.
std::optional<int> ChangeOf(absl::string_view field) {
  int change = 0;
  if (!absl::ConsumePrefix(&field, "changes[")) return std::nullopt;
  const size_t end = field.find(']');
  if (end == field.npos || !absl::SimpleAtoi(field.substr(0, end), &change)) return std::nullopt;
  return change;
}

// Where a problem is. A verb makes its changes itself, so how the API calls their fields says
// nothing: that is left to the description.
std::string PlaceOf(absl::string_view field, bool several) {
  const std::optional<int> change = ChangeOf(field);
  if (!change.has_value()) return field.empty() ? "" : absl::StrCat(Printable(field), ": ");
  return several ? absl::StrCat("change ", *change + 1, ": ") : "";
}

}  // namespace

std::vector<std::string> CallErrorLines(const absl::Status& status) {
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  const auto request = DetailOf<google::rpc::BadRequest>(status);
  const auto& problems = request.field_violations();
  const bool several = std::any_of(problems.begin(), problems.end(), [](const auto& problem) {
    return ChangeOf(problem.field()).value_or(0) > 0;
  });
  absl::string_view message = status.message();
  std::string first;
  // The message is the first problem, and how many there are.
  if (!problems.empty() && absl::ConsumePrefix(&message, problems[0].field())) {
    absl::ConsumePrefix(&message, ": ");
    first = PlaceOf(problems[0].field(), several);
  }
  absl::StrAppend(&first, Printable(message));
  if (first.empty()) first = absl::StatusCodeToString(status.code());
  if (!info.reason().empty()) absl::StrAppend(&first, " [", Printable(info.reason()), "]");
  std::vector<std::string> lines = {std::move(first)};
  for (int i = 1; i < problems.size(); ++i) {
    lines.push_back(
        absl::StrCat(PlaceOf(problems[i].field(), several), Printable(problems[i].description())));
  }
  return lines;
}

ExitCode ReportCallError(const absl::Status& status, Console& console) {
  const std::vector<std::string> lines = CallErrorLines(status);
  console.Complain(lines[0]);
  for (size_t i = 1; i < lines.size(); ++i) console.Note(absl::StrCat("  ", lines[i], "\n"));
  return CodeOf(status);
}

}  // namespace seatwise::cli
