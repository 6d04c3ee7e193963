#include "cli/tree.h"

#include <gtest/gtest.h>

namespace seatwise::cli {
namespace {

TEST(TreeTest, BranchesShowWhatBelongsWhere) {
  const std::vector<TreeNode> nodes = {
      {.text = "E3",
       .details = {"46 plans"},
       .children = {{.text = "Sales", .details = {"no seat"}}, {.text = "directly"}}},
      {.text = "EMS", .details = {"all plans"}}};
  EXPECT_EQ(RenderTree(nodes, 80),
            "├─ E3\n"
            "│  │   46 plans\n"
            "│  ├─ Sales\n"
            "│  │      no seat\n"
            "│  └─ directly\n"
            "└─ EMS\n"
            "       all plans\n");
}

TEST(TreeTest, LongLinesAreBrokenWithinTheirBranch) {
  const std::vector<TreeNode> nodes = {{.text = "one two three four five six seven",
                                        .details = {"eight nine ten eleven twelve thirteen"}},
                                       {.text = "last"}};
  EXPECT_EQ(RenderTree(nodes, 30),
            "├─ one two three four five\n"
            "│    six seven\n"
            "│      eight nine ten eleven\n"
            "│        twelve thirteen\n"
            "└─ last\n");
}

TEST(TreeTest, NothingIsNothing) { EXPECT_EQ(RenderTree({}, 80), ""); }

}  // namespace
}  // namespace seatwise::cli
