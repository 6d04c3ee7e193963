#include "cli/fix_text.h"

#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/text.h"
#include "engine/model/fact_key.h"
#include "engine/model/ids.h"
#include "seatwise/v1/explanation.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostPlansNamed = 4;

using Step = v1::Fix::Step;

// The assignment that a step puts or deletes.
struct AssignmentOf {
  Principal principal;
  SkuId sku;
};

std::optional<FactKey> DeletedKey(const Step& step) {
  const absl::StatusOr<FactName> name = ParseFactName(step.change().delete_().name(), "name");
  return name.ok() ? std::optional<FactKey>(name->key) : std::nullopt;
}

AssignmentOf Assigned(const Step& step) {
  if (step.change().has_put()) {
    const v1::Assignment& put = step.change().put().assignment();
    const Principal principal =
        put.has_group_id() ? Principal(GroupId(put.group_id())) : Principal(UserId(put.user_id()));
    return {.principal = principal, .sku = SkuId(put.sku_id())};
  }
  const std::optional<FactKey> key = DeletedKey(step);
  const AssignmentKey* assignment = key ? std::get_if<AssignmentKey>(&*key) : nullptr;
  return assignment == nullptr ? AssignmentOf{.principal = UserId(""), .sku = SkuId("")}
                               : AssignmentOf{assignment->principal, assignment->sku};
}

MembershipKey Left(const Step& step) {
  const std::optional<FactKey> key = DeletedKey(step);
  const MembershipKey* membership = key ? std::get_if<MembershipKey>(&*key) : nullptr;
  return membership == nullptr ? MembershipKey{GroupId(""), UserId("")} : *membership;
}

std::string NamesOf(const google::protobuf::RepeatedPtrField<std::string>& plan_ids,
                    const Names& names) {
  std::vector<std::string> listed;
  for (const std::string& id : plan_ids) listed.push_back(names.Plan(PlanId(id)));
  return EnumeratedUpTo(listed, kMostPlansNamed);
}

// "SPE_E3 of Office staff", "SPE_E3 assigned directly".
std::string Called(const AssignmentOf& assignment, const Names& names) {
  const std::string sku = names.Sku(assignment.sku);
  if (IsDirect(assignment.principal)) return absl::StrCat(sku, " assigned directly");
  return absl::StrCat(sku, " of ", names.Source(assignment.principal));
}

std::string Sentence(const Step& step, const Names& names, const std::string& user) {
  switch (step.kind()) {
    case Step::SET_USAGE_LOCATION:
      return absl::StrCat("give ", user, " a usage location, as in ",
                          step.change().put().user().usage_location());
    case Step::DISABLE_PLANS:
      return absl::StrCat("leave ", NamesOf(step.plan_ids(), names), " out of ",
                          Called(Assigned(step), names));
    case Step::ENABLE_PLANS:
      return absl::StrCat("enable ", NamesOf(step.plan_ids(), names), " in ",
                          Called(Assigned(step), names));
    case Step::DROP_ASSIGNMENT:
      return absl::StrCat("take back ", Called(Assigned(step), names));
    case Step::ASSIGN:
      return absl::StrCat("assign ", names.Sku(Assigned(step).sku), " to ", user);
    case Step::BUY_SEATS:
      return absl::StrCat("buy ", Counted(step.units(), "seat"), " of ",
                          names.Sku(SkuId(step.change().put().subscription().sku_id())));
    case Step::RENEW_SUBSCRIPTION:
      return absl::StrCat("renew the subscription ",
                          Printable(step.change().put().subscription().subscription_id()), " (",
                          Counted(step.change().put().subscription().units(), "seat"), ")");
    case Step::DROP_ADDRESS:
      return absl::StrCat("take the address from ", user);
    case Step::LEAVE_GROUP:
      return absl::StrCat("take ", user, " out of ", names.Group(Left(step).group));
    default:  // Among them what only a SeatWay has (seat_way_text.h).
      return "a change that this program does not know";
  }
}

// What the user loses, and what it means for others.
std::vector<std::string> Effects(const v1::Fix& fix, const Names& names) {
  const v1::FixEffect& effect = fix.effect();
  std::vector<std::string> effects;
  if (!fix.granted()) effects.emplace_back("the claim is gone then");
  std::vector<std::string> lost;
  for (const std::string& sku : effect.lost_sku_ids()) lost.push_back(names.Sku(SkuId(sku)));
  if (!lost.empty())
    effects.push_back(absl::StrCat(Enumerated(lost), lost.size() == 1 ? " is" : " are", " lost"));
  if (!effect.lost_plan_ids().empty()) {
    effects.push_back(absl::StrCat(NamesOf(effect.lost_plan_ids(), names),
                                   effect.lost_plan_ids_size() == 1 ? " goes" : " go"));
  }
  if (effect.others_gaining() > 0) {
    effects.push_back(absl::StrCat(Counted(effect.others_gaining(), "other"),
                                   effect.others_gaining() == 1 ? " gains" : " gain", " too"));
  }
  if (effect.others_losing() > 0) {
    std::vector<std::string> users;
    for (const std::string& id : effect.losing_user_ids()) users.push_back(names.User(UserId(id)));
    const int64_t more = effect.others_losing() - static_cast<int64_t>(users.size());
    if (more > 0) users.push_back(absl::StrCat(Grouped(more), " more"));
    effects.push_back(absl::StrCat("TAKES from ", Counted(effect.others_losing(), "other"), ": ",
                                   Enumerated(users)));
  }
  return effects;
}

