// Errors that concern several files of a folder, or a file as a whole.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "interchange/good_folder_for_test.h"
#include "interchange/test_folder.h"

namespace seatwise {
namespace {

TEST(FolderErrorsTest, GoodFilesHaveNone) {
  TestFolder folder;
  PutGoodFiles(folder);
  EXPECT_EQ(ErrorsOf(folder.path()), std::vector<std::string>());
}

TEST(FolderErrorsTest, AnEmptyFolderIsAnEmptyTenant) {
  TestFolder folder;
  EXPECT_EQ(ErrorsOf(folder.path()), std::vector<std::string>());
}

TEST(FolderErrorsTest, AReferenceToABadRowIsNotReportedAgain) {
  TestFolder folder;
  PutGoodFiles(folder);
  folder.Put("groups.csv", "group_id,display_name\ng1,\xff\ng2\n");
  EXPECT_EQ(ErrorsOf(folder.path()),
            (std::vector<std::string>{"groups.csv:2:2: display_name '\\xff' is not UTF-8",
                                      "groups.csv:3:2: the row has 1 cell, but the header has 2"}));
}

TEST(FolderErrorsTest, ReferencesToAFileThatIsNotThereDangle) {
  TestFolder folder;
  PutGoodFiles(folder);
  std::filesystem::remove(folder.File("users.csv"));
  EXPECT_EQ(ErrorsOf(folder.path()),
            std::vector<std::string>{"members.csv:2:3: user 'u1' is not in users.csv; add the user "
                                     "or remove the membership"});
}

TEST(FolderErrorsTest, FilesThatCannotBeRead) {
  TestFolder folder;
  PutGoodFiles(folder);
  std::filesystem::remove(folder.File("users.csv"));
  std::filesystem::create_directory(folder.File("users.csv"));
  EXPECT_EQ(ErrorsOf(folder.path()),
            std::vector<std::string>{"users.csv: is a directory, not a file"});
  EXPECT_EQ(
      ErrorsOf(folder.path() + "/none"),
      std::vector<std::string>{folder.path() + "/none: cannot be read as a folder: No such file or "
                                               "directory"});
  EXPECT_EQ(ErrorsOf(folder.File("skus.csv")),
            std::vector<std::string>{folder.File("skus.csv") +
                                     ": cannot be read as a folder: Not a directory"});
}

TEST(FolderErrorsTest, AMisspelledFileNameIsNotIgnored) {
  TestFolder folder;
  folder.Put("user.csv", "").Put("Groups.csv", "").Put("licenses.csv", "").Put("notes.txt", "");
  EXPECT_EQ(ErrorsOf(folder.path()),
            (std::vector<std::string>{
                "Groups.csv: is no file of this folder; is it meant to be groups.csv?",
                "user.csv: is no file of this folder; is it meant to be users.csv?"}));
  folder.Put("users.csv", "user_id\n").Put("groups.csv", "group_id\n");
  EXPECT_EQ(ErrorsOf(folder.path()), std::vector<std::string>());
}

TEST(FolderErrorsTest, ErrorsOfAllFilesComeInTheOrderOfTheFiles) {
  TestFolder folder;
  PutGoodFiles(folder);
  folder.Put("observed.csv", "user_id\n")
      .Put("tenant.json", "[]")
      .Put("skus.csv", "sku\n")
      .Put("users.csv", "user_id\nu1\nu1\n");
  EXPECT_EQ(ErrorsOf(folder.path()),
            (std::vector<std::string>{
                "tenant.json:1:1: is not a JSON object; it should look like {\"nested_groups\": "
                "true}",
                "skus.csv:1:1: unknown column 'sku'; known are sku_id, part_number, display_name, "
                "overage_units",
                "skus.csv:1:2: column 'sku_id' is missing",
                "users.csv:3:1: user_id 'u1' is on line 2 already; remove one of the two rows",
                "observed.csv:1:2: column 'sku_id' is missing"}));
}

}  // namespace
}  // namespace seatwise
