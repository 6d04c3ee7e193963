// Tenants as text, for tests. One fact a line, in any order; things exist once they are mentioned:
//
//   tenant atomic nested location=US retention=7
//   plan MAIL company unique retains
//   sku E3 plans=MAIL,DOCS seats=1 overage=2       (seats, warning, suspended, locked, deleted,
//   sku E5 plans=MAIL_PLUS suspended=50             self-service: a subscription each)
//   conflict MAIL MAIL_PLUS
//   require AUDIO TEAMS_A,TEAMS_B
//   prohibit MAIL CN
//   user ana location=DE created=4 address=smtp:a@x.test,SMTP:B@x.test blocked guest
//   group staff -> E3 priority=5 off=DOCS @7       (assigned_at; 0 if not given)
//   ana -> E5
//   ana in staff @3                                (added_at; 0 if not given)
//   group inner in staff @3
//
// Times are microseconds since the epoch. Users without a location get the tenant's default.
#pragma once

#include "absl/strings/string_view.h"
#include "engine/model/facts.h"

namespace seatwise::worlds {

// Dies on text that is not of this form.
Facts ParseTenant(absl::string_view text);

}  // namespace seatwise::worlds
