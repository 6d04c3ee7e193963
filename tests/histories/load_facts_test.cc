#include "tests/histories/load_facts.h"

#include <cstdint>
#include <vector>

#include "base/time.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/loaded_facts.h"
#include "engine/model/numbers.h"
#include "gtest/gtest.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise::histories {
namespace {

TEST(LoadFactsTest, GoesByTheOrderOfIds) {
  const Facts facts = worlds::ParseTenant(R"(
    sku E3 plans=MAIL seats=1
    user cid created=3
    user ana created=7 address=smtp:b@x,smtp:a@x
    group staff -> E3
    ana in board)");
  const Numbers numbers{{{UserId("ana"), 9}, {UserId("cid"), 2}},
                        {{GroupId("board"), 1}, {GroupId("staff"), 0}},
                        {10, 2}};
  const LoadedFacts loaded = LoadFacts(facts, numbers);
  EXPECT_EQ(loaded.user_number, (std::vector<uint32_t>{9, 2}));
  EXPECT_EQ(loaded.group_number, (std::vector<uint32_t>{1, 0}));
  EXPECT_EQ(loaded.created_at, (std::vector<Time>{{7}, {3}}));
  EXPECT_EQ(loaded.addresses.user, (std::vector<uint32_t>{0, 0}));
  EXPECT_EQ(loaded.next, (NextNumbers{10, 2}));
  EXPECT_EQ(loaded.products.skus.size(), 1u);
  EXPECT_EQ(loaded.products.subscriptions.size(), 1u);
  EXPECT_TRUE(loaded.products.users.empty());
  EXPECT_EQ(loaded.columns.users[1], "cid");
}

}  // namespace
}  // namespace seatwise::histories
