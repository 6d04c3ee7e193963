#include "service/message_names.h"

#include "engine/model/fact_key.h"
#include "engine/model/ids.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "seatwise/v1/fact.pb.h"
#include "service/names.h"
#include "service/served_tenant_for_test.h"

namespace seatwise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kTenant[] = R"(
tenant location=US nested
sku E3 plans=MAIL seats=1
group staff -> E3
group sales in staff @0
ana in staff @1
bob in sales @2
)";

class MessageNamesTest : public ::testing::Test {
 protected:
  v1::Names NamesIn(const google::protobuf::Message& message) const {
    v1::Names names;
    EXPECT_TRUE(FillNames(tenant_.live->catalog(), tenant_.facts, message, names).ok());
    return names;
  }

  const ServedTenant tenant_{kTenant};
};

MATCHER_P(Has, id, "") { return arg.id() == id; }

TEST_F(MessageNamesTest, FieldsWithIdsAreCalledByName) {
  v1::Fact fact;
  fact.mutable_assignment()->set_group_id("staff");
  fact.mutable_assignment()->set_sku_id("E3");
  const v1::Names names = NamesIn(fact);
  EXPECT_THAT(names.groups(), ElementsAre(Has("staff")));
  EXPECT_THAT(names.skus(), ElementsAre(Has("E3")));
  EXPECT_THAT(names.users(), IsEmpty());
}

TEST_F(MessageNamesTest, WhatAMembershipThatGoesNamesIsCalledByName) {
  v1::Change change;
  change.mutable_delete_()->set_name(NameOf("t", MembershipKey{GroupId("sales"), UserId("bob")}));
  const v1::Names names = NamesIn(change);
  EXPECT_THAT(names.groups(), ElementsAre(Has("sales")));
  EXPECT_THAT(names.users(), ElementsAre(Has("bob")));
}

TEST_F(MessageNamesTest, WhatAnAssignmentThatGoesNamesIsCalledByName) {
  v1::Change change;
  change.mutable_delete_()->set_name(NameOf("t", AssignmentKey{GroupId("staff"), SkuId("E3")}));
  const v1::Names names = NamesIn(change);
  EXPECT_THAT(names.groups(), ElementsAre(Has("staff")));
  EXPECT_THAT(names.skus(), ElementsAre(Has("E3")));
}

// It is the business of whoever reads the change.
TEST_F(MessageNamesTest, AWrongNameNamesNothing) {
  v1::Change change;
  change.mutable_delete_()->set_name("tenants/t/nobody");
  EXPECT_EQ(NamesIn(change).ByteSizeLong(), 0u);
}

}  // namespace
}  // namespace seatwise
