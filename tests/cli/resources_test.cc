// Making, changing, showing and deleting what a tenant consists of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/database.h"
#include "tests/cli/run.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using Json = nlohmann::json;

class ResourcesTest : public testing::Test {
 protected:
  ResourcesTest() { db_.Do({"tenant", "create", "contoso"}); }

  Database db_;
};

TEST_F(ResourcesTest, ATenantHasSettings) {
  db_.Do({"tenant", "update", "contoso", "--nested-groups", "true", "--default-location", "DE",
          "--assignment-mode", "GROUP_ATOMIC"});
  const Json tenant = Json::parse(db_.Do({"tenant", "get", "contoso", "-o", "json"}));
  EXPECT_EQ(tenant["nested_groups"], true);
  EXPECT_EQ(tenant["default_usage_location"], "DE");
  EXPECT_EQ(tenant["assignment_mode"], "GROUP_ATOMIC");
  EXPECT_EQ(tenant["retention_days"], 30);
  EXPECT_THAT(db_.Do({"tenant", "list", "-o", "csv"}), HasSubstr("\ncontoso,"));
}

TEST_F(ResourcesTest, WhatIsMadeIsShownAsItWasSaid) {
  EXPECT_EQ(
      db_.Do({"user", "create", "ana", "--name", "Ana Silva", "--location", "BR", "--address",
              "smtp:ana@contoso.example", "--address", "SMTP:a@contoso.example", "--attribute",
              "department=Sales", "--type", "guest", "--created-at", "2026-01-02T03:04:05.6Z"}),
      "user 'ana' created, revision 2\n");
  const Json user = Json::parse(db_.Do({"user", "get", "ana", "-o", "json"}));
  EXPECT_EQ(user["display_name"], "Ana Silva");
  EXPECT_EQ(user["usage_location"], "BR");
  EXPECT_EQ(user["proxy_addresses"], Json({"SMTP:a@contoso.example", "smtp:ana@contoso.example"}));
  EXPECT_EQ(user["attributes"], Json({"department=Sales"}));
  EXPECT_EQ(user["user_type"], "Guest");
  EXPECT_EQ(user["account_enabled"], true);
  EXPECT_EQ(user["created_at"], "2026-01-02T03:04:05.6Z");
}

TEST_F(ResourcesTest, AnUpdateLeavesOtherFieldsAlone) {
  db_.Do({"service-plan", "create", "mail"});
  db_.Do({"service-plan", "create", "docs"});
  db_.Do({"sku", "create", "e3", "--part-number", "SPE_E3", "--plan", "mail", "--plan", "docs"});
  EXPECT_EQ(db_.Do({"sku", "update", "e3", "--overage", "unlimited"}),
            "sku 'e3' updated, revision 5\n");
  Json sku = Json::parse(db_.Do({"sku", "get", "e3", "-o", "json"}));
  EXPECT_EQ(sku["sku_part_number"], "SPE_E3");
  EXPECT_EQ(sku["service_plan_ids"], Json({"docs", "mail"}));
  EXPECT_EQ(sku["overage_units"], "unlimited");
  db_.Do({"sku", "update", "e3", "--plan", "mail", "--overage", "5"});
  sku = Json::parse(db_.Do({"sku", "get", "e3", "-o", "json"}));
  EXPECT_EQ(sku["service_plan_ids"], Json({"mail"}));
  EXPECT_EQ(sku["overage_units"], 5);
  db_.Do({"subscription", "create", "s", "--sku", "e3", "--units", "3", "--unit-price", "12.5",
          "--status", "Warning"});
  EXPECT_THAT(db_.Do({"subscription", "list", "-o", "csv"}),
              HasSubstr("\ns,e3,SPE_E3,3,Warning,false,12.5,,\n"));
}

