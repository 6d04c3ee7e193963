// reliability.md, test 4, through the whole server: a sync of the log fails once. Writes end, reads
// go on, health tells of it everywhere, and a restart has everything that was acknowledged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "seatwise/v1/license_service.pb.h"
#include "seatwise/v1/tenant_service.pb.h"
#include "seatwise/v1/user_service.pb.h"
#include "service/call_for_test.h"
#include "service/http_for_test.h"
#include "service/server.h"
#include "storage/faulty_file_system.h"

namespace seatwise {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr char kRequestId[] = "c3b0f3f6-93a4-4d2f-9d2c-0d4a1c1f0e11";
constexpr int kFailedSync = 14;  // UNAVAILABLE

class HaltedTest : public testing::Test {
 protected:
  HaltedTest() {
    const std::string folder = testing::TempDir() + "/halted";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder + "/spares");
    faults_ = std::make_shared<FaultyFileSystem>(folder + "/spares");
    options_.data = folder + "/data";
    options_.listen = "";
    options_.http_listen = "127.0.0.1:0";
    Start();
  }
  ~HaltedTest() override { Stop(); }

  void Start() {
    const auto sink = [this](absl::string_view line) {
      MutexLock lock(&mutex_);
      absl::StrAppend(&log_, line, "\n");
    };
    auto server = Server::Start(options_, sink, faults_);
    SEATWISE_CHECK(server.ok()) << server.status();
    server_ = *std::move(server);
    channel_ = server_->InProcessChannel();
  }
  void Stop() {
    channel_.reset();
    server_->Stop("the test says so");
    server_.reset();
  }

  std::string log() {
    MutexLock lock(&mutex_);
    return log_;
  }

  grpc::Status CreateTenant(const std::string& id) {
    v1::CreateTenantRequest request;
    request.mutable_tenant()->set_tenant_id(id);
    v1::CreateTenantResponse response;
    return CallForTest(*channel_, "TenantService/CreateTenant", request, response);
  }
  grpc::Status CreateUser(const std::string& id, const std::string& request_id = "") {
    v1::CreateUserRequest request;
    request.set_parent("tenants/contoso");
    request.mutable_user()->set_user_id(id);
    request.set_request_id(request_id);
    return CallForTest(*channel_, "UserService/CreateUser", request, created_);
  }
  grpc::Status GetUser(const std::string& id) {
    v1::GetUserRequest request;
    request.set_name(absl::StrCat("tenants/contoso/users/", id));
    v1::GetUserResponse response;
    return CallForTest(*channel_, "UserService/GetUser", request, response);
  }
  grpc::Status GetLicenses(const std::string& id) {
    v1::GetEffectiveLicensesRequest request;
    request.set_name(absl::StrCat("tenants/contoso/users/", id));
    v1::GetEffectiveLicensesResponse response;
    return CallForTest(*channel_, "LicenseService/GetEffectiveLicenses", request, response);
  }
  grpc::Status GetTenant(const std::string& id) {
    v1::GetTenantRequest request;
    request.set_name(absl::StrCat("tenants/", id));
    v1::GetTenantResponse response;
    return CallForTest(*channel_, "TenantService/GetTenant", request, response);
  }
  std::string Http(const std::string& path) { return GetHttp(server_->http_port(), path); }

  // A sync of the log fails once, while a user is created.
  grpc::Status CreateUserWhileASyncFails(const std::string& id) {
    faults_->Fail({.operation = FaultyFileSystem::Operation::kSync,
                   .path_part = ".log",
                   .answer = rocksdb::IOStatus::IOError("EIO"),
                   .once = true});
    const grpc::Status status = CreateUser(id, kRequestId);
    EXPECT_EQ(faults_->EndFault(), 1);
    return status;
  }

  // Health is looked at once a second.
  void AwaitHealth(const std::string& wanted) {
    const Stopwatch watch;
    while (HealthOf(channel_, "") != wanted && watch.Seconds() < 30) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_EQ(HealthOf(channel_, ""), wanted);
  }

  void ExpectHalted(const grpc::Status& status, const std::string& says) {
    EXPECT_EQ(status.error_code(), kFailedSync) << status.error_message();
    EXPECT_EQ(InfoOf(status).reason(), "WRITES_HALTED");
    EXPECT_THAT(status.error_message(), HasSubstr(says));
    EXPECT_THAT(status.error_message(), HasSubstr("EIO"));
  }

  std::shared_ptr<FaultyFileSystem> faults_;
  ServerOptions options_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  v1::CreateUserResponse created_;
  Mutex mutex_;
  std::string log_ SEATWISE_GUARDED_BY(mutex_);
};

TEST_F(HaltedTest, WritesEndReadsGoOnHealthTellsAndARestartLosesNothing) {
  ASSERT_TRUE(CreateTenant("idle").ok());
  ASSERT_TRUE(CreateTenant("contoso").ok());
  Stop();
  Start();
  ASSERT_TRUE(CreateUser("ana").ok());
  AwaitHealth("SERVING");

  ExpectHalted(CreateUserWhileASyncFails("bob"), "repeat it with the same request id");
  ExpectHalted(CreateUser("cy"), "takes no writes");
  AwaitHealth("NOT_SERVING");
  EXPECT_EQ(HealthOf(channel_, "seatwise.v1.LicenseService"), "NOT_SERVING");
  EXPECT_THAT(Http("/readyz"), StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(Http("/readyz"), HasSubstr("\r\n\r\nhalted: the store is halted"));
  EXPECT_THAT(Http("/livez"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(Http("/metrics"), HasSubstr("\nseatwise_store_halted 1\n"));
  EXPECT_THAT(log(), HasSubstr("\"state\":\"halted\""));

  EXPECT_TRUE(GetUser("ana").ok());
  EXPECT_TRUE(GetLicenses("ana").ok());
  EXPECT_EQ(InfoOf(GetUser("bob")).reason(), "NOT_FOUND") << "nobody was told that it is there";
  ExpectHalted(CreateUser("cy"), "takes no writes");
  ExpectHalted(GetTenant("idle"), "is not in memory");

  Stop();
  faults_->LosePower(FaultyFileSystem::Unsynced::kTorn);
  Start();
  EXPECT_EQ(HealthOf(channel_, ""), "SERVING");
  EXPECT_THAT(Http("/readyz"), EndsWith("\r\n\r\nserving\n"));
  EXPECT_TRUE(GetTenant("idle").ok());
  EXPECT_TRUE(GetUser("ana").ok());
  EXPECT_TRUE(CreateUser("bob", kRequestId).ok());
  const std::string first = created_.SerializeAsString();
  EXPECT_TRUE(CreateUser("bob", kRequestId).ok());
  EXPECT_EQ(created_.SerializeAsString(), first);
  EXPECT_TRUE(CreateUser("cy").ok());
}

}  // namespace
}  // namespace seatwise
