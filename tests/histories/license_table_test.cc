#include "tests/histories/license_table.h"

#include "engine/model/derived.h"
#include "engine/model/ids.h"
#include "engine/model/license_delta.h"
#include "gtest/gtest.h"

namespace seatwise::histories {
namespace {

const LicenseValue kError = {LicenseState::kError, {}};
const LicenseValue kMail = {LicenseState::kActive, PlanIdSet{PlanId("MAIL")}};
const LicenseValue kDocs = {LicenseState::kActive, PlanIdSet{PlanId("DOCS")}};

TEST(LicenseTableTest, DifferencesAreCanonical) {
  const SkuId e3("E3");
  const SkuId e1("E1");
  const LicenseTable before = {{{1, e3}, kError}, {{2, e3}, kMail}, {{5, e1}, kMail}};
  const LicenseTable after = {
      {{2, e3}, kMail}, {{4, e3}, kDocs}, {{3, e3}, kDocs}, {{9, e3}, kMail}, {{5, e1}, kError}};
  EXPECT_EQ(DescribeDelta(Difference(before, after)),
            "E1: Active MAIL -> Error: 5\n"
            "E3: nothing -> Active DOCS: 3 4\n"
            "E3: nothing -> Active MAIL: 9\n"
            "E3: Error -> nothing: 1\n");
  LicenseTable table = before;
  EXPECT_EQ(AddTo(table, Difference(before, after)), "");
  EXPECT_EQ(table, after);
  EXPECT_TRUE(Difference(after, after).empty());
}

TEST(LicenseTableTest, ADeltaOfAnotherStateIsNotAdded) {
  LicenseTable table = {{{1, SkuId("E3")}, kError}};
  EXPECT_EQ(AddTo(table, {{{SkuId("E3"), kMail, kDocs, {1}}}}),
            "user number 1 has E3 Error before E3: Active MAIL -> Active DOCS: 1\n");
}

}  // namespace
}  // namespace seatwise::histories
