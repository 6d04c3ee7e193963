#include "storage/fact_editor.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <variant>

#include "absl/types/span.h"
#include "base/status_macros.h"
#include "storage/keys.h"
#include "storage/posting_list.h"
#include "storage/record_format.h"
#include "storage/record_reader.h"
#include "storage/records.h"

namespace seatwise {
namespace {

using storage::ChangeRecord;
using storage::FactRecord;

template <typename Message>
absl::StatusOr<std::optional<Message>> Read(const FactsSnapshot& facts, absl::string_view key) {
  return ReadRecord<Message>(facts.bytes(), facts.tenant(), key);
}

// The record of a fact as it was before.
std::optional<FactRecord> ToBefore(const std::optional<Fact>& fact) {
  return fact ? std::optional<FactRecord>(ToRecord(*fact)) : std::nullopt;
}

NumberedPrincipal Numbered(const Principal& principal, uint32_t number) {
  return {.is_group = !IsDirect(principal), .number = number};
}

}  // namespace

FactEditor::FactEditor(const FactsSnapshot& base) : base_(base), head_(base.head()) {}

absl::Status FactEditor::Put(const Fact& fact, std::optional<uint32_t> number) {
  if (const auto* user = std::get_if<User>(&fact)) return PutUser(*user, number);
  if (const auto* group = std::get_if<Group>(&fact)) return PutGroup(*group, number);
  if (const auto* row = std::get_if<Membership>(&fact)) return PutMembership(*row);
  if (const auto* row = std::get_if<Assignment>(&fact)) return PutAssignment(*row);
  if (const auto* row = std::get_if<Subscription>(&fact)) return PutSubscription(*row);
  if (const auto* row = std::get_if<PlanRequirement>(&fact)) return PutRequirement(*row);
  return PutWhole(fact);
}

absl::Status FactEditor::Delete(const FactKey& key) {
  if (const auto* user = std::get_if<UserId>(&key)) return DeletePrincipal(*user);
  if (const auto* group = std::get_if<GroupId>(&key)) return DeletePrincipal(*group);
  if (const auto* row = std::get_if<MembershipKey>(&key)) return DeleteMembership(*row);
  if (const auto* row = std::get_if<AssignmentKey>(&key)) return DeleteAssignment(*row);
  if (const auto* id = std::get_if<SubscriptionId>(&key)) return DeleteSubscription(*id);
  return DeleteWhole(key);
}

void FactEditor::EditMember(uint32_t group, uint32_t user, std::optional<Time> added_at) {
  members_.push_back({group, user, added_at});
}

void FactEditor::Note(const FactKey& key, std::optional<FactRecord> before, bool deleted,
                      std::optional<uint32_t> number) {
  // Settings are there, stored or not.
  const bool created = !before && KindOf(key) != FactKind::kTenantSettings;
  if (created) ++head_.counts[key.index()];
  if (deleted) --head_.counts[key.index()];
  const auto kind = deleted   ? ChangeRecord::DELETED
                    : created ? ChangeRecord::CREATED
                              : ChangeRecord::REPLACED;
  FactRecord record = before ? *std::move(before) : ToRecord(BareFact(key));
  if (number && record.has_user()) record.mutable_user()->mutable_user()->set_number(*number);
  if (number && record.has_group()) record.mutable_group()->mutable_group()->set_number(*number);
  journal_.AddChange(kind, std::move(record));
}

absl::StatusOr<std::optional<uint32_t>> FactEditor::NumberOf(const Principal& principal) {
  auto& known = IsDirect(principal) ? user_numbers_ : group_numbers_;
  const auto it = known.find(PrincipalIdValue(principal));
  if (it != known.end()) return it->second;
  SEATWISE_ASSIGN_OR_RETURN(const auto number, base_.NumberOf(principal));
  if (number) known.emplace(PrincipalIdValue(principal), *number);
  return number;
}

absl::Status FactEditor::PutUser(const User& user, std::optional<uint32_t> number) {
  SEATWISE_ASSIGN_OR_RETURN(const auto old, base_.Find(user.id));
  SEATWISE_ASSIGN_OR_RETURN(const auto old_number, base_.NumberOf(user.id));
  if (old) {
    number = old_number;
  } else if (!number) {
    number = head_.next.user++;
  }
  user_numbers_[user.id.value()] = *number;
  batch_.Put(UserKey(user.id), EncodeMessage(ToUserRecord(user, *number)));
  batch_.Put(UserNameKey(*number), EncodeMessage(ToUserNameRecord(user)));
  Note(user.id, ToBefore(old), /*deleted=*/false, number);
  return absl::OkStatus();
}

absl::Status FactEditor::PutGroup(const Group& group, std::optional<uint32_t> number) {
  SEATWISE_ASSIGN_OR_RETURN(const auto old, base_.Find(group.id));
  SEATWISE_ASSIGN_OR_RETURN(const auto old_number, base_.NumberOf(group.id));
  if (old) {
    number = old_number;
  } else if (!number) {
    number = head_.next.group++;
  }
  group_numbers_[group.id.value()] = *number;
  storage::GroupRecord record;
  record.set_number(*number);
  batch_.Put(GroupKey(group.id), EncodeMessage(record));
  batch_.Put(GroupNameKey(*number), EncodeMessage(ToGroupNameRecord(group)));
  Note(group.id, ToBefore(old), /*deleted=*/false, number);
  return absl::OkStatus();
}

absl::Status FactEditor::DeletePrincipal(const Principal& principal) {
  SEATWISE_ASSIGN_OR_RETURN(const auto old, base_.Find(KeyOf(principal)));
  if (!old) return absl::OkStatus();
  SEATWISE_ASSIGN_OR_RETURN(const auto number, base_.NumberOf(principal));
  // The number keeps its id: the journal tells of it.
  if (const auto* id = std::get_if<UserId>(&principal)) {
    storage::UserNameRecord name;
    name.set_id(id->value());
    batch_.Delete(UserKey(*id));
    batch_.Put(UserNameKey(*number), EncodeMessage(name));
  } else {
    storage::GroupNameRecord name;
    name.set_id(PrincipalIdValue(principal));
    batch_.Delete(GroupKey(std::get<GroupId>(principal)));
    batch_.Put(GroupNameKey(*number), EncodeMessage(name));
  }
  Note(KeyOf(principal), ToBefore(old), /*deleted=*/true, number);
  return absl::OkStatus();
}

absl::Status FactEditor::PutMembership(const Membership& membership) {
  SEATWISE_ASSIGN_OR_RETURN(const auto group, NumberOf(membership.group));
  SEATWISE_ASSIGN_OR_RETURN(const auto member, NumberOf(membership.member));
  if (!group || !member) return RecordError("a user or group of a membership", "is missing");
  if (IsDirect(membership.member)) {
    EditMember(*group, *member, membership.added_at);
    return absl::OkStatus();
  }
  const FactKey key = KeyOf(Fact(membership));
  SEATWISE_ASSIGN_OR_RETURN(const auto old, base_.Find(key));
  storage::InnerGroupRecord record;
  record.set_added_at(membership.added_at.micros);
  batch_.Put(InnerGroupKey(*group, *member), EncodeMessage(record));
  batch_.Put(OuterGroupKey(*member, *group), "");
  Note(key, ToBefore(old), /*deleted=*/false);
  return absl::OkStatus();
}

absl::Status FactEditor::DeleteMembership(const MembershipKey& key) {
  SEATWISE_ASSIGN_OR_RETURN(const auto group, NumberOf(key.group));
  SEATWISE_ASSIGN_OR_RETURN(const auto member, NumberOf(key.member));
  if (!group || !member) return absl::OkStatus();
  if (IsDirect(key.member)) {
    EditMember(*group, *member, std::nullopt);
    return absl::OkStatus();
  }
  SEATWISE_ASSIGN_OR_RETURN(const auto old, base_.Find(key));
  if (!old) return absl::OkStatus();
  batch_.Delete(InnerGroupKey(*group, *member));
  batch_.Delete(OuterGroupKey(*member, *group));
  Note(key, ToBefore(old), /*deleted=*/true);
  return absl::OkStatus();
}

absl::Status FactEditor::PutAssignment(const Assignment& assignment) {
  SEATWISE_ASSIGN_OR_RETURN(const auto number, NumberOf(assignment.principal));
  if (!number) return RecordError("the user or group of an assignment", "is missing");
  const NumberedPrincipal principal = Numbered(assignment.principal, *number);
  const std::string key = AssignmentStoredKey(principal, assignment.sku);
  SEATWISE_ASSIGN_OR_RETURN(const auto old, base_.Find(KeyOf(Fact(assignment))));
  batch_.Put(key, EncodeMessage(ToAssignmentRecord(assignment)));
  batch_.Put(AssignmentOfSkuKey(assignment.sku, principal), "");
  Note(KeyOf(Fact(assignment)), ToBefore(old), /*deleted=*/false);
  return absl::OkStatus();
}

absl::Status FactEditor::DeleteAssignment(const AssignmentKey& key) {
  SEATWISE_ASSIGN_OR_RETURN(const auto old, base_.Find(key));
  if (!old) return absl::OkStatus();
  SEATWISE_ASSIGN_OR_RETURN(const auto number, NumberOf(key.principal));
  const NumberedPrincipal principal = Numbered(key.principal, *number);
  batch_.Delete(AssignmentStoredKey(principal, key.sku));
  batch_.Delete(AssignmentOfSkuKey(key.sku, principal));
  Note(key, ToBefore(old), /*deleted=*/true);
  return absl::OkStatus();
}

absl::Status FactEditor::PutSubscription(const Subscription& subscription) {
  SEATWISE_ASSIGN_OR_RETURN(const auto old, base_.Find(subscription.id));
  if (old) {
    batch_.Delete(SubscriptionOfSkuKey(std::get<Subscription>(*old).sku, subscription.id));
  }
  batch_.Put(StoredKey(subscription.id), EncodeFact(subscription));
  batch_.Put(SubscriptionOfSkuKey(subscription.sku, subscription.id), "");
  Note(subscription.id, ToBefore(old), /*deleted=*/false);
  return absl::OkStatus();
}

absl::Status FactEditor::DeleteSubscription(const SubscriptionId& id) {
  SEATWISE_ASSIGN_OR_RETURN(const auto old, base_.Find(id));
  if (!old) return absl::OkStatus();
  batch_.Delete(SubscriptionOfSkuKey(std::get<Subscription>(*old).sku, id));
  batch_.Delete(StoredKey(id));
  Note(id, ToBefore(old), /*deleted=*/true);
  return absl::OkStatus();
}

absl::Status FactEditor::PutRequirement(const PlanRequirement& requirement) {
  SEATWISE_ASSIGN_OR_RETURN(const auto old, FindRequirementKey(base_, requirement));
  if (!old) {
    const std::string prefix = StoredKey(requirement);
    const auto [next, is_new] = next_requirement_.try_emplace(prefix, 0);
    const std::string end = EndOfPrefix(prefix);
    if (is_new) {
      SEATWISE_RETURN_IF_ERROR(
          base_.bytes().Scan(base_.tenant(), {.start = prefix, .end = end},
                             [&, &place = next->second](absl::string_view key, absl::string_view) {
                               place = static_cast<unsigned char>(key.back()) + 1;
                               return true;
                             }));
    }
    if (next->second > UINT8_MAX) {
      return absl::ResourceExhaustedError("too many requirements have one fingerprint");
    }
    batch_.Put(prefix + static_cast<char>(next->second++), EncodeFact(requirement));
  }
  Note(requirement, old ? std::optional<FactRecord>(ToRecord(requirement)) : std::nullopt, false);
  return absl::OkStatus();
}

absl::Status FactEditor::PutWhole(const Fact& fact) {
  const FactKey key = KeyOf(fact);
  SEATWISE_ASSIGN_OR_RETURN(const auto old, base_.Find(key));
  const auto* observed = std::get_if<Observed>(&fact);
  batch_.Put(StoredKey(key), observed != nullptr ? EncodeMessage(ToObservedRecord(*observed))
                                                 : EncodeFact(Normalised(fact)));
  Note(key, ToBefore(old), /*deleted=*/false);
  return absl::OkStatus();
}

absl::Status FactEditor::DeleteWhole(const FactKey& key) {
  SEATWISE_ASSIGN_OR_RETURN(const auto old, base_.Find(key));
  if (!old) return absl::OkStatus();
  std::optional<std::string> stored = StoredKey(key);
  if (const auto* requirement = std::get_if<PlanRequirement>(&key)) {
    SEATWISE_ASSIGN_OR_RETURN(stored, FindRequirementKey(base_, *requirement));
  }
  batch_.Delete(*stored);
  Note(key, ToBefore(old), /*deleted=*/true);
  return absl::OkStatus();
}

absl::Status FactEditor::Finish() {
  std::sort(members_.begin(), members_.end(), [](const MemberEdit& a, const MemberEdit& b) {
    return std::tie(a.group, a.user) < std::tie(b.group, b.user);
  });
  for (size_t begin = 0, end = 0; begin < members_.size(); begin = end) {
    while (end < members_.size() && members_[end].group == members_[begin].group) ++end;
    SEATWISE_RETURN_IF_ERROR(EditMembersOf(
        members_[begin].group, absl::MakeConstSpan(members_).subspan(begin, end - begin)));
  }
  return EditGroupLists();
}

absl::Status FactEditor::EditMembersOf(uint32_t group, absl::Span<const MemberEdit> edits) {
  std::vector<PostingEdit> list;
  list.reserve(edits.size());
  for (const MemberEdit& edit : edits) list.push_back({edit.user, edit.added_at});
  SEATWISE_ASSIGN_OR_RETURN(
      const auto before,
      EditPostings(base_.bytes(), {base_.tenant(), kMemberLists, group}, list, batch_));
  std::vector<Posting> created, replaced, deleted;
  for (size_t i = 0; i < edits.size(); ++i) {
    if (before[i]) {
      (edits[i].added_at ? replaced : deleted).push_back(*before[i]);
    } else if (edits[i].added_at) {
      created.push_back({edits[i].user, *edits[i].added_at});
    }
  }
  head_.counts[static_cast<size_t>(FactKind::kMembership)] += created.size() - deleted.size();
  if (!created.empty()) journal_.AddMemberships(ChangeRecord::CREATED, group, created);
  if (!replaced.empty()) journal_.AddMemberships(ChangeRecord::REPLACED, group, replaced);
  if (!deleted.empty()) journal_.AddMemberships(ChangeRecord::DELETED, group, deleted);
  return absl::OkStatus();
}

absl::Status FactEditor::EditGroupLists() {
  std::sort(members_.begin(), members_.end(), [](const MemberEdit& a, const MemberEdit& b) {
    return std::tie(a.user, a.group) < std::tie(b.user, b.group);
  });
  std::vector<PostingEdit> list;
  for (size_t begin = 0, end = 0; begin < members_.size(); begin = end) {
    list.clear();
    for (; end < members_.size() && members_[end].user == members_[begin].user; ++end) {
      const MemberEdit& edit = members_[end];
      list.push_back({edit.group, edit.added_at ? std::optional<Time>(Time()) : std::nullopt});
    }
    SEATWISE_RETURN_IF_ERROR(EditPostings(base_.bytes(),
                                          {base_.tenant(), kGroupLists, members_[begin].user}, list,
                                          batch_)
                                 .status());
  }
  return absl::OkStatus();
}

}  // namespace seatwise
