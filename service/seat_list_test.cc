#include "service/seat_list.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "service/errors.h"
#include "service/served_tenant_for_test.h"

namespace seatwise {
namespace {

constexpr char kTenant[] = R"(
tenant location=US
sku E3 plans=MAIL seats=1 warning=1
sku E5 plans=DOCS suspended=9
sku F1 plans=KIOSK
group staff -> E3
ana in staff @1
bob in staff @2
cy in staff @3
user dot
group empty
)";

std::string Rows(const ServedTenant& tenant, size_t page_size) {
  std::vector<std::string> rows;
  std::string place;
  do {
    v1::ListSeatUsageResponse reply;
    place = FillSeatPage(*tenant.live, tenant.facts, "t", {}, place, page_size, reply).value();
    EXPECT_LE(reply.rows_size(), static_cast<int>(page_size));
    for (const v1::SeatUsageRow& row : reply.rows()) {
      EXPECT_EQ(row.subscriptions_size(), 0);
      const v1::SeatUsage& seats = row.seats();
      rows.push_back(absl::StrCat(seats.sku_id(), " ", seats.consumed(), "/", seats.usable(),
                                  " waiting ", seats.waiting(), seats.off() ? " off" : ""));
    }
  } while (!place.empty());
  return absl::StrJoin(rows, ", ");
}

TEST(SeatListTest, EverySkuIsListedWhateverThePages) {
  const ServedTenant tenant(kTenant);
  for (size_t page_size : {1, 2, 3, 4}) {
    EXPECT_EQ(Rows(tenant, page_size), "E3 2/2 waiting 1, E5 0/0 waiting 0 off, F1 0/0 waiting 0");
  }
}

TEST(SeatListTest, SubscriptionsAndNamesBelongToTheirSku) {
  Facts facts = worlds::ParseTenant(kTenant);
  for (Sku& sku : facts.skus) {
    sku.part_number = absl::StrCat("PART_", sku.id.value());
    sku.display_name = absl::StrCat("Name of ", sku.id.value());
  }
  const ServedTenant tenant(facts);
  v1::ListSeatUsageRequest request;
  request.set_include_subscriptions(true);
  v1::ListSeatUsageResponse reply;
  ASSERT_TRUE(FillSeatPage(*tenant.live, tenant.facts, "t", request, "", 10, reply).ok());
  ASSERT_EQ(reply.rows_size(), 3);
  EXPECT_EQ(reply.rows(0).sku_part_number(), "PART_E3");
  EXPECT_EQ(reply.rows(0).display_name(), "Name of E3");
  ASSERT_EQ(reply.rows(0).subscriptions_size(), 2);
  EXPECT_LT(reply.rows(0).subscriptions(0).subscription_id(),
            reply.rows(0).subscriptions(1).subscription_id());
  EXPECT_EQ(reply.rows(1).subscriptions(0).status(), v1::Subscription::SUSPENDED);
  EXPECT_EQ(reply.rows(1).subscriptions(0).sku_id(), "E5");
  EXPECT_EQ(reply.rows(2).subscriptions_size(), 0);
}

TEST(SeatListTest, AGroupSaysHowItsMembersFare) {
  const ServedTenant tenant(kTenant);
  const auto staff = GroupStatusReply(*tenant.live, "t", "staff").value();
  EXPECT_TRUE(staff.licensed());
  EXPECT_EQ(staff.members(), 3);
  EXPECT_EQ(staff.fully_licensed(), 2);
  EXPECT_EQ(staff.with_errors(), 1);
  EXPECT_FALSE(GroupStatusReply(*tenant.live, "t", "empty")->licensed());
  const absl::Status missing = GroupStatusReply(*tenant.live, "t", "nobody").status();
  EXPECT_EQ(ErrorInfoOf(missing).metadata().at("name"), "tenants/t/groups/nobody");
}

}  // namespace
}  // namespace seatwise
