#include "service/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace seatwise {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

absl::StatusOr<std::variant<ServerOptions, TextAnswer>> Parse(std::vector<std::string> arguments) {
  std::vector<const char*> argv = {"seatwised"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  return ParseServerOptions(static_cast<int>(argv.size()), argv.data());
}

std::string ErrorOf(std::vector<std::string> arguments) {
  const auto parsed = Parse(std::move(arguments));
  return parsed.ok() ? "none" : std::string(parsed.status().message());
}

ServerOptions OptionsOf(std::vector<std::string> arguments) {
  const auto parsed = Parse(std::move(arguments));
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return std::get<ServerOptions>(*parsed);
}

// A config file with this content; answers its path.
std::string Config(const std::string& content) {
  const std::string path = absl::StrCat(testing::TempDir(), "/seatwised.json");
  std::ofstream(path) << content;
  return path;
}

TEST(OptionsTest, OnlyTheFolderHasToBeNamed) {
  const ServerOptions options = OptionsOf({"--data", "x"});
  EXPECT_EQ(options.data, "x");
  EXPECT_EQ(options.listen, "127.0.0.1:7480");
  EXPECT_EQ(options.http_listen, "127.0.0.1:7481");
  EXPECT_EQ(ErrorOf({}), "--data is required: the folder of the database");
}

TEST(OptionsTest, FlagsWinOverTheConfigFile) {
  const std::string path = Config(
      "{\"data\": \"from-file\",\n \"memory-mib\": 64, \"log-level\": \"warning\",\n"
      " \"http-listen\": \"\"}");
  const ServerOptions options = OptionsOf({"--config", path, "--memory-mib", "128"});
  EXPECT_EQ(options.data, "from-file");
  EXPECT_EQ(options.memory_mib, 128);
  EXPECT_EQ(options.log_level, LogLevel::kWarning);
  EXPECT_EQ(options.http_listen, "");
}

TEST(OptionsTest, MetricsAndHealthCanBeTurnedOff) {
  const std::vector<std::string> ways[] = {{"--http-listen", "off"},
                                           {"--http-listen=off"},
                                           {"--http-listen="},
                                           {"--http-listen", ""},
                                           {"--config", Config("{\"http-listen\": \"off\"}")}};
  for (std::vector<std::string> way : ways) {
    way.insert(way.begin(), {"--data", "x"});
    EXPECT_EQ(OptionsOf(way).http_listen, "") << way[2];
  }
  EXPECT_EQ(ErrorOf({"--data="}), "--data is required: the folder of the database");
}

TEST(OptionsTest, WhatIsWrongIsSaidWithItsPlace) {
  const struct {
    const char* config;
    const char* error;  // Behind the path.
  } kTable[] = {
      {"{\n \"data\": \"x\",\n \"listne\": \"y\"}",
       ":3: unknown key 'listne'; see seatwised --help"},
      {"{\"config\": \"x\"}", ":1: unknown key 'config'; see seatwised --help"},
      {"{\"help\": true}", ":1: unknown key 'help'; see seatwised --help"},
      {"{\"threads\":\n \"many\"}", ":1: --threads: Value many not in range 0 to 1024"},
      {"{\n\"threads\": -1}", ":2: --threads: Value -1 not in range 0 to 1024"},
      {"{\"data\": [\"x\"]}", ":1: 'data' has to be a text, a number or a boolean"},
      {"{\"data\": null}", ":1: 'data' has to be a text, a number or a boolean"},
      {"{\"data\": \"x\",\n\"data\": \"y\"}", ":2: key 'data' stands here again"},
      {"{\n\"data\": x}", ":2: it is no valid JSON here"},
      {"", ":1: it is no valid JSON here"},
      {"[]", ":1: it has to be one JSON object: { ... }"},
  };
  for (const auto& row : kTable) {
    const std::string path = Config(row.config);
    EXPECT_EQ(ErrorOf({"--config", path}), absl::StrCat(path, row.error)) << row.config;
  }
  EXPECT_EQ(ErrorOf({"--config", "nowhere"}), "cannot read the config file 'nowhere'");
}

TEST(OptionsTest, WrongFlagsAreRefused) {
  EXPECT_EQ(ErrorOf({"--data", "x", "--lisen", "y"}), "unknown argument '--lisen'");
  EXPECT_EQ(ErrorOf({"--data", "x", "y"}), "unknown argument 'y'");
  EXPECT_THAT(ErrorOf({"--data", "x", "--threads", "0x"}), StartsWith("--threads: "));
  EXPECT_EQ(ErrorOf({"--data", "x", "--tls-key", "y"}),
            "--tls-certificate and --tls-key belong together");
}

TEST(OptionsTest, HelpAndVersionAreText) {
  const auto help = Parse({"--help"});
  ASSERT_TRUE(help.ok());
  for (const char* flag :
       {"--data", "--listen", "--tls-certificate", "--config", "--drain-seconds"}) {
    EXPECT_THAT(std::get<TextAnswer>(*help).text, HasSubstr(flag));
  }
  const auto version = Parse({"--version"});
  ASSERT_TRUE(version.ok());
  EXPECT_THAT(std::get<TextAnswer>(*version).text, StartsWith("seatwised "));
}

}  // namespace
}  // namespace seatwise
