#include "interchange/vendor_catalog.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "interchange/reader.h"
#include "interchange/test_folder.h"
#include "interchange/writer.h"

namespace seatwise {
namespace {

constexpr char kHeader[] =
    "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,"
    "Service_Plans_Included_Friendly_Names\r\n";

// A GUID of one digit.
std::string G(char digit) {
  const auto run = [&](size_t size) { return std::string(size, digit); };
  return absl::StrCat(run(8), "-", run(4), "-", run(4), "-", run(4), "-", run(12));
}

std::optional<VendorCatalog> Read(const TestFolder& folder, ReadReport& report) {
  VendorCatalogInput input = {.catalog = folder.File("in.csv")};
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    if (entry.path().filename() == "conflicts.csv") input.conflicts = entry.path();
    if (entry.path().filename() == "requirements.csv") input.requirements = entry.path();
  }
  return ReadVendorCatalog(input, report);
}

TEST(VendorCatalogTest, TakesTheDownloadAsItIs) {
  TestFolder folder;
  folder.Put(
      "in.csv",
      absl::StrCat("\xef\xbb\xbf", kHeader,  //
                   "Suite  A ,\tSUITE_A\xc2\xa0,", G('A'), ",MAIL,", G('1'), ",Mail\r\n",
                   "Suite A,SUITE_A,", G('a'), ",MAIL,", G('1'), ",Mail\r\n",  // Again.
                   "Suite A,SUITE_A,", G('a'), ",DOCS,", G('2'), ",\"Docs, all\"\r\n",
                   "Caf\xe9 \x96 B,B,", G('b'), ",Mail,", G('1'), ",E-mail\r\n", ",,,,,\r\n\r\n"));
  ReadReport report;
  const std::optional<VendorCatalog> catalog = Read(folder, report);
  ASSERT_TRUE(catalog.has_value()) << testing::PrintToString(ErrorTexts(report));
  Facts expected;
  expected.plans = {{.id = PlanId(G('1')), .name = "MAIL", .display_name = "Mail"},
                    {.id = PlanId(G('2')), .name = "DOCS", .display_name = "Docs, all"}};
  expected.skus = {{.id = SkuId(G('a')),
                    .part_number = "SUITE_A",
                    .display_name = "Suite A",
                    .plans = {PlanId(G('1')), PlanId(G('2'))}},
                   {.id = SkuId(G('b')),
                    .part_number = "B",
                    .display_name = "Café – B",
                    .plans = {PlanId(G('1'))}}};
  EXPECT_EQ(catalog->facts, expected);
  EXPECT_EQ(catalog->repeated_rows, 1);
  EXPECT_EQ(catalog->respelled_names, 2);  // "Mail" for MAIL, "E-mail" for Mail.
  EXPECT_EQ(catalog->reencoded_cells, 1);
}

TEST(VendorCatalogTest, OlderAndRenamedColumnsAreTheSame) {
  const std::string row = absl::StrCat("A,A,", G('a'), ",M,", G('1'), ",M\n");
  for (const char* header :
       {"Product_Display_Name,String_ Id,GUID,Service_Plan_Name,Service_Plan_Id,"
        "Service_Plans_Included_Friendly_Names\n",
        "product_display_name,string_id,sku_guid,service_plan_name,service_plan_id,"
        "service_plan_display_name\n"}) {
    TestFolder folder;
    folder.Put("in.csv", absl::StrCat(header, row));
    ReadReport report;
    EXPECT_TRUE(Read(folder, report).has_value()) << testing::PrintToString(ErrorTexts(report));
  }
}

TEST(VendorCatalogTest, PlansOfAConflictGroupExcludeEachOther) {
  TestFolder folder;
  folder.Put("in.csv", absl::StrCat(kHeader, "A,A,", G('a'), ",x,", G('1'), ",\n", "A,A,", G('a'),
                                    ",y,", G('2'), ",\n", "A,A,", G('a'), ",z,", G('3'), ",\n"));
  folder.Put("conflicts.csv", absl::StrCat("conflict_group,name,service_plan_id\n",  //
                                           "mail,x,", G('1'), "\nmail,y,", G('2'), "\nmail,z,",
                                           G('3'), "\nmail,gone,", G('9'), "\nother,x,", G('1'),
                                           "\nother,y,", G('2'), "\n"));
  folder.Put("requirements.csv",
             absl::StrCat("dependent_plan_id,requires_any_of_ids\n",  //
                          G('1'), ",", G('2'), "|", G('9'), "\n", G('2'), ",", G('9'), "\n"));
  ReadReport report;
  const std::optional<VendorCatalog> catalog = Read(folder, report);
  ASSERT_TRUE(catalog.has_value()) << testing::PrintToString(ErrorTexts(report));
  const PlanId one(G('1'));
  const PlanId two(G('2'));
  const PlanId three(G('3'));
  EXPECT_EQ(catalog->facts.conflicts,
            (std::vector<PlanConflict>{{one, two}, {one, three}, {two, three}}));
  EXPECT_EQ(catalog->conflicts_left_out, 1);
  EXPECT_EQ(catalog->facts.requirements,
            (std::vector<PlanRequirement>{{.plan = one, .any_of = {two}}}));
  EXPECT_EQ(catalog->requirements_left_out, 1);
}

TEST(VendorCatalogTest, EachMistakeIsNamedAtItsPlace) {
  TestFolder folder;
  folder.Put("in.csv", absl::StrCat(kHeader, "A,A,", G('g'), ",x,1234,\n", "A,A\n", "A,\"A\"B,",
                                    G('a'), ",x,", G('1'), ",\n"));
  folder.Put("conflicts.csv", "group,service_plan_id,Service Plan ID\n");
  ReadReport report;
  EXPECT_FALSE(Read(folder, report).has_value());
  const std::string in = folder.File("in.csv");
  const std::string conflicts = folder.File("conflicts.csv");
  EXPECT_EQ(ErrorTexts(report),
            (std::vector<std::string>{
                in + ":2:3: '" + G('g') + "' is not a GUID", in + ":2:5: '1234' is not a GUID",
                in + ":3:3: the row has 2 cells, but the header has 6",
                in + ":4:2: text after the closing quote of a cell; double the quotes that belong "
                     "to the text",
                conflicts + ":1:3: column 'Service Plan ID' is column 2 already",
                conflicts + ":1:4: no column is called like 'conflictgroup'"}));
}

TEST(VendorCatalogTest, FilesThatAreNotThereOrEmpty) {
  TestFolder folder;
  ReadReport report;
  EXPECT_FALSE(ReadVendorCatalog({.catalog = folder.File("none.csv")}, report).has_value());
  EXPECT_EQ(ErrorTexts(report),
            std::vector<std::string>{folder.File("none.csv") + ": does not exist"});
  folder.Put("empty.csv", "\xef\xbb\xbf");
  EXPECT_FALSE(ReadVendorCatalog({.catalog = folder.File("empty.csv")}, report).has_value());
  EXPECT_EQ(ErrorTexts(report), std::vector<std::string>{folder.File("empty.csv") +
                                                         ": is empty; it needs a header row"});
}

TEST(VendorCatalogTest, MicrosoftsCatalogHas569ProductsAnd723Plans) {
  const char* const shared = std::getenv("SEATWISE_SHARED");
  const std::string data = absl::StrCat(shared == nullptr ? "../shared" : shared, "/data/m365");
  if (!std::filesystem::exists(data)) {
    GTEST_SKIP() << "no " << data << "; set SEATWISE_SHARED to the folder of shared data";
  }
  ReadReport report;
  const std::optional<VendorCatalog> catalog =
      ReadVendorCatalog({.catalog = data + "/m365_sku_catalog.csv",
                         .conflicts = data + "/m365_conflict_groups.csv",
                         .requirements = data + "/m365_dependencies.csv"},
                        report);
  ASSERT_TRUE(catalog.has_value()) << testing::PrintToString(ErrorTexts(report));
  EXPECT_EQ(catalog->facts.skus.size(), 569u);
  EXPECT_EQ(catalog->facts.plans.size(), 723u);
  EXPECT_EQ(catalog->facts.requirements.size(), 2u);
  TestFolder folder;
  ASSERT_TRUE(WriteCatalogFacts(catalog->facts, folder.path()).ok());
  EXPECT_EQ(ReadFacts(folder.path(), report), catalog->facts);
}

}  // namespace
}  // namespace seatwise
