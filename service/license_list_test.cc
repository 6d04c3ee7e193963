#include "service/license_list.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "service/errors.h"
#include "service/served_tenant_for_test.h"

namespace seatwise {
namespace {

constexpr char kTenant[] = R"(
tenant nested location=US
sku E3 plans=MAIL seats=2
sku E5 plans=DOCS suspended=9
sku F1 plans=KIOSK seats=9
conflict MAIL KIOSK
group staff -> E3
group board -> E5
group board in staff
ana in staff @1
bob in board @2
cy in staff @3
dot -> F1
eve -> F1
eve in board @4
user fay
)";

// All rows, "ana E3 ACTIVE", over pages of a size; or the reason of an error.
std::string Rows(const ServedTenant& tenant, const std::string& filter, size_t page_size = 1000) {
  v1::ListEffectiveLicensesRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(filter, &request)) << filter;
  std::vector<std::string> rows;
  std::string place;
  do {
    LicensePage page;
    const auto next =
        FillLicensePage(*tenant.live, tenant.facts, "t", request, place, page_size, page);
    if (!next.ok()) return ErrorInfoOf(next.status()).reason();
    v1::ListEffectiveLicensesResponse reply;
    EXPECT_TRUE(reply.ParseFromString(std::move(page).Bytes()));
    EXPECT_LE(reply.rows_size(), static_cast<int>(page_size));
    for (const v1::EffectiveLicenseRow& row : reply.rows()) {
      rows.push_back(absl::StrCat(
          row.user_id(), row.has_license() ? " " : "", row.license().sku_id(),
          row.has_license() ? " " : "",
          row.has_license() ? v1::EffectiveLicense::State_Name(row.license().state()) : ""));
    }
    place = *next;
  } while (!place.empty());
  return absl::StrJoin(rows, "\n");
}

TEST(LicenseListTest, FiltersMustAllHold) {
  const ServedTenant tenant(kTenant);
  const struct {
    std::string filter, rows;
  } cases[] = {
      {"",
       "ana E3 ACTIVE\nbob E3 ACTIVE\nbob E5 DISABLED\ncy E3 ERROR\ndot F1 ACTIVE\n"
       "eve E3 ERROR\neve E5 DISABLED\neve F1 ACTIVE"},
      {"sku_id: 'E5'", "bob E5 DISABLED\neve E5 DISABLED"},
      {"states: ERROR", "cy E3 ERROR\neve E3 ERROR"},
      {"states: [ERROR, DISABLED]", "bob E5 DISABLED\ncy E3 ERROR\neve E3 ERROR\neve E5 DISABLED"},
      {"sku_id: 'E3' states: DISABLED", ""},
      {"unlicensed: true", "cy\nfay"},
  };
  for (const auto& c : cases) {
    for (size_t page_size : {1, 2, 3, 1000}) {
      EXPECT_EQ(Rows(tenant, c.filter, page_size), c.rows) << c.filter << " by " << page_size;
    }
  }
}

// Rows of members come by number, which says nothing about ids.
std::string Sorted(const std::string& rows) {
  std::vector<std::string> lines = absl::StrSplit(rows, '\n');
  std::sort(lines.begin(), lines.end());
  return absl::StrJoin(lines, "\n");
}

TEST(LicenseListTest, AGroupFilterMeansMembersOfSubgroupsToo) {
  const ServedTenant tenant(kTenant);
  for (size_t page_size : {1, 2, 1000}) {
    EXPECT_EQ(Sorted(Rows(tenant, "group_id: 'board'", page_size)),
              "bob E3 ACTIVE\nbob E5 DISABLED\neve E3 ERROR\neve E5 DISABLED\neve F1 ACTIVE");
    EXPECT_EQ(Sorted(Rows(tenant, "group_id: 'staff' sku_id: 'E3'", page_size)),
              "ana E3 ACTIVE\nbob E3 ACTIVE\ncy E3 ERROR\neve E3 ERROR");
    EXPECT_EQ(Rows(tenant, "group_id: 'staff' unlicensed: true", page_size), "cy");
  }
  const ServedTenant flat(
      "tenant location=US\nsku E3 seats=1\ngroup staff -> E3\ngroup board in staff\nbob in "
      "board\nana in staff");
  EXPECT_EQ(Rows(flat, "group_id: 'staff'"), "ana E3 ACTIVE");
}

TEST(LicenseListTest, WhatCannotBeAskedIsRefused) {
  const ServedTenant tenant(kTenant);
  EXPECT_EQ(Rows(tenant, "sku_id: 'E9'"), "NOT_FOUND");
  EXPECT_EQ(Rows(tenant, "group_id: 'nobody'"), "NOT_FOUND");
  EXPECT_EQ(Rows(tenant, "states: 77"), "OUT_OF_RANGE");
  EXPECT_EQ(Rows(tenant, "states: STATE_UNSPECIFIED"), "OUT_OF_RANGE");
  EXPECT_EQ(Rows(tenant, "unlicensed: true sku_id: 'E3'"), "CONTRADICTION");
  EXPECT_EQ(Rows(tenant, "unlicensed: true states: ERROR"), "CONTRADICTION");
}

// The page of this request that begins at a place.
v1::ListEffectiveLicensesResponse PageAt(const ServedTenant& tenant,
                                         const v1::ListEffectiveLicensesRequest& request,
                                         const char* place, size_t page_size) {
  LicensePage page;
  const auto next =
      FillLicensePage(*tenant.live, tenant.facts, "t", request, place, page_size, page);
  EXPECT_TRUE(next.ok()) << next.status();
  v1::ListEffectiveLicensesResponse reply;
  EXPECT_TRUE(reply.ParseFromString(std::move(page).Bytes()));
  return reply;
}

TEST(LicenseListTest, NamesOfUsersComeOnRequest) {
  Facts facts = worlds::ParseTenant(kTenant);
  for (User& user : facts.users) {
    user.display_name = absl::StrCat("Name of ", user.id.value());
    user.user_principal_name = absl::StrCat(user.id.value(), "@x");
  }
  const ServedTenant tenant(facts);
  v1::ListEffectiveLicensesRequest request;
  v1::ListEffectiveLicensesResponse reply = PageAt(tenant, request, "", 1);
  EXPECT_EQ(reply.rows(0).display_name(), "");
  request.set_include_user_names(true);
  reply = PageAt(tenant, request, "", 1);
  EXPECT_EQ(reply.rows(0).display_name(), "Name of ana");
  EXPECT_EQ(reply.rows(0).user_principal_name(), "ana@x");
}

TEST(LicenseListTest, APlaceOfAUserWhoIsGoneGoesOnWithTheNext) {
  const ServedTenant tenant(kTenant);
  const v1::ListEffectiveLicensesRequest request;
  const v1::ListEffectiveLicensesResponse reply = PageAt(tenant, request, "2:apple", 1);
  EXPECT_EQ(reply.rows(0).user_id(), "bob");
  EXPECT_EQ(reply.rows(0).license().sku_id(), "E3");
  LicensePage page;
  EXPECT_FALSE(FillLicensePage(*tenant.live, tenant.facts, "t", request, "x", 1, page).ok());
}

}  // namespace
}  // namespace seatwise
