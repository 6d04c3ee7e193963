#include "service/errors.h"

#include <map>
#include <string>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

struct ErrorCase {
  absl::Status status;
  absl::StatusCode code;
  v1::ErrorReason reason;
  std::string metadata;  // "key=value" pairs with a space between.
};

std::string MetadataOf(const absl::Status& status) {
  std::string text;
  const google::rpc::ErrorInfo info = ErrorInfoOf(status);
  std::map<std::string, std::string> sorted(info.metadata().begin(), info.metadata().end());
  for (const auto& [key, value] : sorted) {
    if (!text.empty()) text += " ";
    text += key + "=" + value;
  }
  return text;
}

TEST(ErrorsTest, EachErrorHasItsCodeReasonAndMetadata) {
  using absl::StatusCode;
  const ErrorCase cases[] = {
      {NotFoundError("tenants/t/users/u"), StatusCode::kNotFound, v1::NOT_FOUND,
       "name=tenants/t/users/u"},
      {AlreadyExistsError("tenants/t"), StatusCode::kAlreadyExists, v1::ALREADY_EXISTS,
       "name=tenants/t"},
      {EtagMismatchError("tenants/t", "abc"), StatusCode::kAborted, v1::ETAG_MISMATCH,
       "etag=abc name=tenants/t"},
      {RevisionMismatchError(3, 4), StatusCode::kAborted, v1::REVISION_MISMATCH, "revision=4"},
      {RevisionNotReachedError(9, 4), StatusCode::kOutOfRange, v1::REVISION_NOT_REACHED,
       "revision=4"},
      {RevisionPrunedError(1, 3, 4), StatusCode::kOutOfRange, v1::REVISION_PRUNED,
       "oldest_revision=3 revision=4"},
      {PlanStaleError("how"), StatusCode::kAborted, v1::PLAN_STALE, ""},
      {RemovalGuardError("things", 3, 9, 10), StatusCode::kFailedPrecondition, v1::REMOVAL_GUARD,
       "present=9 removed=3"},
      {InvalidPlanTokenError(), StatusCode::kInvalidArgument, v1::INVALID_PLAN_TOKEN,
       "field=plan_token"},
      {InvalidPageTokenError(), StatusCode::kInvalidArgument, v1::INVALID_PAGE_TOKEN,
       "field=page_token"},
      {RequestIdReusedError("x"), StatusCode::kInvalidArgument, v1::REQUEST_ID_REUSED,
       "field=request_id"},
      {NotServingError("it starts"), StatusCode::kUnavailable, v1::NOT_SERVING, ""},
      {OverloadedError("too many watchers"), StatusCode::kResourceExhausted, v1::OVERLOADED, ""},
      {NotOfferedError("this"), StatusCode::kUnimplemented, v1::NOT_OFFERED, ""},
      {FieldRequiredError("name"), StatusCode::kInvalidArgument, v1::FIELD_REQUIRED, "field=name"},
      {FieldError(v1::OUT_OF_RANGE, "page_size", "is negative"), StatusCode::kInvalidArgument,
       v1::OUT_OF_RANGE, "field=page_size"},
  };
  for (const ErrorCase& c : cases) {
    SCOPED_TRACE(c.status.ToString());
    EXPECT_EQ(c.status.code(), c.code);
    EXPECT_EQ(ReasonOf(c.status), c.reason);
    EXPECT_EQ(ErrorInfoOf(c.status).domain(), "seatwise");
    EXPECT_EQ(MetadataOf(c.status), c.metadata);
    EXPECT_FALSE(c.status.message().empty());
  }
}

TEST(ErrorsTest, EveryReasonHasACodeOfItsOwnMaking) {
  const google::protobuf::EnumDescriptor& reasons = *v1::ErrorReason_descriptor();
  for (int i = 0; i < reasons.value_count(); ++i) {
    const auto reason = static_cast<v1::ErrorReason>(reasons.value(i)->number());
    const bool ours = reason == v1::SERVER_MISTAKE || reason == v1::ERROR_REASON_UNSPECIFIED;
    EXPECT_EQ(CodeOf(reason) == absl::StatusCode::kInternal, ours) << reasons.value(i)->name();
  }
}

TEST(ErrorsTest, AStatusOfALowerRoomKeepsItsCodeAndGetsAReason) {
  for (int code = 1; code <= 16; ++code) {
    const absl::Status status =
        WithReason(absl::Status(static_cast<absl::StatusCode>(code), "what happened"));
    EXPECT_EQ(static_cast<int>(status.code()), code);
    EXPECT_NE(ReasonOf(status), v1::ERROR_REASON_UNSPECIFIED) << code;
    EXPECT_EQ(status.message(), "what happened");
  }
  EXPECT_TRUE(WithReason(absl::OkStatus()).ok());
  EXPECT_EQ(ReasonOf(WithReason(PlanStaleError("how"))), v1::PLAN_STALE);
}

TEST(ErrorsTest, FieldErrorsListTheFirstTwentyAndCountTheRest) {
  FieldErrors errors;
  EXPECT_TRUE(errors.ToStatus().ok());
  for (int i = 0; i < 25; ++i) {
    errors.Add(i == 0 ? v1::MISSING_REFERENCE : v1::MALFORMED, "f" + std::to_string(i), "is bad");
  }
  errors.AddCount(75);
  const absl::Status status = errors.ToStatus();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), "f0: is bad (and 99 more)");
  const google::rpc::BadRequest listed = BadRequestOf(status);
  ASSERT_EQ(listed.field_violations_size(), 20);
  EXPECT_EQ(listed.field_violations(19).field(), "f19");
}

TEST(ErrorsTest, LongTextsAreCutBetweenCharacters) {
  std::string text = "x";
  for (int i = 0; i < 1000; ++i) text += "\xC3\xA9";
  const absl::Status status = FieldError(v1::MALFORMED, "name", text);
  const std::string cut = BadRequestOf(status).field_violations(0).description();
  EXPECT_EQ(cut.size(), 399u + 3u);
  EXPECT_EQ(cut.substr(397), "\xC3\xA9...");
}

}  // namespace
}  // namespace seatwise
