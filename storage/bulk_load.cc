// Facts are written as they come: above the head, where nobody reads them, with a first chunk of
// the journal that says how to be rid of them. Only memberships wait, as numbers, until all are
// there: sorted by group they are the lists of members, sorted by user the lists of groups.
#include "storage/bulk_load.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/check.h"
#include "base/status_macros.h"
#include "base/time.h"
#include "engine/model/fact_form.h"
#include "engine/model/fact_key.h"
#include "engine/model/fact_limits.h"
#include "engine/model/ids.h"
#include "engine/model/reference.h"
#include "storage/appender.h"
#include "storage/fact_keys.h"
#include "storage/head.h"
#include "storage/journal_builder.h"
#include "storage/posting_list.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/records.h"
#include "storage/rollback.h"

namespace seatwise {
namespace {

struct MemberRow {
  uint32_t group = 0;
  uint32_t user = 0;
  Time added_at;
};

absl::Status Rejected(const FactKey& key, absl::string_view problem) {
  return absl::InvalidArgumentError(absl::StrCat(Describe(key), " ", problem));
}

absl::Status MissingReference(const FactKey& key, const FactKey& named) {
  return Rejected(key, absl::StrCat("names ", Describe(named),
                                    ", which is not there; it must be given before"));
}

// Numbers by id.
using Numbers = absl::flat_hash_map<std::string, uint32_t>;

std::optional<uint32_t> Find(const Numbers& numbers, absl::string_view id) {
  const auto it = numbers.find(id);
  return it == numbers.end() ? std::nullopt : std::optional<uint32_t>(it->second);
}

}  // namespace

struct BulkLoad::State {
  State(TenantStore& tenant_store, std::shared_ptr<const FactsSnapshot> tip)
      : tenant(tenant_store),
        base(std::move(tip)),
        head(base->head()),
        appender(tenant_store.store_, tenant_store.owner_) {}

  absl::Status Begin();
  absl::Status Add(const Fact& fact);
  absl::Status AddMembership(const Membership& membership);
  absl::Status Check(const Fact& fact, const FactKey& key) const;
  bool Knows(const FactKey& key) const;
  absl::Status Count(const FactKey& key);
  absl::Status Write(const Fact& fact, const FactKey& key);
  absl::Status WriteUser(const User& user);
  absl::Status WriteGroup(const Group& group);
  absl::Status WriteInnerGroup(uint32_t outer, uint32_t inner, Time added_at);
  absl::Status WriteAssignment(const Assignment& assignment);
  absl::Status WriteMemberLists();
  absl::Status WriteGroupLists();
  absl::Status WriteList(PostingTable table, uint32_t owner, absl::Span<const Posting> postings);
  std::optional<uint32_t> NumberOf(const Principal& principal) const {
    return Find(IsDirect(principal) ? users : groups, PrincipalIdValue(principal));
  }

