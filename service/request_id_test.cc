#include "service/request_id.h"

#include <string>

#include "gtest/gtest.h"
#include "seatwise/v1/user_service.pb.h"
#include "service/errors.h"

namespace seatwise {
namespace {

constexpr char kId[] = "0b5ad2f2-8a7c-4c1e-9a0f-6d2f3b1c4e5d";

v1::CreateUserRequest Request(const std::string& id, const std::string& name) {
  v1::CreateUserRequest request;
  request.set_request_id(id);
  request.mutable_user()->set_user_id("u");
  request.mutable_user()->set_display_name(name);
  (*request.mutable_user()->mutable_attributes())["b"] = "2";
  (*request.mutable_user()->mutable_attributes())["a"] = "1";
  return request;
}

TEST(RequestIdTest, TheSameRequestHasTheSameDigest) {
  const auto first = RequestKeyOf(Request(kId, "A")).value();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->id, kId);
  EXPECT_EQ(first->digest.size(), 32u);
  EXPECT_EQ(RequestKeyOf(Request("0B5AD2F2-8A7C-4C1E-9A0F-6D2F3B1C4E5D", "A")).value()->id, kId);
  EXPECT_EQ(RequestKeyOf(Request(kId, "A")).value()->digest, first->digest);
  EXPECT_NE(RequestKeyOf(Request(kId, "B")).value()->digest, first->digest);
  EXPECT_EQ(RequestKeyOf(Request("", "A")).value(), std::nullopt);
}

TEST(RequestIdTest, WhatIsNoUuidIsRefused) {
  for (const char* id :
       {"x", "0b5ad2f28a7c4c1e9a0f6d2f3b1c4e5d", "{0b5ad2f2-8a7c-4c1e-9a0f-6d2f3b1c4e5}",
        "0b5ad2f2-8a7c-4c1e-9a0f-6d2f3b1c4e5g", "0b5ad2f2-8a7c-4c1e-9a0f-6d2f3b1c4e5d0"}) {
    EXPECT_EQ(ReasonOf(RequestKeyOf(Request(id, "A")).status()), v1::INVALID_REQUEST_ID) << id;
  }
}

}  // namespace
}  // namespace seatwise
