#include "service/rpc_observer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/clock.h"
#include "service/log.h"
#include "service/metrics.h"

namespace seatwise {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What the log of a server says of one call.
std::vector<std::string> LogOf(const grpc::Status& status, LogLevel least) {
  std::vector<std::string> lines;
  const SystemClock clock;
  Logger log(least, [&](absl::string_view line) { lines.emplace_back(line); }, clock);
  Metrics metrics;
  TellOfCall("/seatwise.v1.X/Y", status, 0.5, metrics, log);
  return lines;
}

TEST(RpcObserverTest, AFaultOfTheServerIsAnError) {
  EXPECT_THAT(LogOf({grpc::StatusCode::INTERNAL, "a bug"}, LogLevel::kInfo),
              ElementsAre(AllOf(HasSubstr("\"level\":\"error\""), HasSubstr("call failed"),
                                HasSubstr("/seatwise.v1.X/Y"), HasSubstr("a bug"))));
}

TEST(RpcObserverTest, ARequestThatCannotBeReadIsAWarningThatSaysSo) {
  EXPECT_THAT(LogOf({grpc::StatusCode::INTERNAL, ""}, LogLevel::kInfo),
              ElementsAre(AllOf(HasSubstr("\"level\":\"warning\""),
                                HasSubstr("could not read the request"))));
}

TEST(RpcObserverTest, WhatAClientGotWrongIsItsOwnBusiness) {
  const grpc::Status wrong(grpc::StatusCode::INVALID_ARGUMENT, "no such user 'ana'");
  EXPECT_THAT(LogOf(wrong, LogLevel::kInfo), IsEmpty());
  const std::vector<std::string> debug = LogOf(wrong, LogLevel::kDebug);
  ASSERT_EQ(debug.size(), 1u);
  EXPECT_THAT(debug[0], HasSubstr("call answered"));
  EXPECT_EQ(debug[0].find("ana"), std::string::npos) << "content";
  EXPECT_THAT(LogOf(grpc::Status::OK, LogLevel::kInfo), IsEmpty());
}

}  // namespace
}  // namespace seatwise
