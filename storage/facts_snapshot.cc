#include "storage/facts_snapshot.h"

#include <utility>
#include <variant>

#include "base/status_macros.h"
#include "storage/fact_keys.h"
#include "storage/keys.h"
#include "storage/posting_list.h"
#include "storage/record.pb.h"
#include "storage/record_reader.h"
#include "storage/records.h"

namespace seatwise {
namespace {

using MaybeFact = absl::StatusOr<std::optional<Fact>>;

// The record of a key, as a message.
template <typename Message>
absl::StatusOr<std::optional<Message>> Read(const FactsSnapshot& facts, absl::string_view key) {
  return ReadRecord<Message>(facts.bytes(), facts.tenant(), key);
}

MaybeFact FindRequirement(const FactsSnapshot& facts, const PlanRequirement& key) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<std::string> stored,
                            FindRequirementKey(facts, key));
  return stored ? std::optional<Fact>(key) : std::nullopt;
}

MaybeFact FindUser(const FactsSnapshot& facts, const UserId& id) {
  SEATWISE_ASSIGN_OR_RETURN(const auto user, Read<storage::UserRecord>(facts, UserKey(id)));
  if (!user) return std::nullopt;
  SEATWISE_ASSIGN_OR_RETURN(const auto name, MustReadRecord<storage::UserNameRecord>(
                                                 facts.bytes(), facts.tenant(),
                                                 UserNameKey(user->number()), "a user's names"));
  return FromUserRecords(*user, name);
}

MaybeFact FindGroup(const FactsSnapshot& facts, const GroupId& id) {
  SEATWISE_ASSIGN_OR_RETURN(const auto group, Read<storage::GroupRecord>(facts, GroupKey(id)));
  if (!group) return std::nullopt;
  SEATWISE_ASSIGN_OR_RETURN(const auto name, MustReadRecord<storage::GroupNameRecord>(
                                                 facts.bytes(), facts.tenant(),
                                                 GroupNameKey(group->number()), "a group's names"));
  return FromGroupRecord(name);
}

MaybeFact FindMembership(const FactsSnapshot& facts, const MembershipKey& key) {
  SEATWISE_ASSIGN_OR_RETURN(const auto group, facts.NumberOf(key.group));
  if (!group) return std::nullopt;
  SEATWISE_ASSIGN_OR_RETURN(const auto member, facts.NumberOf(key.member));
  if (!member) return std::nullopt;
  if (IsDirect(key.member)) {
    SEATWISE_ASSIGN_OR_RETURN(
        const auto posting,
        FindPosting(facts.bytes(), {facts.tenant(), kMemberLists, *group}, *member));
    if (!posting) return std::nullopt;
    return Membership{key.group, key.member, posting->added_at};
  }
  SEATWISE_ASSIGN_OR_RETURN(const auto inner,
                            Read<storage::InnerGroupRecord>(facts, InnerGroupKey(*group, *member)));
  if (!inner) return std::nullopt;
  return Membership{key.group, key.member, Time{inner->added_at()}};
}

MaybeFact FindAssignment(const FactsSnapshot& facts, const AssignmentKey& key) {
  SEATWISE_ASSIGN_OR_RETURN(const auto number, facts.NumberOf(key.principal));
  if (!number) return std::nullopt;
  const NumberedPrincipal principal{.is_group = !IsDirect(key.principal), .number = *number};
  SEATWISE_ASSIGN_OR_RETURN(const auto record, Read<storage::AssignmentRecord>(
                                                   facts, AssignmentStoredKey(principal, key.sku)));
  if (!record) return std::nullopt;
  return FromAssignmentRecord(key.principal, key.sku, *record);
}

MaybeFact FindObserved(const FactsSnapshot& facts, const ObservedKey& key) {
  SEATWISE_ASSIGN_OR_RETURN(const auto record,
                            Read<storage::ObservedRecord>(facts, StoredKey(key)));
  if (!record) return std::nullopt;
  return FromObservedRecord(key.user, key.sku, *record);
}

// A fact that lies under its key as a whole.
MaybeFact FindWhole(const FactsSnapshot& facts, const FactKey& key) {
  SEATWISE_ASSIGN_OR_RETURN(const auto value, facts.bytes().Get(facts.tenant(), StoredKey(key)));
  if (value) return DecodeFact(*value);
  if (KindOf(key) == FactKind::kTenantSettings) return TenantSettings();
  return std::nullopt;
}

// Finds the fact with a key.
struct Finder {
  const FactsSnapshot& facts;

