#include "tests/worlds/dangling.h"

#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "gtest/gtest.h"
#include "tests/worlds/describe.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise::worlds {
namespace {

TEST(DanglingTest, WhatNamesNothingGoes) {
  Facts facts = ParseTenant(R"(
    sku E3 plans=MAIL,DOCS seats=1
    sku E5 plans=DOCS seats=1
    conflict MAIL DOCS
    require DOCS MAIL,AUDIO
    require DOCS AUDIO
    require AUDIO MAIL
    ana -> E3 off=MAIL
    bob -> E5
    ana in staff
    group inner in staff)");
  std::erase_if(facts.plans, [](const ServicePlan& plan) { return plan.id == PlanId("MAIL"); });
  std::erase_if(facts.skus, [](const Sku& sku) { return sku.id == SkuId("E5"); });
  std::erase_if(facts.groups, [](const Group& group) { return group.id == GroupId("inner"); });
  RemoveDangling(facts);
  EXPECT_EQ(Describe(facts),
            "plan AUDIO\n"
            "sku E3 seats=1 plans=DOCS\n"
            "require DOCS AUDIO\n"
            "user bob\n"
            "ana -> E3\n"
            "ana in staff\n");
}

}  // namespace
}  // namespace seatwise::worlds