  TenantStore& tenant;
  const std::shared_ptr<const FactsSnapshot> base;
  Head head;
  Appender appender;
  Numbers users;
  Numbers groups;
  // Stored keys of everything else that was written, but users' memberships.
  absl::flat_hash_set<std::string> written;
  std::vector<MemberRow> members;
  std::pair<std::string, std::optional<uint32_t>> last_group;
  bool over = false;  // Committed or dropped.
};

absl::Status BulkLoad::State::Begin() {
  SEATWISE_ASSIGN_OR_RETURN(const auto settings, base->Find(TenantSettingsKey()));
  return appender.Put(JournalKey(base->revision() + 1, 1), BulkLoadChunk(settings.value()));
}

absl::Status BulkLoad::State::Add(const Fact& fact) {
  if (const auto* row = std::get_if<Membership>(&fact)) return AddMembership(*row);
  const Fact normalised = Normalised(fact);
  const FactKey key = KeyOf(normalised);
  SEATWISE_RETURN_IF_ERROR(Check(normalised, key));
  SEATWISE_RETURN_IF_ERROR(Count(key));
  return Write(normalised, key);
}

// The most frequent fact, and the one that needs least: ids that are known are well-formed.
absl::Status BulkLoad::State::AddMembership(const Membership& membership) {
  // Rows mostly come by group.
  if (membership.group.value() != last_group.first || !last_group.second) {
    last_group = {membership.group.value(), Find(groups, membership.group.value())};
  }
  const std::optional<uint32_t> group = last_group.second;
  const std::optional<uint32_t> member = NumberOf(membership.member);
  const bool in_range = kMinTime <= membership.added_at && membership.added_at <= kMaxTime;
  if (!group || !member || !in_range) {
    const FactKey key = KeyOf(Fact(membership));
    SEATWISE_RETURN_IF_ERROR(Check(membership, key));
    return MissingReference(key, group ? KeyOf(membership.member) : FactKey(membership.group));
  }
  uint64_t& count = head.counts[static_cast<size_t>(FactKind::kMembership)];
  if (count == MaxFacts(FactKind::kMembership)) {
    return Rejected(KeyOf(Fact(membership)), "is more than a tenant may have");
  }
  ++count;
  if (!IsDirect(membership.member)) return WriteInnerGroup(*group, *member, membership.added_at);
  members.push_back({*group, *member, membership.added_at});
  return absl::OkStatus();
}

bool BulkLoad::State::Knows(const FactKey& key) const {
  if (const auto* user = std::get_if<UserId>(&key)) return users.contains(user->value());
  if (const auto* group = std::get_if<GroupId>(&key)) return groups.contains(group->value());
  return written.contains(StoredKey(key));
}

absl::Status BulkLoad::State::Check(const Fact& fact, const FactKey& key) const {
  const std::vector<FormFlaw> flaws = CheckForm(fact);
  if (!flaws.empty()) {
    return Rejected(key, absl::StrCat("is malformed: ", flaws[0].field, " ", flaws[0].problem));
  }
  absl::Status status;
  ForEachReference(fact, [&](Link, const FactKey& named) {
    if (status.ok() && !Knows(named)) status = MissingReference(key, named);
  });
  return status;
}

absl::Status BulkLoad::State::Count(const FactKey& key) {
  if (KindOf(key) == FactKind::kTenantSettings) return absl::OkStatus();
  if (head.counts[key.index()] == MaxFacts(KindOf(key))) {
    return Rejected(key, "is more than a tenant may have");
  }
  ++head.counts[key.index()];
  return absl::OkStatus();
}

absl::Status BulkLoad::State::Write(const Fact& fact, const FactKey& key) {
  if (const auto* user = std::get_if<User>(&fact)) return WriteUser(*user);
  if (const auto* group = std::get_if<Group>(&fact)) return WriteGroup(*group);
  if (const auto* row = std::get_if<Assignment>(&fact)) return WriteAssignment(*row);
  std::string stored = StoredKey(key);
  if (std::holds_alternative<PlanRequirement>(fact)) {
    // The same requirement, or another one of its fingerprint: told apart by what was written.
    if (!written.insert(absl::StrCat(stored, EncodeFact(fact))).second) {
      return Rejected(key, "is given twice");
    }
    int place = 0;
    while (!written.insert(stored + static_cast<char>(place)).second) ++place;
    if (place > UINT8_MAX) return Rejected(key, "has the fingerprint of too many others");
    return appender.Put(stored + static_cast<char>(place), EncodeFact(fact));
  }
  if (!written.insert(stored).second) return Rejected(key, "is given twice");
  if (const auto* row = std::get_if<Subscription>(&fact)) {
    SEATWISE_RETURN_IF_ERROR(appender.Put(SubscriptionOfSkuKey(row->sku, row->id), ""));
  }
  const auto* observed = std::get_if<Observed>(&fact);
  return appender.Put(
      stored, observed != nullptr ? EncodeMessage(ToObservedRecord(*observed)) : EncodeFact(fact));
}

absl::Status BulkLoad::State::WriteUser(const User& user) {
  const uint32_t number = head.next.user;
  if (!users.emplace(user.id.value(), number).second) return Rejected(user.id, "is given twice");
  ++head.next.user;
  SEATWISE_RETURN_IF_ERROR(
      appender.Put(UserKey(user.id), EncodeMessage(ToUserRecord(user, number))));
  return appender.Put(UserNameKey(number), EncodeMessage(ToUserNameRecord(user)));
}

absl::Status BulkLoad::State::WriteGroup(const Group& group) {
  storage::GroupRecord record;
  record.set_number(head.next.group);
  if (!groups.emplace(group.id.value(), record.number()).second) {
    return Rejected(group.id, "is given twice");
  }
  ++head.next.group;
  SEATWISE_RETURN_IF_ERROR(appender.Put(GroupKey(group.id), EncodeMessage(record)));
  return appender.Put(GroupNameKey(record.number()), EncodeMessage(ToGroupNameRecord(group)));
}

absl::Status BulkLoad::State::WriteInnerGroup(uint32_t outer, uint32_t inner, Time added_at) {
  storage::InnerGroupRecord record;
  record.set_added_at(added_at.micros);
  const std::string key = InnerGroupKey(outer, inner);
  if (!written.insert(key).second) {
    return absl::InvalidArgumentError("a group in a group is given twice");
  }
  SEATWISE_RETURN_IF_ERROR(appender.Put(key, EncodeMessage(record)));
  return appender.Put(OuterGroupKey(inner, outer), "");
}

absl::Status BulkLoad::State::WriteAssignment(const Assignment& assignment) {
  const NumberedPrincipal principal{.is_group = !IsDirect(assignment.principal),
                                    .number = *NumberOf(assignment.principal)};
  const std::string key = AssignmentStoredKey(principal, assignment.sku);
  if (!written.insert(key).second) return Rejected(KeyOf(Fact(assignment)), "is given twice");
  SEATWISE_RETURN_IF_ERROR(appender.Put(key, EncodeMessage(ToAssignmentRecord(assignment))));
  return appender.Put(AssignmentOfSkuKey(assignment.sku, principal), "");
}

absl::Status BulkLoad::State::WriteList(PostingTable table, uint32_t owner,
                                        absl::Span<const Posting> postings) {
  absl::Status status;
  ForEachBlock(table, owner, 0, postings, kFullBlockBytes,
               [&](const std::string& key, const std::string& value) {
                 if (status.ok()) status = appender.Put(key, value);
               });
  return status;
}

absl::Status BulkLoad::State::WriteMemberLists() {
  const auto key_of = [](const MemberRow& row) { return std::tie(row.group, row.user); };
  std::sort(members.begin(), members.end(),
            [&](const MemberRow& a, const MemberRow& b) { return key_of(a) < key_of(b); });
  std::vector<Posting> list;
  for (size_t i = 0, end = members.size(); i < end;) {
    const uint32_t group = members[i].group;
    list.clear();
    for (; i < end && members[i].group == group; ++i) {
      if (!list.empty() && list.back().number == members[i].user) {
        return absl::InvalidArgumentError(
            absl::StrCat("the membership of user number ", members[i].user, " in group number ",
                         group, ", counted from 0 as they were given, is given twice"));
      }
      list.push_back({members[i].user, members[i].added_at});
    }
    SEATWISE_RETURN_IF_ERROR(WriteList(kMemberLists, group, list));
  }
  return absl::OkStatus();
}

absl::Status BulkLoad::State::WriteGroupLists() {
  const auto key_of = [](const MemberRow& row) { return std::tie(row.user, row.group); };
  std::sort(members.begin(), members.end(),
            [&](const MemberRow& a, const MemberRow& b) { return key_of(a) < key_of(b); });
  std::vector<Posting> list;
  for (size_t i = 0, end = members.size(); i < end;) {
    const uint32_t user = members[i].user;
    list.clear();
    for (; i < end && members[i].user == user; ++i) list.push_back({.number = members[i].group});
    SEATWISE_RETURN_IF_ERROR(WriteList(kGroupLists, user, list));
  }
  return absl::OkStatus();
}

BulkLoad::BulkLoad(std::unique_ptr<State> state) : state_(std::move(state)) {}

BulkLoad::~BulkLoad() {
  // A failure is the tenant's to report: it refuses commits then.
  if (!state_->over) static_cast<void>(Drop());
}

absl::StatusOr<std::unique_ptr<BulkLoad>> BulkLoad::Start(TenantStore& tenant) {
  SEATWISE_RETURN_IF_ERROR(tenant.refusal_);
  const auto base = tenant.tip();
  for (size_t kind = 1; kind < kFactKinds; ++kind) {
    if (base->head().counts[kind] == 0) continue;
    return absl::FailedPreconditionError(absl::StrCat("the tenant has ",
                                                      KindNames(static_cast<FactKind>(kind)),
                                                      "; only an empty one can be "
                                                      "loaded in bulk"));
  }
  tenant.refusal_ = absl::FailedPreconditionError("a bulk load of this tenant is going on");
  std::unique_ptr<BulkLoad> load(new BulkLoad(std::make_unique<State>(tenant, base)));
  SEATWISE_RETURN_IF_ERROR(load->state_->Begin());
  return load;
}

absl::Status BulkLoad::Add(const Fact& fact) { return state_->Add(fact); }

absl::StatusOr<std::shared_ptr<const FactsSnapshot>> BulkLoad::Finish() {
  SEATWISE_RETURN_IF_ERROR(state_->WriteMemberLists());
  SEATWISE_RETURN_IF_ERROR(state_->WriteGroupLists());
  state_->members = {};
  state_->written = {};
  SEATWISE_RETURN_IF_ERROR(state_->appender.Flush().status());
  Head head = state_->head;
  ++head.revision;
  return std::make_shared<const FactsSnapshot>(state_->tenant.store_.TakeSnapshot(),
                                               state_->tenant.owner_.tenant, head);
}

absl::StatusOr<Appended> BulkLoad::Commit(const LicenseDelta& delta, const CommitMeta& meta) {
  SEATWISE_CHECK(!state_->over) << "a bulk load is committed once";
  JournalBuilder journal(/*written_chunks=*/1);
  uint64_t facts = 0;
  for (size_t kind = 1; kind < kFactKinds; ++kind) facts += state_->head.counts[kind];
  journal.CountCreated(facts);
  journal.AddDelta(delta);
  uint32_t chunk = 2;
  for (const std::string& value : journal.TakeChunks(/*with_head=*/true)) {
    SEATWISE_RETURN_IF_ERROR(
        state_->appender.Put(JournalKey(state_->base->revision() + 1, chunk++), value));
  }
  SEATWISE_RETURN_IF_ERROR(state_->appender.Flush().status());
  SEATWISE_ASSIGN_OR_RETURN(
      Appended appended,
      state_->tenant.FinishCommit({}, state_->base->head(), state_->head, journal, meta));
  state_->over = true;
  state_->tenant.refusal_ = absl::OkStatus();
  return appended;
}

absl::Status BulkLoad::Drop() {
  if (state_->over) return absl::OkStatus();
  state_->over = true;
  state_->tenant.refusal_ = absl::OkStatus();
  const absl::Status undone = RollBack(state_->tenant.store_, state_->tenant.owner_);
  if (!undone.ok()) {
    state_->tenant.refusal_ = absl::FailedPreconditionError(
        "a bulk load of this tenant is half taken back; open the tenant again");
  }
  return undone;
}

}  // namespace seatwise