  MaybeFact operator()(const PlanRequirement& key) const { return FindRequirement(facts, key); }
  MaybeFact operator()(const UserId& key) const { return FindUser(facts, key); }
  MaybeFact operator()(const GroupId& key) const { return FindGroup(facts, key); }
  MaybeFact operator()(const MembershipKey& key) const { return FindMembership(facts, key); }
  MaybeFact operator()(const AssignmentKey& key) const { return FindAssignment(facts, key); }
  MaybeFact operator()(const ObservedKey& key) const { return FindObserved(facts, key); }
  template <typename Key>
  MaybeFact operator()(const Key& key) const {
    return FindWhole(facts, key);
  }
};

}  // namespace

FactsSnapshot::FactsSnapshot(std::shared_ptr<const Snapshot> snapshot, TenantNumber tenant,
                             Head head)
    : snapshot_(std::move(snapshot)), tenant_(tenant), head_(head) {}

absl::StatusOr<std::shared_ptr<const FactsSnapshot>> FactsSnapshot::Open(
    std::shared_ptr<const Snapshot> snapshot, TenantNumber tenant) {
  SEATWISE_ASSIGN_OR_RETURN(const auto value, snapshot->Get(tenant, HeadKey()));
  Head head;
  if (value) {
    SEATWISE_ASSIGN_OR_RETURN(head, DecodeHead(*value));
  }
  return std::make_shared<const FactsSnapshot>(std::move(snapshot), tenant, head);
}

absl::StatusOr<bool> FactsSnapshot::Contains(const FactKey& key) const {
  if (const auto* user = std::get_if<UserId>(&key)) {
    SEATWISE_ASSIGN_OR_RETURN(const auto value, snapshot_->Get(tenant_, UserKey(*user)));
    return value.has_value();
  }
  SEATWISE_ASSIGN_OR_RETURN(const auto fact, Find(key));
  return fact.has_value();
}

absl::StatusOr<std::optional<Fact>> FactsSnapshot::Find(const FactKey& key) const {
  return std::visit(Finder{*this}, key);
}

absl::StatusOr<size_t> FactsSnapshot::Count(FactKind kind) const {
  return head_.counts[static_cast<size_t>(kind)];
}

absl::StatusOr<std::optional<uint32_t>> FactsSnapshot::NumberOf(const Principal& principal) const {
  if (const auto* id = std::get_if<UserId>(&principal)) {
    SEATWISE_ASSIGN_OR_RETURN(const auto user, Read<storage::UserRecord>(*this, UserKey(*id)));
    return user ? std::optional<uint32_t>(user->number()) : std::nullopt;
  }
  SEATWISE_ASSIGN_OR_RETURN(
      const auto group, Read<storage::GroupRecord>(*this, GroupKey(std::get<GroupId>(principal))));
  return group ? std::optional<uint32_t>(group->number()) : std::nullopt;
}

absl::StatusOr<std::optional<UserId>> FactsSnapshot::UserOfNumber(uint32_t number) const {
  SEATWISE_ASSIGN_OR_RETURN(const auto name,
                            Read<storage::UserNameRecord>(*this, UserNameKey(number)));
  return name ? std::optional<UserId>(name->id()) : std::nullopt;
}

absl::StatusOr<std::optional<GroupId>> FactsSnapshot::GroupOfNumber(uint32_t number) const {
  SEATWISE_ASSIGN_OR_RETURN(const auto name,
                            Read<storage::GroupNameRecord>(*this, GroupNameKey(number)));
  return name ? std::optional<GroupId>(name->id()) : std::nullopt;
}

absl::StatusOr<std::optional<std::string>> FindRequirementKey(const FactsSnapshot& facts,
                                                              const PlanRequirement& requirement) {
  const std::string prefix = StoredKey(requirement);
  const std::string end = EndOfPrefix(prefix);
  std::optional<std::string> found;
  absl::Status status;
  SEATWISE_RETURN_IF_ERROR(facts.bytes().Scan(facts.tenant(), {.start = prefix, .end = end},
                                              [&](absl::string_view key, absl::string_view value) {
                                                const absl::StatusOr<Fact> fact = DecodeFact(value);
                                                status = fact.status();
                                                if (!status.ok()) return false;
                                                if (*fact == Fact(requirement))
                                                  found = std::string(key);
                                                return !found.has_value();
                                              }));
  SEATWISE_RETURN_IF_ERROR(status);
  return found;
}

}  // namespace seatwise
