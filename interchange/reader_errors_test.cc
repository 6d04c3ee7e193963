// The ladder of errors: for each file, what each mistake is called and where it is reported.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/model/limits.h"
#include "interchange/good_folder_for_test.h"
#include "interchange/test_folder.h"

namespace seatwise {
namespace {

// One file is replaced by `text`; the errors are those of that file, without its name.
struct Rung {
  std::string text;
  std::vector<std::string> errors;
};

void Climb(const std::string& file, const std::vector<Rung>& ladder) {
  for (const Rung& rung : ladder) {
    TestFolder folder;
    PutGoodFiles(folder);
    folder.Put(file, rung.text);
    std::vector<std::string> expected;
    for (const std::string& error : rung.errors) expected.push_back(file + error);
    EXPECT_EQ(ErrorsOf(folder.path()), expected) << rung.text;
  }
}

std::string Repeat(const std::string& text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(ReaderErrorsTest, Headers) {
  const std::string known = "; known are user_id, sku_id, disabled_plans";
  Climb("observed.csv",
        {{"user_id,sku_id", {}},
         {"\xef\xbb\xbfuser_id,sku_id\r\n", {}},
         {"\"sku_id\",\"user_id\"\n", {}},
         {"", {": is empty; it needs a header row"}},
         {"\xef\xbb\xbf", {": is empty; it needs a header row"}},
         {"\n",
          {":1:1: unknown column ''" + known, ":1:2: column 'sku_id' is missing",
           ":1:2: column 'user_id' is missing"}},
         {"user_id,sku_id,group\n", {":1:3: unknown column 'group'" + known}},
         {"user_id,sku_id,disabled_plan\n",
          {":1:3: unknown column 'disabled_plan'; did you mean 'disabled_plans'?"}},
         {"user_id,sku_id,SkuID\n", {":1:3: unknown column 'SkuID'; did you mean 'sku_id'?"}},
         {"user_id,sku_id,user_id\n",
          {":1:3: column 'user_id' is column 1 already; remove one of the two"}},
         {"user_id\n,\n",
          {":1:2: column 'sku_id' is missing", ":2:2: the row has 2 cells, but the header has 1"}},
         {"user_id;sku_id\n1;2\n",
          {":1:1: unknown column 'user_id;sku_id'" + known,
           ":1:2: column 'sku_id' is missing; cells must be separated by commas",
           ":1:2: column 'user_id' is missing; cells must be separated by commas"}},
         {"user_id,sku_id,\"x\"y\n",
          {":1:3: text after the closing quote of a cell; double the quotes that belong to the "
           "text"}},
         {"user_id,\"sku_id\n",
          {":1:2: the quoted cell that begins here is never closed; is a quote missing?"}},
         {"user_id,sku_id,attr:x\n", {":1:3: unknown column 'attr:x'" + known}}});
}

TEST(ReaderErrorsTest, RowsThatAreNoCsv) {
  const std::string stray =
      "a quote inside a cell that does not begin with one; put the cell in quotes and double the "
      "quotes in it";
  Climb("groups.csv",
        {{"group_id,display_name\ng1,\n\ng2,\n", {":3:1: blank line; remove it"}},
         {"group_id,display_name\ng1,\ng2,\n\n", {":4:1: blank line; remove it"}},
         {"group_id\ng1\n\r\ng2", {":3:1: blank line; remove it"}},
         {"group_id,display_name\ng1\ng2,a,b\n",
          {":2:2: the row has 1 cell, but the header has 2",
           ":3:3: the row has 3 cells, but the header has 2"}},
         {"group_id,display_name\ng1,a\"b\ng2,\n", {":2:2: " + stray}},
         {"group_id,display_name\ng1,a\"b,c\ng2,\n", {":2:2: " + stray}},
         {"group_id,display_name\ng1,a\rb\ng2,\n",
          {":2:2: a carriage return that does not end the line; lines end in LF or CRLF, and a "
           "cell with a carriage return needs quotes"}},
         {"group_id,display_name\ng1,\"a\n\"\"\nb\"\ng2\n",
          {":5:2: the row has 1 cell, but the header has 2"}}});
}

TEST(ReaderErrorsTest, WhatCannotBeReadOnIsNotHeldAgainstReferences) {
  // g1 and g2 may or may not come behind.
  Climb(
      "groups.csv",
      {{"group_id,display_name\ng3,\"x\ng1,\ng2,\n",
        {":2:2: the quoted cell that begins here is never closed; is a quote missing?"}},
       {std::string("group_id\ng3\0\n", 13),
        {":2:1: contains a NUL byte, so this is not a text file in UTF-8; the rest is not read"}},
       {"group_id\n" + Repeat("g", kMaxIdBytes + 1) + "\ng1\ng2\n\"" + Repeat("x", 9'000'000),
        {":2:1: group_id '" + Repeat("g", kMaxIdBytes) + "...' is longer than 128 bytes",
         ":5:1: the quoted cell that begins here is longer than 8388608 bytes; is a closing quote "
         "missing? The rest is not read"}}});
}

TEST(ReaderErrorsTest, Ids) {
  Climb("groups.csv",
        {{"group_id\ng1\ng2\n" + Repeat("g", kMaxIdBytes) + "\n g \n", {}},
         {"group_id,display_name\n,x\ng1,\ng2,\n", {":2:1: group_id is empty; it is required"}},
         {"group_id\ng1\ng2\na;b\n\"a\nb\"\n\"a\rb\"\n\xff\n",
          {":4:1: group_id 'a;b' contains ';'", ":5:1: group_id 'a\\nb' contains a line break",
           ":7:1: group_id 'a\\rb' contains a line break", ":8:1: group_id '\\xff' is not UTF-8"}},
         {"group_id,display_name,membership_rule\ng1,\xc0\x80,\"\xed\xa0\x80\"\ng2,,\n",
          {":2:2: display_name '\\xc0\\x80' is not UTF-8",
           ":2:3: membership_rule '\\xed\\xa0\\x80' is not UTF-8"}},
         {"group_id\ng1\ng2\ng1\n\"g1\"\n",
          {":4:1: group_id 'g1' is on line 2 already; remove one of the two rows",
           ":5:1: group_id 'g1' is on line 2 already; remove one of the two rows"}}});
}

TEST(ReaderErrorsTest, Skus) {
  Climb("skus.csv",
        {{"sku_id,part_number,display_name,overage_units\ns1,A,b,\ns2,,,unlimited\n", {}},
         {"overage_units,sku_id\n1000000000000,s1\n-0,s2\n", {}},
         {"sku_id,overage_units\ns1,1000000000001\ns2,-1\ns3,Unlimited\ns4,1.0\ns4,"
          "99999999999999999999\n",
          {":2:2: overage_units '1000000000001' is not between 0 and 1000000000000",
           ":3:2: overage_units '-1' is not between 0 and 1000000000000",
           ":4:2: overage_units 'Unlimited' is not a whole number",
           ":5:2: overage_units '1.0' is not a whole number",
           ":6:1: sku_id 's4' is on line 5 already; remove one of the two rows",
           ":6:2: overage_units '99999999999999999999' is not between 0 and 1000000000000"}}});
}

TEST(ReaderErrorsTest, ServicePlans) {
  Climb("service_plans.csv",
        {{"plan_id,applies_to,unique_address,retains_data\np1,User,true,false\np2,Company,,\np3,,,"
          "\n",
          {}},
         {"plan_id,applies_to,unique_address,retains_data\np1,user,True,1\np2,,,\np3,,,\n",
          {":2:2: applies_to 'user' is none of User, Company",
           ":2:3: unique_address 'True' is none of false, true",
           ":2:4: retains_data '1' is none of false, true"}}});
}

TEST(ReaderErrorsTest, SkuPlans) {
  Climb("sku_plans.csv",
        {{"plan_id,sku_id\np1,s1\np1,s2\np2,s1\n", {}},
         {"plan_id,sku_id\np1,s9\np9,s9\n",
          {":2:2: SKU 's9' is not in skus.csv; add the SKU or remove the row",
           ":3:1: plan 'p9' is not in service_plans.csv; add the plan or remove the row",
           ":3:2: SKU 's9' is not in skus.csv; add the SKU or remove the row"}},
         {"plan_id,sku_id\np1,s1\np1,s1\n",
          {":3:2: sku_id 's1', plan_id 'p1' are on line 2 already; remove one of the two rows"}}});
}

TEST(ReaderErrorsTest, PlanConflicts) {
  const std::string header = "plan_id,conflicts_with_plan_id\n";
  Climb("plan_conflicts.csv",
        {{header + "p1,p2\np2,p1\np2,p3\n", {}},
         {header + "p1,p2\np2,p1\np1,p2\n",
          {":4:1: plan_id 'p1', conflicts_with_plan_id 'p2' are on line 2 already; remove one of "
           "the two rows"}},
         {header + "p1,p1\np8,p9\np9,p9\n",
          {":2:2: conflicts_with_plan_id 'p1' is the plan itself; remove the conflict",
           ":3:1: plan 'p8' is not in service_plans.csv; add the plan or remove the conflict",
           ":3:2: plan 'p9' is not in service_plans.csv; add the plan or remove the conflict",
           ":4:1: plan 'p9' is not in service_plans.csv; add the plan or remove the conflict",
           ":4:2: conflicts_with_plan_id 'p9' is the plan itself; remove the conflict"}}});
}

TEST(ReaderErrorsTest, PlanRequirements) {
  const std::string header = "plan_id,requires_any_of\n";
  const std::string unknown =
      " is not in service_plans.csv; add the plan or remove the requirement";
  Climb("plan_requirements.csv",
        {{header + "p1,p2;p3\np1,p2\np2,p2;p2\n", {}},
         {header + "p1,\np9,p1;p8;p7\np1,p2;;p3\np1,;p2\np1,p2;\n",
          {":2:2: requires_any_of is empty; it is required", ":3:1: plan 'p9'" + unknown,
           ":3:2: plan 'p8'" + unknown + "; plan 'p7'" + unknown,
           ":4:2: an element of requires_any_of, '', is empty; remove the ';' too many",
           ":5:2: an element of requires_any_of, '', is empty; remove the ';' too many",
           ":6:2: an element of requires_any_of, '', is empty; remove the ';' too many"}},
         {header + "p1,p2;p3\np1,p3;p2;p3\n",
          {":3:1: plan_id 'p1', requires_any_of 'p2;p3' are on line 2 already; remove one of the "
           "two rows"}}});
}

TEST(ReaderErrorsTest, PlanProhibitedLocations) {
  const std::string header = "plan_id,location\n";
  Climb(
      "plan_prohibited_locations.csv",
      {{header + "p1,US\np1,DE\np2,US\n", {}},
       {header + "p9,us\np1,\np1,USA\np1,US\np1,US\n",
        {":2:1: plan 'p9' is not in service_plans.csv; add the plan or remove the row",
         ":2:2: location 'us' is not a location of two letters A-Z",
         ":3:2: location is empty; it is required",
         ":4:2: location 'USA' is not a location of two letters A-Z",
         ":6:1: plan_id 'p1', location 'US' are on line 5 already; remove one of the two rows"}}});
}

TEST(ReaderErrorsTest, Subscriptions) {
  const std::string header =
      "subscription_id,sku_id,units,status,self_service,unit_price,currency,renews_at\n";
  Climb("subscriptions.csv",
        {{header + "b1,s1,0,LockedOut,true,12.5,USD,2027-01-01T00:00:00Z\nb2,s1,7,,,,,\n", {}},
         {header + "b1,s9,x,enabled,yes,1.00000,usd,2027-01-01\n",
          {":2:2: SKU 's9' is not in skus.csv; add the SKU or remove the subscription",
           ":2:3: units 'x' is not a whole number",
           ":2:4: status 'enabled' is none of Enabled, Warning, Suspended, LockedOut, Deleted",
           ":2:5: self_service 'yes' is none of false, true",
           ":2:6: unit_price '1.00000' is not a price; write it as 12.5, with at most 4 fraction "
           "digits",
           ":2:7: currency 'usd' is not three letters A-Z",
           ":2:8: renews_at '2027-01-01' is not a time; write it as 2026-01-31T09:30:00Z"}},
         {header + "b1,s1,,,,,,\nb1,s1,1,,,,,\n",
          {":2:3: units is empty; it is required",
           ":3:1: subscription_id 'b1' is on line 2 already; remove one of the two rows"}}});
}

TEST(ReaderErrorsTest, Users) {
  const std::string header =
      "user_id,usage_location,account_enabled,user_type,created_at,proxy_addresses,attr:x\n";
  const std::string time = " is not a time; write it as 2026-01-31T09:30:00Z";
  Climb(
      "users.csv",
      {{header + "u1,DE,false,Guest,2020-02-29T23:59:59.000001Z,smtp:a;SMTP:b;smtp:a,v\nu2,,,,,,"
                 "\n",
        {}},
       {header + "u1,de,no,guest,2021-02-29T00:00:00Z,a;;b,\xff\nu2,,,,,,\n",
        {":2:2: usage_location 'de' is not a location of two letters A-Z",
         ":2:3: account_enabled 'no' is none of false, true",
         ":2:4: user_type 'guest' is none of Member, Guest",
         ":2:5: created_at '2021-02-29T00:00:00Z'" + time,
         ":2:6: an element of proxy_addresses, '', is empty; remove the ';' too many",
         ":2:7: attr:x '\\xff' is not UTF-8"}},
       {"user_id,attr:,attr:x,attr:x,attrx\nu1,,,,\nu2,,,,\n",
        {":1:2: column 'attr:' has no name behind 'attr:'",
         ":1:4: column 'attr:x' is column 3 already; remove one of the two",
         ":1:5: unknown column 'attrx'; known are user_id, user_principal_name, display_name, "
         "usage_location, account_enabled, user_type, created_at, proxy_addresses, attr:NAME"}},
       {"user_id,display_name\nu1,\"" + Repeat("x", kMaxTextBytes + 1) + "\"\nu2,\n",
        {":2:2: display_name '" + Repeat("x", kMaxIdBytes) + "...' is longer than 65536 bytes"}}});
}

TEST(ReaderErrorsTest, Members) {
  const std::string header = "group_id,member_type,member_id,added_at\n";
  const std::string group = " is not in groups.csv; add the group or remove the membership";
  const std::string user = " is not in users.csv; add the user or remove the membership";
  Climb("members.csv",
        {{header + "g1,user,u1,\ng1,group,g1,\ng2,user,u1,0001-01-01T00:00:00Z\n", {}},
         {header + "g9,user,u9,x\ng1,group,u1,\ng1,User,u9,\n,,,\na;b,user,\xff,\n",
          {":2:1: group 'g9'" + group, ":2:3: user 'u9'" + user,
           ":2:4: added_at 'x' is not a time; write it as 2026-01-31T09:30:00Z",
           ":3:3: group 'u1'" + group, ":4:2: member_type 'User' is none of user, group",
           ":5:1: group_id is empty; it is required", ":5:2: member_type is empty; it is required",
           ":5:3: member_id is empty; it is required", ":6:1: group_id 'a;b' contains ';'",
           ":6:3: member_id '\\xff' is not UTF-8"}},
         {header + "g1,user,u1,\ng1,user,u1,2020-01-01T00:00:00Z\ng1,group,g2,\ng1,group,g2,\n",
          {":3:1: group_id 'g1', member_type 'user', member_id 'u1' are on line 2 already; remove "
           "one of the two rows",
           ":5:1: group_id 'g1', member_type 'group', member_id 'g2' are on line 4 already; remove "
           "one of the two rows"}},
         // A row that is bad for another reason repeats its key all the same.
         {header + "g9,user,u1,\ng9,user,u1,\n",
          {":2:1: group 'g9'" + group, ":3:1: group 'g9'" + group,
           ":3:1: group_id 'g9', member_type 'user', member_id 'u1' are on line 2 already; remove "
           "one of the two rows"}},
         {"group_id,member_id\ng1,u1\ng9,a;b\n",
          {":1:3: column 'member_type' is missing", ":3:1: group 'g9'" + group,
           ":3:2: member_id 'a;b' contains ';'"}}});
}

TEST(ReaderErrorsTest, Assignments) {
  const std::string header =
      "principal_type,principal_id,sku_id,disabled_plans,priority,assigned_at\n";
  const std::string remedy = " or remove the assignment";
  Climb("assignments.csv",
        {{header + "user,u1,s1,p1;p2;p1,-2147483648,\ngroup,g1,s1,,2147483647,\nuser,u1,s2,p3,,\n",
          {}},
         {header + "user,g1,s9,p1;p9,2147483648,0000-01-01T00:00:00Z\nguest,u9,s1,,,\n",
          {":2:2: user 'g1' is not in users.csv; add the user" + remedy,
           ":2:3: SKU 's9' is not in skus.csv; add the SKU" + remedy,
           ":2:4: plan 'p9' is not in service_plans.csv; add the plan" + remedy,
           ":2:5: priority '2147483648' is not between -2147483648 and 2147483647",
           ":2:6: assigned_at '0000-01-01T00:00:00Z' is not a time; write it as "
           "2026-01-31T09:30:00Z",
           ":3:1: principal_type 'guest' is none of user, group"}},
         {header + "user,u1,s1,,,\ngroup,g1,s1,,,\nuser,u1,s1,p1,1,\n",
          {":4:1: principal_type 'user', principal_id 'u1', sku_id 's1' are on line 2 already; "
           "remove one of the two rows"}}});
}

TEST(ReaderErrorsTest, Observed) {
  const std::string header = "user_id,sku_id,disabled_plans\n";
  Climb("observed.csv",
        {{header + "u9,s9,p9;p8\nu9,s8,\n", {}},
         {header + "a;b,,p1;\nu1,s1,\nu1,s1,p1\n",
          {":2:1: user_id 'a;b' contains ';'", ":2:2: sku_id is empty; it is required",
           ":2:3: an element of disabled_plans, '', is empty; remove the ';' too many",
           ":4:1: user_id 'u1', sku_id 's1' are on line 3 already; remove one of the two rows"}}});
}

}  // namespace
}  // namespace seatwise
