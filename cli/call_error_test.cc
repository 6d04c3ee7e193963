#include "cli/call_error.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

namespace seatwise::cli {
namespace {

using ::testing::ElementsAre;

// As a server answers it.
absl::Status Rejected(const std::string& message,
                      const std::vector<std::pair<std::string, std::string>>& problems) {
  absl::Status status = absl::InvalidArgumentError(message);
  google::rpc::ErrorInfo info;
  info.set_reason("MISSING_REFERENCE");
  google::rpc::BadRequest request;
  for (const auto& [field, description] : problems) {
    auto& violation = *request.add_field_violations();
    violation.set_field(field);
    violation.set_description(description);
  }
  status.SetPayload("type.googleapis.com/google.rpc.ErrorInfo",
                    absl::Cord(absl::string_view(info.SerializeAsString())));
  status.SetPayload("type.googleapis.com/google.rpc.BadRequest",
                    absl::Cord(absl::string_view(request.SerializeAsString())));
  return status;
}

TEST(CallErrorTest, EachProblemIsSaidOnceWithoutWordsOfTheApi) {
  EXPECT_THAT(CallErrorLines(Rejected("changes[0].put.member.user_id: no user 'x' (and 1 more)",
                                      {{"changes[0].put.member.user_id", "no user 'x'"},
                                       {"changes[0].put.member.group_id", "no group 'g'"}})),
              ElementsAre("no user 'x' (and 1 more) [MISSING_REFERENCE]", "no group 'g'"));
}

TEST(CallErrorTest, OfSeveralChangesItIsSaidInWhich) {
  EXPECT_THAT(
      CallErrorLines(Rejected("changes[1].put.user: no id (and 1 more)",
                              {{"changes[1].put.user", "no id"}, {"changes[11]", "is empty"}})),
      ElementsAre("change 2: no id (and 1 more) [MISSING_REFERENCE]", "change 12: is empty"));
}

TEST(CallErrorTest, OtherFieldsAreNamed) {
  EXPECT_THAT(CallErrorLines(Rejected("page_size: is negative", {{"page_size", "is negative"}})),
              ElementsAre("page_size: is negative [MISSING_REFERENCE]"));
  EXPECT_THAT(CallErrorLines(Rejected("changes[x]: odd", {{"changes[x]", "odd"}})),
              ElementsAre("changes[x]: odd [MISSING_REFERENCE]"));
}

TEST(CallErrorTest, WithoutAnythingTheCodeIsSaid) {
  EXPECT_THAT(CallErrorLines(absl::UnavailableError("")), ElementsAre("UNAVAILABLE"));
  EXPECT_THAT(CallErrorLines(absl::NotFoundError("no tenant 't'")), ElementsAre("no tenant 't'"));
}

}  // namespace
}  // namespace seatwise::cli