// One command, word by word.
class Command {
 public:
  explicit Command(absl::string_view verb) : text_(verb) {}
  Command& Word(absl::string_view word) {
    absl::StrAppend(&text_, " ", ShellWord(Printable(word)));
    return *this;
  }
  Command& Flag(absl::string_view flag, absl::string_view value) {
    absl::StrAppend(&text_, " ", flag);
    return Word(value);
  }
  Command& Of(const Principal& principal) {
    return Flag(IsDirect(principal) ? "--user" : "--group", PrincipalIdValue(principal));
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string AssignCommand(const Step& step) {
  const v1::Assignment& put = step.change().put().assignment();
  const AssignmentOf assignment = Assigned(step);
  Command command("assign");
  command.Word(assignment.sku.value()).Of(assignment.principal);
  for (const std::string& plan : put.disabled_plan_ids()) command.Flag("--disable", plan);
  if (put.priority() != 0 || step.kind() == Step::LOWER_PRIORITY) {
    command.Flag("--priority", absl::StrCat(put.priority()));
  }
  return command.Take();
}

std::string BuyCommand(const Step& step) {
  const v1::Subscription& put = step.change().put().subscription();
  if (put.units() > step.units()) {
    return Command("subscription update")
        .Word(put.subscription_id())
        .Flag("--units", absl::StrCat(put.units()))
        .Take();
  }
  return Command("subscription create")
      .Word(put.subscription_id())
      .Flag("--sku", put.sku_id())
      .Flag("--units", absl::StrCat(put.units()))
      .Take();
}

std::string AddressCommand(const v1::User& put) {
  Command command("user update");
  command.Word(put.user_id());
  for (const std::string& address : put.proxy_addresses()) command.Flag("--address", address);
  if (put.proxy_addresses().empty()) command.Flag("--address", "");
  return command.Take();
}

std::string CommandOf(const Step& step) {
  const v1::Fact& put = step.change().put();
  switch (step.kind()) {
    case Step::SET_USAGE_LOCATION:
      return Command("user update")
          .Word(put.user().user_id())
          .Flag("--location", put.user().usage_location())
          .Take();
    case Step::DISABLE_PLANS:
    case Step::ENABLE_PLANS:
    case Step::ASSIGN:
    case Step::LOWER_PRIORITY:
      return AssignCommand(step);
    case Step::DROP_ASSIGNMENT:
      return Command("unassign")
          .Word(Assigned(step).sku.value())
          .Of(Assigned(step).principal)
          .Take();
    case Step::BUY_SEATS:
      return BuyCommand(step);
    case Step::RENEW_SUBSCRIPTION:
      return Command("subscription update")
          .Word(put.subscription().subscription_id())
          .Flag("--status", "Enabled")
          .Take();
    case Step::TAKE_OVER_SUBSCRIPTION:
      return Command("subscription update")
          .Word(put.subscription().subscription_id())
          .Flag("--self-service", "false")
          .Take();
    case Step::DROP_ADDRESS:
      return AddressCommand(put.user());
    case Step::LEAVE_GROUP:
      return Command("member remove").Word(Left(step).group.value()).Of(Left(step).member).Take();
    default:
      return "";
  }
}

}  // namespace

std::string FixSentence(const v1::Fix& fix, const Names& names, absl::string_view user_id) {
  const std::string user = names.User(UserId(std::string(user_id)));
  std::vector<std::string> steps;
  for (const Step& step : fix.steps()) steps.push_back(Sentence(step, names, user));
  std::vector<std::string> parts = {Enumerated(steps)};
  for (std::string& effect : Effects(fix, names)) parts.push_back(std::move(effect));
  return absl::StrJoin(parts, "; ");
}

std::vector<std::string> FixCommands(const v1::Fix& fix, absl::string_view program,
                                     absl::string_view flags) {
  std::vector<std::string> commands;
  for (const Step& step : fix.steps()) {
    const std::string command = CommandOf(step);
    if (command.empty()) continue;
    commands.push_back(absl::StrCat(program, " ", command, flags));
  }
  return commands;
}

}  // namespace seatwise::cli
