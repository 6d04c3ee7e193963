#include "cli/explain_tree.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "cli/text.h"
#include "seatwise/v1/explain_service.pb.h"

namespace seatwise::cli {
namespace {

v1::ExplainLicenseResponse Parse(const std::string& text) {
  v1::ExplainLicenseResponse message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

std::string TreeOf(const std::string& text, const ExplainWords& words = {}) {
  return ExplainTree(Parse(text), words, Style());
}

// Ana has E3 directly and by sales, which is in all.
constexpr char kTwoWays[] = R"(
  user { user { user_id: 'ana' } }
  licenses {
    license { sku_id: 'e3' state: ACTIVE }
    sources {
      item { source { user_id: 'ana' } sku_id: 'e3' granted: true }
      plan_ids: ['docs', 'mail', 'chat']
    }
    sources {
      item { source { group_id: 'all' } sku_id: 'e3' granted: true }
      path_group_ids: ['all', 'g7']
      plan_ids: ['docs', 'mail']
      disabled_plan_ids: 'chat'
    }
  }
  names {
    skus { id: 'e3' name: 'E3' }
    service_plans { id: 'chat' name: 'CHAT' }
    groups { id: 'g7' display_name: 'Sales' }
  })";

// Ana waits for E3 behind three others.
constexpr char kWaits[] = R"(
  user { user { user_id: 'ana' } }
  licenses {
    license { sku_id: 'e3' state: ERROR }
    sources {
      item {
        source { group_id: 'all' } sku_id: 'e3' codes: COUNT_VIOLATION
        violations { count { place: 12 } }
      }
      path_group_ids: 'all'
      plan_ids: 'mail'
      queue { place: 12 waiting: 40 ahead_user_ids: ['b', 'c', 'd', 'e'] }
      fixes {
        granted: true
        steps {
          kind: BUY_SEATS units: 12
          change { put { subscription { subscription_id: 's' sku_id: 'e3' units: 20 } } }
        }
        effect { others_gaining: 11 }
      }
      seat_ways {
        kind: RENEW_SUBSCRIPTION units: 15 seated: 15 waiting: 40
        steps { change { put { subscription { subscription_id: 'old' } } } }
      }
    }
  }
  names { users { id: 'b' display_name: 'Bob' } })";

TEST(ExplainTreeTest, EverySourceIsAWayToTheUser) {
  EXPECT_EQ(TreeOf(kTwoWays),
            "└─ E3: Active\n"
            "   ├─ ✓ directly (all 3 plans)\n"
            "   └─ ✓ all › Sales (2 of 3 plans: without CHAT)\n");
  EXPECT_EQ(TreeOf(kTwoWays, {.most_plans_named = 0}),
            "└─ E3: Active\n"
            "   ├─ ✓ directly (all 3 plans)\n"
            "   └─ ✓ all › Sales (2 of 3 plans)\n");
}

TEST(ExplainTreeTest, ARejectedClaimSaysWhyAndWhoStandsInFront) {
  EXPECT_EQ(TreeOf(kWaits),
            "└─ e3: Error\n"
            "   └─ ✗ all (1 plan)\n"
            "          CountViolation: no seat is free: place 12 of 40 in the queue, behind\n"
            "            Bob, c, d and 8 more\n");
}

TEST(ExplainTreeTest, WhatHealsAClaimStandsBelowIt) {
  const std::string tree = TreeOf(kWaits, {.fixes = true});
  EXPECT_EQ(tree.substr(tree.find("Fix")),
            "Fix: buy 12 seats of e3; 11 others gain too\n"
            "          Or: renew the subscription old (15 seats); 15 of 40 get a seat\n");
  v1::ExplainLicenseResponse none = Parse(kWaits);
  none.mutable_licenses(0)->mutable_sources(0)->clear_fixes();
  EXPECT_NE(ExplainTree(none, {.fixes = true}, Style()).find("Fix: renew the subscription old"),
            std::string::npos);
  none.mutable_licenses(0)->mutable_sources(0)->clear_seat_ways();
  EXPECT_NE(ExplainTree(none, {.fixes = true}, Style()).find("Fix: none found within 3 changes\n"),
            std::string::npos);
  none.mutable_licenses(0)->mutable_sources(0)->set_fixes_not_tried(2);
  EXPECT_NE(ExplainTree(none, {.fixes = true}, Style()).find("Fix: none found; 2 ideas"),
            std::string::npos);
}

TEST(ExplainTreeTest, SkusStandByNameAndShowBothNames) {
  EXPECT_EQ(TreeOf(R"(
      licenses { license { sku_id: 's1' state: ACTIVE } }
      licenses { license { sku_id: 's2' state: DISABLED } }
      names {
        skus { id: 's1' name: 'ZETA' display_name: 'Zeta Plan' }
        skus { id: 's2' name: 'ALPHA' }
      })"),
            "├─ ALPHA: Disabled\n"
            "└─ ZETA (Zeta Plan): Active\n");
}

TEST(ExplainTreeTest, WhoAsksForNothingHasNoTree) {
  EXPECT_EQ(TreeOf("user { user { user_id: 'ana' } }"), "");
}

TEST(ExplainTreeTest, LinesFitTheTerminal) {
  for (const size_t columns : {40u, 80u, 120u}) {
    const std::string tree = ExplainTree(Parse(kWaits), {.fixes = true}, Style(true, columns));
    for (const std::string& line : std::vector<std::string>(absl::StrSplit(tree, '\n'))) {
      EXPECT_LE(DisplayWidth(line), columns) << line;
    }
  }
}

TEST(ExplainTreeTest, TheHeaderSaysWhoAndWhere) {
  const v1::ExplainLicenseResponse explained = Parse(R"(user {
      user { user_id: 'u1' display_name: 'Ana\x1b' user_principal_name: 'ana@x'
             account_enabled: false user_type: GUEST }
      effective_location: 'DE' })");
  EXPECT_EQ(ExplainHeader(explained.user(), Style()), "Ana\uFFFD  ana@x, in DE, blocked, guest");
  EXPECT_EQ(ExplainHeader(Parse("user { user { user_id: 'u1' } }").user(), Style()), "u1");
}

}  // namespace
}  // namespace seatwise::cli
