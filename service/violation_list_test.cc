#include "service/violation_list.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/incremental/live_state.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/served_tenant_for_test.h"

namespace seatwise {
namespace {

constexpr char kTenant[] = R"(
tenant location=US
sku E3 plans=MAIL seats=1
sku F1 plans=KIOSK seats=9
sku AUDIO plans=SOUND seats=9
conflict MAIL KIOSK
require SOUND TEAMS
group staff -> E3
group staff -> AUDIO
group shop -> F1
ana in staff @1
bob in staff @2
ana in shop @3
)";

// All rows, "ana staff AUDIO DEPENDENCY_VIOLATION", over pages of a size; or the reason of an
// error.
std::string Rows(const ServedTenant& tenant, const std::string& filter, size_t page_size = 1000) {
  v1::ListViolationsRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(filter, &request)) << filter;
  std::vector<std::string> rows;
  std::string place;
  do {
    v1::ListViolationsResponse reply;
    const auto next =
        FillViolationPage(*tenant.live, tenant.facts, "t", request, place, page_size, reply);
    if (!next.ok()) return ErrorInfoOf(next.status()).reason();
    EXPECT_LE(reply.rows_size(), static_cast<int>(page_size));
    for (const v1::ViolationRow& row : reply.rows()) {
      std::string& text = rows.emplace_back(absl::StrCat(
          row.user_id(), " ", row.item().source().group_id(), " ", row.item().sku_id()));
      for (int code : row.item().codes()) {
        absl::StrAppend(&text, " ", v1::ViolationCode_Name(static_cast<v1::ViolationCode>(code)));
      }
      EXPECT_EQ(row.item().violations_size(), row.item().codes_size());
    }
    place = *next;
  } while (!place.empty());
  return absl::StrJoin(rows, "\n");
}

TEST(ViolationListTest, FiltersMustAllHold) {
  const ServedTenant tenant(kTenant);
  const struct {
    std::string filter, rows;
  } cases[] = {
      {"",
       "ana shop F1 MUTUALLY_EXCLUSIVE_VIOLATION\nana staff AUDIO DEPENDENCY_VIOLATION\n"
       "bob staff AUDIO DEPENDENCY_VIOLATION\nbob staff E3 COUNT_VIOLATION"},
      {"codes: COUNT_VIOLATION", "bob staff E3 COUNT_VIOLATION"},
      {"codes: [COUNT_VIOLATION, MUTUALLY_EXCLUSIVE_VIOLATION]",
       "ana shop F1 MUTUALLY_EXCLUSIVE_VIOLATION\nbob staff E3 COUNT_VIOLATION"},
      {"sku_id: 'AUDIO'",
       "ana staff AUDIO DEPENDENCY_VIOLATION\nbob staff AUDIO DEPENDENCY_VIOLATION"},
      {"group_id: 'shop'", "ana shop F1 MUTUALLY_EXCLUSIVE_VIOLATION"},
      {"group_id: 'shop' codes: OTHER", ""},
  };
  for (const auto& c : cases) {
    for (size_t page_size : {1, 2, 3, 1000}) {
      EXPECT_EQ(Rows(tenant, c.filter, page_size), c.rows) << c.filter << " by " << page_size;
    }
  }
}

TEST(ViolationListTest, RowsHaveTheDetailsThatTheEngineExplains) {
  const ServedTenant tenant(kTenant);
  v1::ListViolationsResponse reply;
  ASSERT_TRUE(FillViolationPage(*tenant.live, tenant.facts, "t", {}, "", 1000, reply).ok());
  int row = 0;
  for (const ClaimItem& item : ExpandDerived(*tenant.live).items) {
    if (item.granted) continue;
    ASSERT_LT(row, reply.rows_size());
    EXPECT_EQ(reply.rows(row).user_id(), item.user.value());
    EXPECT_TRUE(
        google::protobuf::util::MessageDifferencer::Equals(reply.rows(row).item(), ToProto(item)));
    ++row;
  }
  EXPECT_EQ(row, reply.rows_size());
}

TEST(ViolationListTest, WhatCannotBeAskedIsRefused) {
  const ServedTenant tenant(kTenant);
  EXPECT_EQ(Rows(tenant, "sku_id: 'E9'"), "NOT_FOUND");
  EXPECT_EQ(Rows(tenant, "group_id: 'nobody'"), "NOT_FOUND");
  EXPECT_EQ(Rows(tenant, "codes: VIOLATION_CODE_UNSPECIFIED"), "OUT_OF_RANGE");
  EXPECT_EQ(Rows(tenant, "codes: 99"), "OUT_OF_RANGE");
}

}  // namespace
}  // namespace seatwise
