#include "interchange/tenant_json.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace seatwise {
namespace {

std::vector<std::string> ErrorsOf(absl::string_view json) {
  ErrorList errors;
  ParseTenantJson(json, errors);
  std::vector<std::string> texts;
  for (const RowError& error : std::move(errors).Take()) texts.push_back(error.ToString());
  return texts;
}

TenantSettings Parse(absl::string_view json) {
  ErrorList errors;
  const TenantSettings settings = ParseTenantJson(json, errors);
  EXPECT_TRUE(errors.empty()) << json;
  return settings;
}

TEST(TenantJsonTest, KeysThatAreMissingKeepTheirDefaults) {
  EXPECT_EQ(Parse("{}"), TenantSettings());
  EXPECT_EQ(Parse("\xef\xbb\xbf { } \r\n"), TenantSettings());
}

TEST(TenantJsonTest, ReadsEveryKey) {
  const TenantSettings settings = Parse(R"({"assignment_mode":"GROUP_ATOMIC","nested_groups":true,)"
                                        R"("default_usage_location":"US","retention_days":0})");
  EXPECT_EQ(settings.assignment_mode, AssignmentMode::kGroupAtomic);
  EXPECT_TRUE(settings.nested_groups);
  EXPECT_EQ(settings.default_usage_location.ToString(), "US");
  EXPECT_EQ(settings.retention_days, 0);
}

TEST(TenantJsonTest, NoDefaultLocationIsTheEmptyText) {
  EXPECT_TRUE(Parse(R"({"default_usage_location":""})").default_usage_location.empty());
}

TEST(TenantJsonTest, WhatIsWrittenReadsTheSame) {
  TenantSettings settings;
  settings.assignment_mode = AssignmentMode::kGroupAtomic;
  settings.nested_groups = true;
  settings.default_usage_location = *Location::Parse("DE");
  settings.retention_days = 90;
  EXPECT_EQ(Parse(FormatTenantJson(settings)), settings);
  EXPECT_EQ(Parse(FormatTenantJson({})), TenantSettings());
}

struct BadCase {
  const char* json;
  std::vector<std::string> errors;
};

TEST(TenantJsonTest, EachMistakeIsNamedAtItsKey) {
  const std::string mode = "'assignment_mode' must be \"SKU_INDEPENDENT\" or \"GROUP_ATOMIC\"";
  const std::string nested = "'nested_groups' must be true or false";
  const std::string location = "'default_usage_location' must be two letters A-Z, or \"\" for none";
  const std::string days = "'retention_days' must be a whole number from 0 to 36500";
  const BadCase cases[] = {
      {R"({"assignment_mode":"group_atomic"})", {"tenant.json:1:2: " + mode}},
      {R"({"assignment_mode":1})", {"tenant.json:1:2: " + mode}},
      {R"({"nested_groups":"true"})", {"tenant.json:1:2: " + nested}},
      {R"({"nested_groups":null})", {"tenant.json:1:2: " + nested}},
      {R"({"nested_groups":[true]})", {"tenant.json:1:2: " + nested}},
      {R"({"nested_groups":{"nested_groups":1}})", {"tenant.json:1:2: " + nested}},
      {R"({"default_usage_location":"us"})", {"tenant.json:1:2: " + location}},
      {R"({"default_usage_location":false})", {"tenant.json:1:2: " + location}},
      {R"({"retention_days":-1})", {"tenant.json:1:2: " + days}},
      {R"({"retention_days":36501})", {"tenant.json:1:2: " + days}},
      {R"({"retention_days":30.0})", {"tenant.json:1:2: " + days}},
      {R"({"retention_days":18446744073709551615})", {"tenant.json:1:2: " + days}},
      {"{\n  \"retention_day\": 3\n}",
       {"tenant.json:2:3: unknown key 'retention_day'; did you mean 'retention_days'?"}},
      {"{\"nested_groups\":true,\n\"nested_groups\":true}",
       {"tenant.json:2:1: key 'nested_groups' is there twice; remove one"}},
      {R"({"a\"b":1,"retention_days":"x"})",
       {"tenant.json:1:2: unknown key 'a\\\"b'; known are assignment_mode, nested_groups, "
        "default_usage_location, retention_days",
        "tenant.json:1:11: " + days}},
  };
  for (const BadCase& bad : cases) EXPECT_EQ(ErrorsOf(bad.json), bad.errors) << bad.json;
}

TEST(TenantJsonTest, WhatIsNoObjectOrNoJsonIsOneError) {
  const std::string object =
      "tenant.json:1:1: is not a JSON object; it should look like {\"nested_groups\": true}";
  for (const char* json : {"[]", "1", "\"x\"", "null", "[{\"nested_groups\":1}]"}) {
    EXPECT_EQ(ErrorsOf(json), std::vector<std::string>{object}) << json;
  }
  EXPECT_EQ(ErrorsOf("{\n\"nested_groups\" true}"),
            std::vector<std::string>{
                "tenant.json:2:20: is not JSON; last read was '\\\"nested_groups\\\" true'"});
  for (const char* json : {"", "{", "{}{}", "{\"a\":\"\xff\"}", "{'a':1}", "\xef\xbb", "nul"}) {
    EXPECT_GE(ErrorsOf(json).size(), 1u) << json;
  }
}

TEST(TenantJsonTest, DeepNestingIsNoTrouble) {
  std::string json = "{\"x\":";
  for (int i = 0; i < 100'000; ++i) json += "[";
  EXPECT_EQ(ErrorsOf(json).size(), 2u);  // The key, and the end.
}

}  // namespace
}  // namespace seatwise
