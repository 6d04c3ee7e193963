#include "service/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"

namespace seatwise {
namespace {

class NewYear final : public Clock {
 public:
  Time Now() const override { return Time{1'798'761'600'500'000}; }
};

class LogTest : public testing::Test {
 protected:
  NewYear clock_;
  std::vector<std::string> lines_;
  Logger log_{LogLevel::kInfo, [this](absl::string_view line) { lines_.emplace_back(line); },
              clock_};
};

TEST_F(LogTest, ALineIsOneJsonObject) {
  log_.Warning("tenant loaded", {{"tenant", "contoso"},
                                 {"users", 200},
                                 {"seconds", 0.5},
                                 {"cold", true},
                                 {"id", std::string("a")},
                                 {"bytes", size_t{7}}});
  EXPECT_THAT(lines_, testing::ElementsAre(
                          "{\"time\":\"2027-01-01T00:00:00.5Z\",\"level\":\"warning\",\"message\":"
                          "\"tenant loaded\",\"tenant\":\"contoso\",\"users\":200,\"seconds\":0.5,"
                          "\"cold\":true,\"id\":\"a\",\"bytes\":7}\n"));
}

TEST_F(LogTest, TextFromOutsideStaysText) {
  log_.Error("bad", {{"id", "a\"\n\x1b[31m\xff"}});
  ASSERT_EQ(lines_.size(), 1u);
  EXPECT_THAT(lines_[0], testing::HasSubstr("\"id\":\"a\\\"\\n\\u001b[31m\xEF\xBF\xBD\"}\n"));
}

TEST_F(LogTest, WhatMattersLessIsDropped) {
  log_.Debug("no");
  log_.Info("yes");
  EXPECT_EQ(lines_.size(), 1u);
  EXPECT_FALSE(log_.Takes(LogLevel::kDebug));
}

TEST_F(LogTest, LinesOfSeveralThreadsDoNotMix) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, i] {
      for (int n = 0; n < 100; ++n) log_.Info("line", {{"thread", i}, {"n", n}});
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(lines_.size(), 400u);
  for (const std::string& line : lines_) EXPECT_TRUE(absl::EndsWith(line, "}\n")) << line;
}

}  // namespace
}  // namespace seatwise
