#include "service/grpc_status.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "service/errors.h"

namespace seatwise {
namespace {

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

TEST(GrpcStatusTest, OkHasNoDetails) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).error_details().empty());
}

TEST(GrpcStatusTest, EveryErrorHasErrorInfo) {
  for (const absl::Status& status :
       {NotFoundError("tenants/t"), absl::DataLossError("a record is damaged"),
        absl::InternalError("oops"), FieldRequiredError("name")}) {
    const grpc::Status sent = ToGrpcStatus(status);
    EXPECT_EQ(static_cast<int>(sent.error_code()), static_cast<int>(status.code()));
    EXPECT_EQ(sent.error_message(), std::string(status.message()));
    const google::rpc::Status details = DetailsOf(sent);
    EXPECT_EQ(details.code(), static_cast<int>(status.code()));
    google::rpc::ErrorInfo info;
    ASSERT_TRUE(details.details(0).UnpackTo(&info));
    EXPECT_FALSE(info.reason().empty());
  }
}

TEST(GrpcStatusTest, TheDetailsFitFourKilobytesWhateverIsWrong) {
  FieldErrors errors;
  const std::string bad(5000, 'x');
  for (int i = 0; i < 1000; ++i) errors.Add(v1::MALFORMED, absl::StrCat("a.", i, bad), bad);
  const grpc::Status sent = ToGrpcStatus(errors.ToStatus());
  EXPECT_LE(sent.error_details().size(), kMaxStatusBytes);
  google::rpc::BadRequest violations;
  const google::rpc::Status details = DetailsOf(sent);
  ASSERT_EQ(details.details_size(), 2);
  ASSERT_TRUE(details.details(1).UnpackTo(&violations));
  EXPECT_GT(violations.field_violations_size(), 0);
}

}  // namespace
}  // namespace seatwise
