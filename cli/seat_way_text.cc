#include "cli/seat_way_text.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/fix_text.h"
#include "cli/text.h"
#include "engine/model/ids.h"
#include "google/protobuf/repeated_field.h"
#include "seatwise/v1/explanation.pb.h"

namespace seatwise::cli {
namespace {

using Way = v1::SeatWay;

// "a, b and 5 more".
std::string SomeOf(const google::protobuf::RepeatedPtrField<std::string>& ids, int64_t all,
                   const Names& names) {
  std::vector<std::string> users;
  for (const std::string& id : ids) users.push_back(names.User(UserId(id)));
  const int64_t more = all - static_cast<int64_t>(users.size());
  if (more > 0) users.push_back(absl::StrCat(Grouped(more), " more"));
  return Enumerated(users);
}

// "take SPE_E5 back from 2 of 3 guests among the last 5,000 holders: ana and bob".
std::string TakenBack(const Way& way, const char* one, const Names& names, const std::string& sku) {
  std::string text = absl::StrCat("take ", sku, " back from ");
  if (way.giving_up() < way.holders()) absl::StrAppend(&text, Grouped(way.giving_up()), " of ");
  absl::StrAppend(&text, Counted(way.holders(), one));
  if (way.holders_looked_at() > 0) {
    absl::StrAppend(&text, " among the last ", Counted(way.holders_looked_at(), "holder"));
  }
  return absl::StrCat(text, ": ", SomeOf(way.giving_up_user_ids(), way.giving_up(), names));
}

std::string Lowered(const Way& way, const Names& names, const std::string& sku) {
  const v1::Assignment& put = way.steps(0).change().put().assignment();
  const std::string whose =
      put.has_group_id() ? names.Group(GroupId(put.group_id())) : names.User(UserId(put.user_id()));
  return absl::StrCat("lower the priority of ", sku, " of ", whose, " to ", put.priority());
}

std::string Deed(const Way& way, const Names& names, const std::string& sku) {
  if (way.steps().empty()) return "a change that this program does not know";
  const std::string subscription =
      Printable(way.steps(0).change().put().subscription().subscription_id());
  const std::string seats = Counted(way.units(), "seat");
  switch (way.kind()) {
    case Way::BUY_SEATS:
      return absl::StrCat("buy ", seats, " of ", sku);
    case Way::RENEW_SUBSCRIPTION:
      return absl::StrCat("renew the subscription ", subscription, " (", seats, ")");
    case Way::TAKE_OVER_SUBSCRIPTION:
      return absl::StrCat("take over the subscription ", subscription, " (", seats,
                          "), which users bought for themselves");
    case Way::TAKE_FROM_BLOCKED:
      return TakenBack(way, "blocked account", names, sku);
    case Way::TAKE_FROM_GUESTS:
      return TakenBack(way, "guest", names, sku);
    case Way::LOWER_PRIORITY:
      return Lowered(way, names, sku);
    default:
      return "a change that this program does not know";
  }
}

}  // namespace

std::string SeatWaySentence(const v1::SeatWay& way, const Names& names, absl::string_view sku_id) {
  std::vector<std::string> parts = {Deed(way, names, names.Sku(SkuId(std::string(sku_id))))};
  if (way.waiting() > 1 && way.seated() >= way.waiting()) {
    parts.push_back(absl::StrCat("all ", Grouped(way.waiting()), " get a seat"));
  } else if (way.seated() < way.waiting()) {
    parts.push_back(absl::StrCat(Grouped(way.seated()), " of ", Grouped(way.waiting()),
                                 way.seated() == 1 ? " gets" : " get", " a seat"));
  }
  if (way.losing() > 0) {
    const std::string who = SomeOf(way.losing_user_ids(), way.losing(), names);
    parts.push_back(way.giving_up() > 0
                        ? absl::StrCat("TAKES more than that from ", who)
                        : absl::StrCat("TAKES from ", Counted(way.losing(), "other"), ": ", who));
  }
  return absl::StrJoin(parts, "; ");
}

std::vector<std::string> SeatWayCommands(const v1::SeatWay& way, absl::string_view program,
                                         absl::string_view flags) {
  if (way.more_steps() > 0) return {};
  v1::Fix fix;
  *fix.mutable_steps() = way.steps();
  return FixCommands(fix, program, flags);
}

}  // namespace seatwise::cli