TEST_F(ResourcesTest, ColumnsAreThoseThatAreAskedFor) {
  db_.Do({"user", "create", "ana", "--name", "=1+1", "--location", "BR"});
  EXPECT_EQ(db_.Do({"user", "list", "-o", "csv", "--columns", "usage_location,user_id"}),
            "usage_location,user_id\nBR,ana\n");
  EXPECT_EQ(db_.Do({"user", "list", "-o", "json", "--columns", "user_id", "--columns",
                    "account_enabled"}),
            "[\n{\"user_id\":\"ana\",\"account_enabled\":true}\n]\n");
  EXPECT_EQ(db_.Do({"user", "list", "--columns=usage_location,user_type"}),
            "  usage location  user type\n  BR              Member\n");
  for (const char* verb : {"seats", "licenses", "violations"}) {
    EXPECT_EQ(db_.Do({verb, "-o", "csv", "--columns", "sku_id"}), "sku_id\n") << verb;
  }
  for (const char* form : {"table", "json", "csv"}) {
    const RunResult wrong = db_.Run({"tenant", "list", "--columns", "tenant_id,nmae", "-o", form});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.out, IsEmpty());
    EXPECT_EQ(wrong.err,
              "seatwise: --columns: there is no column 'nmae'; there are tenant_id, display_name, "
              "assignment_mode, nested_groups, default_usage_location, retention_days, "
              "max_removed_percent and create_time\n");
  }
}

TEST_F(ResourcesTest, ReportsHoldNoFormulasAndExportsAreExact) {
  db_.Do({"user", "create", "=a", "--name", "=1+1"});
  EXPECT_EQ(db_.Do({"user", "list", "-o", "csv", "--columns", "user_id,display_name"}),
            "user_id,display_name\n'=a,'=1+1\n");
  EXPECT_THAT(db_.Do({"user", "list", "-o", "json", "--columns", "display_name"}),
              HasSubstr("\"=1+1\""));
  db_.Do({"export", db_.folder().Path("out")});
  EXPECT_THAT(ReadFile(db_.folder().Path("out/users.csv")), HasSubstr("\n=a,"));
}

TEST_F(ResourcesTest, TimesAreTheReadersOnATerminalAndUtcElsewhere) {
  db_.Do({"user", "create", "ana", "--created-at", "2026-01-02T03:04:05.6Z"});
  EXPECT_THAT(db_.Do({"user", "get", "ana"}), HasSubstr("2026-01-02T03:04:05.6Z"));
  RunOptions terminal;
  terminal.environment = {
      {"SEATWISE_DB", db_.path()}, {"SEATWISE_TENANT", "contoso"}, {"TZ", "EST+5"}};
  terminal.terminal_columns = 200;
  EXPECT_THAT(RunSeatwise({"user", "get", "ana"}, terminal).out,
              HasSubstr("2026-01-01 22:04:05 -0500"));
  EXPECT_THAT(RunSeatwise({"status"}, terminal).out, HasSubstr(" -0500"));
  EXPECT_THAT(RunSeatwise({"user", "get", "ana", "-o", "csv"}, terminal).out,
              HasSubstr("2026-01-02T03:04:05.6Z"));
}

TEST_F(ResourcesTest, EmptyListsSaySo) {
  EXPECT_EQ(db_.Do({"user", "list"}), "there is no user; make one with: seatwise user create\n");
  EXPECT_EQ(db_.Do({"user", "list", "-o", "json"}), "[]\n");
  EXPECT_THAT(db_.Do({"user", "list", "-o", "csv"}), StartsWith("user_id,user_principal_name,"));
  for (const char* verb : {"licenses", "violations", "seats"}) {
    EXPECT_EQ(db_.Do({verb, "-o", "json"}), "[]\n") << verb;
    EXPECT_THAT(db_.Do({verb}), testing::EndsWith("\n")) << verb;
  }
}

