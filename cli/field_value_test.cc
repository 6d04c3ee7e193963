#include "cli/field_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/license.pb.h"

namespace seatwise::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor& FieldOf(const Message& message, const std::string& name) {
  return *message.GetDescriptor()->FindFieldByName(name);
}

// What a field reads as once it was set to this.
RecordValue SetAndGet(Message& message, const std::string& field, std::vector<std::string> typed) {
  const absl::Status set = SetValue(message, FieldOf(message, field), typed);
  EXPECT_TRUE(set.ok()) << set;
  return ValueOf(message, FieldOf(message, field));
}

std::string ErrorOf(Message& message, const std::string& field, const std::string& typed) {
  return std::string(SetValue(message, FieldOf(message, field), {typed}).message());
}

TEST(FieldValueTest, WhatIsTypedIsWhatIsShown) {
  v1::User user;
  EXPECT_EQ(SetAndGet(user, "display_name", {"Ana"}), RecordValue(std::string("Ana")));
  EXPECT_EQ(SetAndGet(user, "account_enabled", {"false"}), RecordValue(false));
  EXPECT_EQ(SetAndGet(user, "user_type", {"guest"}), RecordValue(std::string("Guest")));
  for (const char* time : {"2026-01-02T03:04:05.6Z", "1969-12-31T23:59:59.999999Z",
                           "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}) {
    EXPECT_EQ(SetAndGet(user, "created_at", {time}), RecordValue(std::string(time)));
  }
  EXPECT_EQ(SetAndGet(user, "created_at", {""}), RecordValue());
  EXPECT_EQ(SetAndGet(user, "attributes", {"b=1", "a=x=y"}),
            RecordValue(std::vector<std::string>{"a=x=y", "b=1"}));
  EXPECT_EQ(SetAndGet(user, "attributes", {""}), RecordValue(std::vector<std::string>{}));
  v1::Subscription subscription;
  EXPECT_EQ(SetAndGet(subscription, "unit_price", {"12.50"}), RecordValue(std::string("12.5")));
  EXPECT_EQ(SetAndGet(subscription, "units", {"-3"}), RecordValue(int64_t{-3}));
  v1::Sku sku;
  EXPECT_EQ(SetAndGet(sku, "overage_units", {"unlimited"}), RecordValue(std::string("unlimited")));
  EXPECT_EQ(SetAndGet(sku, "overage_units", {"7"}), RecordValue(int64_t{7}));
  EXPECT_EQ(SetAndGet(sku, "service_plan_ids", {"mail", "docs"}),
            RecordValue(std::vector<std::string>{"mail", "docs"}));
}

TEST(FieldValueTest, WhatCannotBeMeantIsExplained) {
  v1::User user;
  EXPECT_EQ(ErrorOf(user, "account_enabled", "yes"), "'yes' is not true or false");
  EXPECT_EQ(ErrorOf(user, "user_type", "Boss"), "'Boss' is not one of Member and Guest");
  EXPECT_EQ(ErrorOf(user, "attributes", "=x"), "'=x' is not of the form key=value");
  EXPECT_THAT(ErrorOf(user, "created_at", "now\x1b"), testing::StartsWith("'now\xEF\xBF\xBD' is"));
  v1::Subscription subscription;
  EXPECT_EQ(ErrorOf(subscription, "units", "1e3"), "'1e3' is not a whole number");
  EXPECT_EQ(ErrorOf(subscription, "unit_price", "free"), "'free' is not a price like 12.50");
}

TEST(FieldValueTest, EnumsAreSpelledAsInFiles) {
  EXPECT_EQ(EnumWord("ACTIVE_WITH_ERROR"), "ActiveWithError");
  EXPECT_EQ(EnumWords(*v1::EffectiveLicense::State_descriptor()),
            "Active, ActiveWithError, Disabled and Error");
  EXPECT_EQ(ParseEnumWord(*v1::ViolationCode_descriptor(), "countviolation"), v1::COUNT_VIOLATION);
  EXPECT_EQ(ParseEnumWord(*v1::ViolationCode_descriptor(), "COUNT_VIOLATION"), v1::COUNT_VIOLATION);
  EXPECT_EQ(ParseEnumWord(*v1::ViolationCode_descriptor(), "VIOLATION_CODE_UNSPECIFIED"), -1);
  EXPECT_EQ(EnumWordOf(*v1::ViolationCode_descriptor(), 0), "");
}

}  // namespace
}  // namespace seatwise::cli
