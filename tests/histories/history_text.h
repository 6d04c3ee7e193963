// Histories as text, for failures and for tests. First the tenant, one fact a line as
// tests/worlds/parse_tenant.h reads them, but for subscriptions, which have lines of their own;
// then the steps:
//
//   tenant location=US
//   sku E3 plans=MAIL
//   subscription s1 of E3 seats=1
//   group staff -> E3
//   step
//   put ana in staff @3
//   put user ana location=DE
//   step
//   cascade sku E3
//   delete ana in staff
//
// Facts that no derived state depends on (names, prices, observed licenses) are left out.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "tests/histories/history.h"

namespace seatwise::histories {

// A line each.
std::string DescribeChanges(const ChangeSet& changes);

// The whole text.
std::string DescribeHistory(const History& history);

// Dies on text that is not of this form.
History ParseHistory(absl::string_view text);

}  // namespace seatwise::histories