TEST_F(ResourcesTest, SeatsSayWhatWasBought) {
  db_.Do({"sku", "create", "e3"});
  db_.Do({"subscription", "create", "yearly", "--sku", "e3", "--units", "25", "--renews-at",
          "2027-01-01T00:00:00Z"});
  db_.Do({"subscription", "create", "old", "--sku", "e3", "--units", "3", "--status", "Suspended"});
  const std::string json = db_.Do({"seats", "-o", "json"});
  EXPECT_THAT(json, HasSubstr("\"subscriptions\":[{\"subscription_id\":\"old\",\"units\":3,"
                              "\"status\":\"Suspended\",\"self_service\":false,"));
  EXPECT_THAT(json, HasSubstr("{\"subscription_id\":\"yearly\",\"units\":25,"));
  EXPECT_THAT(db_.Do({"seats", "-o", "csv"}), HasSubstr(",old;yearly,0\n"));
  EXPECT_THAT(db_.Do({"seats"}), testing::Not(HasSubstr("yearly")));
  const std::string table = db_.Do({"seats", "--subscriptions"});
  EXPECT_THAT(table, testing::ContainsRegex(" {2}old +3 Suspended *\n"));
  EXPECT_THAT(table,
              testing::ContainsRegex(" {2}yearly +25 Enabled, renews 2027-01-01T00:00:00Z +25"));
}

TEST_F(ResourcesTest, WhatFailsHasItsExitCode) {
  db_.Do({"sku", "create", "e3"});
  db_.Do({"subscription", "create", "s", "--sku", "e3"});
  const struct {
    std::vector<std::string> arguments;
    int exit_code;
    const char* message;
  } kTable[] = {
      {{"user", "get", "nobody"}, 3, "nobody"},
      {{"user", "delete", "nobody"}, 3, "[NOT_FOUND]"},
      {{"user", "list", "--tenant", "fabrikam"}, 3, "fabrikam"},
      {{"sku", "create", "e3"}, 4, "[ALREADY_EXISTS]"},
      {{"sku", "delete", "e3"}, 4, "[IN_USE]"},
      {{"subscription", "create", "t", "--sku", "none"}, 4, "[MISSING_REFERENCE]"},
      {{"user", "create", "ana", "--location", "Germany"}, 7, "usage_location"},
      {{"user", "create", "a;b"}, 7, "user_id"},
      {{"user", "create", "ana", "--request-id", "x"}, 7, "[INVALID_REQUEST_ID]"},
      {{"user", "create", "ana", "--enabled", "maybe"}, 2, "--enabled: 'maybe' is not true or"},
      {{"user", "create", "ana", "--created-at", "now"}, 2, "'now' is not a time like"},
      {{"user", "create", "ana", "--attribute", "x"}, 2, "'x' is not of the form key=value"},
      {{"user", "create", "ana", "--type", "Boss"}, 2, "'Boss' is not one of Member and Guest"},
      {{"user", "update", "ana"}, 2, "name at least one field to change"},
      {{"sku", "update", "e3", "--overage", "many"}, 2, "'many' is not a whole number"},
      {{"subscription", "update", "s", "--unit-price", "1,5"}, 2, "'1,5' is not a price like"},
  };
  for (const auto& row : kTable) {
    const RunResult result = db_.Run(row.arguments);
    EXPECT_EQ(result.exit_code, row.exit_code) << row.arguments[0] << " " << result.err;
    EXPECT_THAT(result.err, HasSubstr(row.message));
    EXPECT_THAT(result.out, IsEmpty());
  }
  EXPECT_EQ(db_.Do({"user", "delete", "nobody", "--if-exists"}), "user 'nobody' deleted\n");
  EXPECT_EQ(db_.Do({"sku", "delete", "e3", "--cascade"}), "sku 'e3' deleted\n");
  const Json deleted =
      Json::parse(db_.Do({"user", "delete", "nobody", "--if-exists", "-o", "json"}));
  EXPECT_EQ(deleted["id"], "nobody");
  EXPECT_GT(deleted["revision"], 0);
  EXPECT_EQ(db_.Do({"user", "list", "-o", "json"}), "[]\n");
}

TEST_F(ResourcesTest, NothingIsWrittenThatIsOnlyValidated) {
  EXPECT_EQ(db_.Do({"user", "create", "ana", "--validate-only"}), "user 'ana' would be created\n");
  EXPECT_EQ(db_.Do({"user", "list", "-o", "json"}), "[]\n");
}

