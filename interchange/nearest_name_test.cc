#include "interchange/nearest_name.h"

#include <gtest/gtest.h>

namespace seatwise {
namespace {

TEST(EditDistanceTest, CountsInsertedDeletedAndReplacedBytes) {
  EXPECT_EQ(EditDistance("users", "users", 5), 0u);
  EXPECT_EQ(EditDistance("user", "users", 5), 1u);
  EXPECT_EQ(EditDistance("usrs", "users", 5), 1u);
  EXPECT_EQ(EditDistance("isers", "users", 5), 1u);
  EXPECT_EQ(EditDistance("kitten", "sitting", 5), 3u);
  EXPECT_EQ(EditDistance("", "abc", 5), 3u);
}

TEST(EditDistanceTest, StopsCountingBehindTheLimit) {
  EXPECT_EQ(EditDistance("kitten", "sitting", 2), 3u);
  EXPECT_EQ(EditDistance("a", "abcdef", 2), 3u);
}

TEST(NearestNameTest, TheFirstOfEquallyNearNamesWins) {
  const absl::string_view known[] = {"skus", "sku", "skua"};
  EXPECT_EQ(NearestName("skux", known, 2), "skus");
  EXPECT_EQ(NearestName("sku", known, 2), "sku");
  EXPECT_EQ(NearestName("members", known, 2), std::nullopt);
}

TEST(SuggestionTest, NamesTheNearestOrElseAll) {
  const absl::string_view known[] = {"user_id", "display_name"};
  EXPECT_EQ(Suggestion("userid", known), "; did you mean 'user_id'?");
  EXPECT_EQ(Suggestion("DisplayName", known), "; did you mean 'display_name'?");
  EXPECT_EQ(Suggestion("USER_ID", known), "; did you mean 'user_id'?");
  EXPECT_EQ(Suggestion("x", known), "; known are user_id, display_name");
}

}  // namespace
}  // namespace seatwise
