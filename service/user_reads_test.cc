// Users are found by name, as callers see it: over gRPC, on a store in memory.
#include "service/user_reads.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "seatwise/v1/user_service.pb.h"
#include "service/api_for_test.h"
#include "service/call_for_test.h"

namespace seatwise {
namespace {

class UserReadsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    api_.runtime.NewTenant("contoso");
    for (const char* id : {"u3", "u1", "u2"}) Create(id, "Ana Silva");
    Create("ana silva", "Ana");
  }

  void Create(const std::string& id, const std::string& name) {
    v1::CreateUserRequest request;
    v1::CreateUserResponse response;
    request.set_parent("tenants/contoso");
    request.mutable_user()->set_user_id(id);
    request.mutable_user()->set_display_name(name);
    request.mutable_user()->set_user_principal_name(id + "@contoso.example");
    ASSERT_TRUE(api_.Call("UserService/CreateUser", request, response).ok());
  }

  static v1::ListUsersRequest Called(const std::string& name) {
    v1::ListUsersRequest request;
    request.set_parent("tenants/contoso");
    request.set_called(name);
    return request;
  }

  grpc::Status List(const v1::ListUsersRequest& request) {
    response_.Clear();
    return api_.Call("UserService/ListUsers", request, response_);
  }

  // The ids on all pages, one user a page.
  std::vector<std::string> Found(const std::string& name) {
    std::vector<std::string> ids;
    v1::ListUsersRequest request = Called(name);
    request.set_page_size(1);
    do {
      EXPECT_TRUE(List(request).ok());
      for (const v1::User& user : response_.users()) ids.push_back(user.user_id());
      request.set_page_token(response_.next_page_token());
    } while (!request.page_token().empty());
    return ids;
  }

  ApiForTest api_;
  v1::ListUsersResponse response_;
};

TEST_F(UserReadsTest, UsersAreListedByWhatTheyAreCalled) {
  EXPECT_EQ(Found("ANA silva"), (std::vector<std::string>{"u1", "u2", "u3"}));
  EXPECT_EQ(Found("U2@contoso.example"), std::vector<std::string>{"u2"});
  EXPECT_TRUE(Found("u2").empty());
  EXPECT_EQ(Found("").size(), 4u) << "all users";
}

TEST_F(UserReadsTest, AFoundUserIsWholeAndOfTheRevisionThatTheReplyNames) {
  ASSERT_TRUE(List(Called("ana")).ok());
  ASSERT_EQ(response_.users_size(), 1);
  EXPECT_EQ(response_.users(0).name(), "tenants/contoso/users/ana%20silva");
  EXPECT_EQ(response_.users(0).user_principal_name(), "ana silva@contoso.example");
  EXPECT_EQ(response_.revision(), 4);
}

TEST_F(UserReadsTest, APageTokenIsOfOneName) {
  v1::ListUsersRequest request = Called("Ana Silva");
  request.set_page_size(1);
  ASSERT_TRUE(List(request).ok());
  request.set_page_token(response_.next_page_token());
  request.set_called("Ana");
  EXPECT_EQ(InfoOf(List(request)).reason(), "INVALID_PAGE_TOKEN");
}

TEST_F(UserReadsTest, WhatIsTooLongForANameIsRefused) {
  EXPECT_TRUE(List(Called(std::string(65'536, 'x'))).ok());
  EXPECT_EQ(InfoOf(List(Called(std::string(65'537, 'x')))).reason(), "OUT_OF_RANGE");
}

}  // namespace
}  // namespace seatwise