TEST_F(ResourcesTest, NamesCannotSteerTheTerminal) {
  const std::string nasty =
      "Ana \x1b[31m\xE2\x80\xAE"
      "\n/%";
  db_.Do({"user", "create", nasty.substr(0, nasty.size() - 3) + "/%", "--name", nasty});
  const std::string table = db_.Do({"user", "list"});
  EXPECT_THAT(table, Not(HasSubstr("\x1b")));
  EXPECT_THAT(table, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(table, HasSubstr("Ana \xEF\xBF\xBD[31m"));
  const Json users = Json::parse(db_.Do({"user", "list", "-o", "json"}));
  EXPECT_EQ(users[0]["display_name"], nasty);
  const RunResult missing = db_.Run({"user", "get", "\x1b[31m"});
  EXPECT_EQ(missing.exit_code, 3);
  EXPECT_THAT(missing.err, Not(HasSubstr("\x1b")));
}

TEST_F(ResourcesTest, MembersAndAssignmentsComeAndGo) {
  db_.Do({"tenant", "update", "contoso", "--default-location", "US"});
  for (const char* user : {"ana", "bob"}) db_.Do({"user", "create", user, "--name", user});
  for (const char* group : {"staff", "sales"}) db_.Do({"group", "create", group});
  db_.Do({"service-plan", "create", "mail"});
  db_.Do({"sku", "create", "e3", "--plan", "mail"});
  db_.Do({"subscription", "create", "s", "--sku", "e3", "--units", "1"});
  EXPECT_THAT(
      db_.Do({"member", "add", "staff", "--user", "ana", "--user", "bob", "--group", "sales"}),
      StartsWith("2 users and group 'sales' added to group 'staff', revision "));
  EXPECT_THAT(db_.Do({"member", "list", "staff", "-o", "csv"}),
              testing::ContainsRegex("user,ana,ana,.*\nuser,bob,bob,.*\ngroup,sales,sales,"));
  db_.Do({"assign", "e3", "--group", "staff"});
  EXPECT_THAT(db_.Do({"seats", "-o", "csv"}), HasSubstr("\ne3,e3,,1,0,1,1,0,1,1,false,s,0\n"));
  EXPECT_THAT(db_.Do({"violations", "--by", "user", "--code", "CountViolation", "-o", "csv"}),
              HasSubstr(",CountViolation,no seat is free: place 1 of 1 in the queue\n"));
  EXPECT_THAT(db_.Do({"member", "remove", "staff", "--user", "ana"}),
              StartsWith("user 'ana' removed from group 'staff', revision "));
  EXPECT_EQ(db_.Do({"licenses", "bob", "-o", "csv"}),
            "user_id,user,sku_id,sku,state,plans,enabled_plan_ids\nbob,bob,e3,e3,Active,1,mail\n");
  EXPECT_EQ(db_.Do({"licenses", "--unlicensed", "-o", "csv"}),
            "user_id,user,user_principal_name\nana,ana,\n");
  db_.Do({"assign", "e3", "--user", "ana", "--replace"});
  EXPECT_THAT(db_.Do({"licenses", "ana", "--claims", "-o", "csv"}),
              HasSubstr("\nana,e3,e3,user,ana,directly,"));
  EXPECT_THAT(db_.Do({"unassign", "--all", "--user", "ana"}),
              StartsWith("1 assignment taken from user 'ana', revision "));
  db_.Do({"unassign", "e3", "--group", "staff"});
  EXPECT_EQ(db_.Do({"licenses", "-o", "json"}), "[]\n");
  EXPECT_EQ(db_.Run({"unassign", "e3", "--group", "staff"}).exit_code, 3);
}

TEST_F(ResourcesTest, ProductsMayBeNamedAsPeopleCallThem) {
  db_.Do({"tenant", "update", "contoso", "--default-location", "US"});
  db_.Do({"user", "create", "ana", "--name", "Ana"});
  db_.Do({"service-plan", "create", "p1", "--technical-name", "MAIL", "--name", "Mail"});
  db_.Do({"service-plan", "create", "p2"});
  db_.Do({"sku", "create", "s1", "--part-number", "SPE_E3", "--name", "Office E3", "--plan", "p1",
          "--plan", "p2"});
  db_.Do({"sku", "create", "s2", "--part-number", "TWICE"});
  db_.Do({"sku", "create", "s3", "--part-number", "TWICE"});
  EXPECT_THAT(db_.Do({"assign", "SPE_E3", "--user", "ana", "--disable", "Mail"}),
              StartsWith("SKU 'SPE_E3' (s1) assigned to user 'ana', revision "));
  EXPECT_THAT(db_.Do({"violations", "--by", "user", "--sku", "Office E3", "-o", "csv"}),
              HasSubstr("\nana,Ana,s1,"));
  const RunResult ambiguous = db_.Run({"assign", "TWICE", "--user", "ana"});
  EXPECT_EQ(ambiguous.exit_code, 7);
  EXPECT_THAT(ambiguous.err, HasSubstr("2 SKUs are called 'TWICE'; name one by its id"));
  EXPECT_THAT(db_.Run({"assign", "SPE_E4", "--user", "ana"}).err, HasSubstr("'SPE_E4'"));
  EXPECT_THAT(db_.Do({"unassign", "Office E3", "--user", "ana"}),
              StartsWith("1 assignment taken from user 'ana', revision "));
}

TEST_F(ResourcesTest, WhatIsMadeMayNameProductsToo) {
  db_.Do({"service-plan", "create", "p1", "--technical-name", "MAIL", "--name", "Mail"});
  db_.Do({"service-plan", "create", "p2"});  // Of no name: an empty one does not mean it.
  db_.Do({"sku", "create", "s1", "--part-number", "SPE_E3", "--plan", "MAIL", "--plan", "p2"});
  EXPECT_EQ(Json::parse(db_.Do({"sku", "get", "s1", "-o", "json"}))["service_plan_ids"],
            Json({"p1", "p2"}));
  EXPECT_EQ(Json::parse(db_.Do({"sku", "get", "SPE_E3", "-o", "json"}))["sku_id"], "s1");
  EXPECT_EQ(Json::parse(db_.Do({"service-plan", "get", "Mail", "-o", "json"}))["service_plan_id"],
            "p1");
  db_.Do({"sku", "update", "s1", "--plan", ""});
  EXPECT_EQ(Json::parse(db_.Do({"sku", "get", "s1", "-o", "json"}))["service_plan_ids"],
            Json::array());
  db_.Do({"subscription", "create", "b1", "--sku", "SPE_E3", "--units", "1"});
  EXPECT_EQ(Json::parse(db_.Do({"subscription", "get", "b1", "-o", "json"}))["sku_id"], "s1");
  EXPECT_THAT(db_.Do({"subscription", "list", "--columns", "sku_id,sku", "-o", "csv"}),
              HasSubstr("\ns1,SPE_E3\n"));
  const RunResult unknown = db_.Run({"subscription", "create", "b2", "--sku", "SPE_E9"});
  EXPECT_EQ(unknown.exit_code, 4);
  EXPECT_THAT(unknown.err, HasSubstr("'SPE_E9'"));
  db_.Do({"sku", "create", "s2", "--name", "Office E5"});
  EXPECT_THAT(db_.Do({"plan", "set", "subscription/b1", "sku-id=Office E5"}),
              HasSubstr("Office E5"));
  EXPECT_THAT(db_.Do({"plan", "set", "sku/s2", "service-plan-ids=Mail;p2"}), HasSubstr("Mail;p2"));
  EXPECT_EQ(db_.Run({"plan", "set", "sku/s2", "service-plan-ids=Post"}).exit_code, 3);
}

}  // namespace
}  // namespace seatwise::cli
