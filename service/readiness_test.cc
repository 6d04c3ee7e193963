#include "service/readiness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace seatwise {
namespace {

TEST(ReadinessTest, RecoveryIsNotReturnedToAndDrainingIsFinal) {
  std::vector<std::string> seen;
  Readiness readiness([&seen](ServerState state, const std::string& reason) {
    seen.push_back(absl::StrCat(ServerStateName(state), "/", reason));
  });
  EXPECT_EQ(readiness.ToString(), "recovering");
  readiness.Set(ServerState::kServing, "");
  EXPECT_TRUE(readiness.serving());
  readiness.Set(ServerState::kHalted, "fsync failed");
  readiness.Set(ServerState::kRecovering, "");
  EXPECT_EQ(readiness.ToString(), "halted: fsync failed");
  readiness.Set(ServerState::kServing, "");
  readiness.Set(ServerState::kServing, "again");
  readiness.Set(ServerState::kDraining, "SIGTERM");
  readiness.Set(ServerState::kHalted, "again");
  EXPECT_EQ(readiness.ToString(), "draining: SIGTERM");
  EXPECT_THAT(seen, testing::ElementsAre("serving/", "halted/fsync failed", "serving/",
                                         "draining/SIGTERM"));
}

}  // namespace
}  // namespace seatwise
