#include "cli/member.h"

#include <CLI/CLI.hpp>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/changes.h"
#include "cli/field_value.h"
#include "cli/noun_verb.h"
#include "cli/pages.h"
#include "cli/remote_names.h"
#include "cli/text.h"
#include "engine/model/fact_key.h"
#include "seatwise/v1/group_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

std::string Called(const std::string& group) {
  return absl::StrCat("group '", Printable(group), "'");
}

// add and remove.
class EditVerb final : public RemoteVerb {
 public:
  explicit EditVerb(bool adds) : RemoteVerb(WordsOf(adds), TenantUse::kOne), adds_(adds) {}

 private:
  static Words WordsOf(bool adds) {
    const std::string word = adds ? "add" : "remove";
    return {.name = word,
            .description =
                adds ? "Put users and groups into a group" : "Take users and groups out of a group",
            .examples = absl::StrCat("  seatwise member ", word, " sales --user ana --user bob\n",
                                     "  seatwise member ", word, " staff --group sales")};
  }

  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("GROUP", group_, "The group")->required()->type_name("");
    members_.Declare(verb, "A user", "A group in the group");
    if (!adds_) verb.add_flag("--if-exists", if_exists_, "It is well if one is not in it");
    write_.Declare(verb);
  }

  ExitCode Check(Console& console) override {
    if (!members_.empty()) return ExitCode::kOk;
    return console.Fail("name at least one --user or --group", ExitCode::kUsage);
  }

  v1::Change ChangeOf(const Session& session, const Principal& member) const {
    if (!adds_) {
      return Deletion(NameOf(session.tenant, MembershipKey{GroupId(group_), member}), if_exists_);
    }
    v1::Change change;
    v1::Member& put = *change.mutable_put()->mutable_member();
    put.set_group_id(group_);
    if (const auto* user = std::get_if<UserId>(&member)) put.set_user_id(user->value());
    if (const auto* group = std::get_if<GroupId>(&member)) put.set_member_group_id(group->value());
    return change;
  }

  ExitCode Do(Session& session) override {
    std::vector<v1::Change> changes;
    for (const std::string& id : members_.users()) changes.push_back(ChangeOf(session, UserId(id)));
    for (const std::string& id : members_.groups()) {
      changes.push_back(ChangeOf(session, GroupId(id)));
    }
    return ApplyChanges(session, std::move(changes), write_, members_.ToString(),
                        absl::StrCat(adds_ ? "added to " : "removed from ", Called(group_)));
  }

  const bool adds_;
  std::string group_;
  PrincipalFlags members_;
  bool if_exists_ = false;
  WriteFlags write_;
};

const std::vector<RecordColumn>& Columns() {
  static const auto* const kColumns =
      new std::vector<RecordColumn>{{.key = "member_type"},
                                    {.key = "member_id", .may_shrink = true},
                                    {.key = "member", .may_shrink = true},
                                    {.key = "added_at", .is_time = true}};
  return *kColumns;
}

class ListVerb final : public RemoteVerb {
 public:
  ListVerb()
      : RemoteVerb({.name = "list",
                    .description = "List the members of a group",
                    .examples = "  seatwise member list sales\n"
                                "  seatwise member list sales -o csv",
                    .lists = true},
                   TenantUse::kOne) {}

 private:
  void DeclareOwn(CLI::App& verb) override {
    verb.add_option("GROUP", group_, "The group")->required()->type_name("");
  }

  static Record RecordOf(const v1::Member& member, const Names& names) {
    const bool is_user = member.has_user_id();
    const std::string& id = is_user ? member.user_id() : member.member_group_id();
    return {std::string(is_user ? "user" : "group"), id,
            is_user ? names.User(UserId(id)) : names.Group(GroupId(id)),
            ValueOf(member, *v1::Member::descriptor()->FindFieldByName("added_at"))};
  }

  static absl::Status AddPage(const v1::ListMembersResponse& page, RemoteNames& names,
                              RecordPrinter& printer) {
    std::vector<UserId> users;
    for (const v1::Member& member : page.members()) {
      if (member.has_user_id()) users.emplace_back(member.user_id());
      if (member.has_member_group_id()) {
        SEATWISE_RETURN_IF_ERROR(names.Need(GroupId(member.member_group_id())));
      }
    }
    SEATWISE_RETURN_IF_ERROR(names.Need(users));
    for (const v1::Member& member : page.members()) {
      printer.Add(RecordOf(member, names.names()));
    }
    return absl::OkStatus();
  }

  ExitCode Do(Session& session) override {
    v1::ListMembersRequest request;
    request.set_parent(NameOf(session.tenant, Principal(GroupId(group_))));
    RecordPrinter printer(Columns(), session.form, session.console);
    RemoteNames names(session.client, session.tenant);
    absl::Status named;
    const absl::Status listed = ForEachPage<v1::ListMembersResponse>(
        session.client, "seatwise.v1.MemberService/ListMembers", request,
        [&](const v1::ListMembersResponse& page) {
          named = AddPage(page, names, printer);
          return named.ok();
        });
    if (!listed.ok()) return ReportCallError(listed, session.console);
    if (!named.ok()) return ReportCallError(named, session.console);
    return printer.Finish(
        absl::StrCat(Called(group_), " has no members; add some with: seatwise member add"));
  }

  std::string group_;
};

}  // namespace

std::unique_ptr<Verb> MakeMemberVerb() {
  std::vector<std::unique_ptr<RemoteVerb>> words;
  words.push_back(std::make_unique<ListVerb>());
  words.push_back(std::make_unique<EditVerb>(/*adds=*/true));
  words.push_back(std::make_unique<EditVerb>(/*adds=*/false));
  return MakeNounVerb("member", "Who is in which group",
                      "  seatwise member list sales\n  seatwise member add sales --user ana",
                      std::move(words));
}

}  // namespace seatwise::cli
