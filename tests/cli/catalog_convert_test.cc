// `seatwise catalog convert` on a small list, and on the whole of Microsoft's where it is at hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "tests/cases/files.h"
#include "tests/cli/run.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr absl::string_view kProducts =
    "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,"
    "Service_Plans_Included_Friendly_Names\n"
    "Big,BIG,00000000-0000-0000-0000-00000000000b,MAIL,"
    "00000000-0000-0000-0000-000000000001,Mail\n"
    "Big,BIG,00000000-0000-0000-0000-00000000000b,CALLS,"
    "00000000-0000-0000-0000-000000000002,Calls\n"
    "Small,SMALL,00000000-0000-0000-0000-00000000000a,KIOSK,"
    "00000000-0000-0000-0000-000000000003,Mail kiosk\n";

TEST(CatalogConvertTest, AListBecomesFilesOfFacts) {
  const TestFolder folder;
  folder.Write("products.csv", kProducts);
  folder.Write("conflicts.csv",
               "conflict_group,service_plan_id\n"
               "mail,00000000-0000-0000-0000-000000000001\n"
               "mail,00000000-0000-0000-0000-000000000003\n");
  const RunResult result =
      RunSeatwise({"catalog", "convert", folder.Path("products.csv"), "--conflicts",
                   folder.Path("conflicts.csv"), "--out", folder.Path("out")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("2 SKUs, 3 service plans, 3 plans in SKUs, 1 conflict and 0 "
                                    "requirements are in "));
  EXPECT_THAT(folder.List("out"),
              ElementsAre("plan_conflicts.csv", "service_plans.csv", "sku_plans.csv", "skus.csv"));
  const RunResult reconciled = RunSeatwise({"reconcile", "--from", folder.Path("out")});
  EXPECT_EQ(reconciled.exit_code, 0);
  EXPECT_THAT(reconciled.out, HasSubstr("  2  SKUs with 3 service plans\n"));
}

TEST(CatalogConvertTest, TheWholeListHas569SkusAnd723Plans) {
  const std::optional<std::string> shared = cases::SharedFolder();
  if (!shared.has_value()) GTEST_SKIP() << "there is no shared folder with the whole list";
  const std::string list = absl::StrCat(*shared, "/data/m365/m365_");
  const TestFolder folder;
  const RunResult result = RunSeatwise(
      {"catalog", "convert", list + "sku_catalog.csv", "--conflicts", list + "conflict_groups.csv",
       "--requirements", list + "dependencies.csv", "--out", folder.Path()});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, testing::StartsWith("569 SKUs, 723 service plans, "));
  const std::string skus = ReadFile(folder.Path("skus.csv"));
  EXPECT_EQ(std::count(skus.begin(), skus.end(), '\n'), 570);
}

TEST(CatalogConvertTest, AListThatIsNotThere) {
  const TestFolder folder;
  const RunResult result =
      RunSeatwise({"catalog", "convert", folder.Path("none.csv"), "--out", folder.Path("out")});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("none.csv"));
  EXPECT_THAT(folder.List(), testing::IsEmpty());
}

}  // namespace
}  // namespace seatwise::cli
