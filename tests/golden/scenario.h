// Golden scenarios: the readable specification. A file holds scenarios; a scenario cites the rules
// it is for, states facts, and then steps: changes of facts, and all that follows from them.
//
//   scenario K6 the last seat goes to who joined first
//   sku E3 seats=1 plans=MAIL,DOCS    group staff -> E3        # statements: two spaces apart
//   + ana in staff @1                 ana: E3 Active           E3 1/1
//   + bob in staff @2
//       bob: E3 Error Count(place 1)  E3 1/1 waiting 1 overrun 1
//   - ana in staff
//       ana: nothing                  bob: E3 Active
//
// The citations: rules of docs/semantics.md and `example N` of its worked examples.
//
// Facts: without a sign before the first step, then with `+` (new), `~` (the fact of this key now
// is what stands here, with defaults for what does not) or `-` (gone; its key is enough):
//
//   tenant atomic nested location=US retention=7
//   plan MAIL company unique retains           a plan of plans= needs no line of its own
//   sku E3 plans=MAIL,DOCS overage=unlimited seats=5     seats: of a subscription with the SKU's id
//   subscription s1 of E3 units=9 self_service suspended (enabled, warning, locked_out, deleted)
//   conflict MAIL MAIL_PLUS
//   require AUDIO TEAMS_A,TEAMS_B              any of
//   prohibit MAIL CN
//   user ana location=DE created=4 addresses=smtp:a@x,SMTP:b@x blocked guest
//   group staff -> E3 priority 5 without DOCS @7          @: assigned_at, added_at
//   ana -> E3
//   ana in staff @3                            a user needs no line of its own
//   group inner in staff @3
//   observed ana E3 without DOCS
//
// Times are microseconds, 2024-01-31 or 2024-01-31T12:00:00Z; none is the epoch. Names, prices and
// other facts that no answer depends on cannot be stated. Changes in a row without expectations in
// between make one step.
//
// Expectations, after the changes of a step; what is stated holds exactly:
//
//   ana: E3 Active, E5 Error Count             every SKU of the user, or `ana: nothing`
//   ana: E3 ActiveWithError [MAIL] Count(place 1) by staff and Dependency(MAIL needs X,Y) by direct
//                                              each rejected claim with all its violations, in
//                                              display order; enabled plans, details and the source
//                                              of an only rejected claim may be left out
//   ana uses MAIL,DOCS                         effective plans (O4), or `ana uses nothing`
//   E3 3/5 waiting 1 overrun 2                 consumed / capacity (`unlimited`); no overrun: none
//   E3 3/3 off overrun 3 usable 0 parked 3 available 0      the last three may be left out
//   group staff: 3 members, 2 licensed, 1 with errors       or `group staff: not licensed`
//   nothing changes                            in all that is derived
//
// Details: ProhibitedInUsageLocation(MAIL,DOCS in CN), Uniqueness(MAIL: smtp:a@x of ana; ...),
// MutuallyExclusive(MAIL against MAIL_PLUS of E5 by board, E7 by direct; ...),
// Dependency(AUDIO needs TEAMS_A,TEAMS_B; ...), Count(place 1), Other(E5 Count; ...).
//
// Nothing changes silently: a user or SKU whose line is not what it was after the last step must be
// stated (runner.h). A line that ends with a comma, semicolon or backslash goes on in the next.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "tests/golden/expectations.h"

namespace seatwise::golden {

// Changes that are made together, and what follows.
struct Step {
  int line = 0;                           // Of the first change.
  Facts facts;                            // After the changes.
  std::vector<Expectation> expectations;  // None only in the first step.
};

// The first step is the facts before any change.
struct Scenario {
  std::string file;
  int line = 0;
  std::vector<std::string> cites;  // `K6`, `example 4`; at least one.
  std::string title;
  std::vector<Step> steps;
};

// Whether this is how a rule is called: a letter and a number, as in `K6`.
bool IsRule(absl::string_view word);

// The scenarios of the text of a file. INVALID_ARGUMENT with `file:line: ` and what is wrong, at
// the first mistake.
absl::StatusOr<std::vector<Scenario>> ParseScenarios(absl::string_view file,
                                                     absl::string_view text);

}  // namespace seatwise::golden
