// Facts are written as they come: above the head, where nobody reads them, with a first chunk of
// the journal that says how to be rid of them. Only memberships wait, as numbers, until all are
// there (member_rows.h): by group they are the lists of members, by user the lists of groups.
#include "storage/bulk_load.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

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
#include "engine/model/limits.h"
#include "engine/model/numbered_ids.h"
#include "engine/model/reference.h"
#include "storage/appender.h"
#include "storage/fact_keys.h"
#include "storage/head.h"
#include "storage/journal_builder.h"
#include "storage/member_rows.h"
#include "storage/posting_list.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/records.h"
#include "storage/rollback.h"

namespace seatwise {
namespace {

constexpr uint32_t kNone = NumberedIds::kNone;

Membership ToFact(const MembershipView& row) {
  const std::string member(row.member);
  return {.group = GroupId(std::string(row.group)),
          .member = row.member_is_group ? Principal(GroupId(member)) : Principal(UserId(member)),
          .added_at = row.added_at};
}

}  // namespace

struct BulkLoad::State {
  State(TenantStore& tenant_store, std::shared_ptr<const FactsSnapshot> tip)
      : tenant(tenant_store),
        base(std::move(tip)),
        head(base->head()),
        appender(tenant_store.store_, tenant_store.owner_),
        users(head.next.user),
        groups(head.next.group) {}

  absl::Status Begin();
  absl::Status Add(const Fact& fact);
  absl::Status AddMemberships(absl::Span<const MembershipView> rows);
  absl::Status AddMembership(const MembershipView& row, uint32_t user);
  bool IsSound(const Fact& fact, const FactKey& key);
  bool Knows(const FactKey& key) const;
  bool HasRoom(FactKind kind) const;
  void Reject(ErrorReason reason, FactKey key, absl::string_view field, absl::string_view problem);
  absl::Status Repeated(FactKey key) {
    Reject(ErrorReason::kRepeatedKey, std::move(key), "", " is given twice; give it once");
    return absl::OkStatus();
  }
  absl::Status Put(absl::string_view key, absl::string_view value);
  absl::Status Write(const Fact& fact, const FactKey& key);
  absl::Status WriteUser(const User& user);
  absl::Status WriteGroup(const Group& group);
  absl::Status WriteInnerGroup(uint32_t outer, uint32_t inner, const MembershipView& row);
  absl::Status WriteAssignment(const Assignment& assignment, const FactKey& key);
  absl::Status WriteRequirement(const Fact& fact, const FactKey& key);
  absl::Status WriteMembers();
  absl::Status WriteList(PostingTable table, uint32_t owner, absl::Span<const Posting> postings);
  uint32_t NumberOf(const Principal& principal) const {
    return (IsDirect(principal) ? users : groups).Find(PrincipalIdValue(principal));
  }

  TenantStore& tenant;
  const std::shared_ptr<const FactsSnapshot> base;
  Head head;
  Appender appender;
  NumberedIds users;
  NumberedIds groups;
  // Stored keys of everything else that was written, but users' memberships.
  absl::flat_hash_set<std::string> written;
  MemberRows members;
  std::pair<std::string, uint32_t> last_group{"", kNone};
  std::optional<size_t> added = 0;  // How many facts; absent once there are no more.
  std::vector<ValidationError> errors;
  size_t more_errors = 0;
  bool over = false;  // Committed or dropped.
};

absl::Status BulkLoad::State::Begin() {
  SEATWISE_ASSIGN_OR_RETURN(const auto settings, base->Find(TenantSettingsKey()));
  return appender.Put(JournalKey(base->revision() + 1, 1), BulkLoadChunk(settings.value()));
}

void BulkLoad::State::Reject(ErrorReason reason, FactKey key, absl::string_view field,
                             absl::string_view problem) {
  if (errors.size() == kMaxReportedErrors) {
    ++more_errors;
    return;
  }
  std::string message = absl::StrCat(Describe(key), problem);
  errors.push_back({.reason = reason,
                    .change = added,
                    .fact = std::move(key),
                    .field = std::string(field),
                    .message = std::move(message)});
}

absl::Status BulkLoad::State::Put(absl::string_view key, absl::string_view value) {
  // A load that cannot be finished is only looked at.
  return errors.empty() ? appender.Put(key, value) : absl::OkStatus();
}

absl::Status BulkLoad::State::Add(const Fact& fact) {
  if (const auto* row = std::get_if<Membership>(&fact)) return AddMemberships({ViewOf(*row)});
  const FactKey key = KeyOf(fact);
  absl::Status status;
  if (IsSound(fact, key)) {
    const bool is_conflict = KindOf(key) == FactKind::kPlanConflict;
    status = is_conflict ? Write(Normalised(fact), key) : Write(fact, key);
  }
  ++*added;
  return status;
}

// The most frequent fact, and the one that needs least: ids that are known are well-formed.
absl::Status BulkLoad::State::AddMemberships(absl::Span<const MembershipView> rows) {
  constexpr size_t kBlock = 256;
  std::array<absl::string_view, kBlock> ids;
  std::array<uint32_t, kBlock> numbers;
  for (; !rows.empty(); rows.remove_prefix(std::min(rows.size(), kBlock))) {
    const auto block = rows.first(std::min(rows.size(), kBlock));
    for (size_t i = 0; i < block.size(); ++i) ids[i] = block[i].member;
    users.FindMany(absl::MakeSpan(ids).first(block.size()),
                   absl::MakeSpan(numbers).first(block.size()));
    for (size_t i = 0; i < block.size(); ++i) {
      SEATWISE_RETURN_IF_ERROR(AddMembership(block[i], numbers[i]));
      ++*added;
    }
  }
  return absl::OkStatus();
}

absl::Status BulkLoad::State::AddMembership(const MembershipView& row, uint32_t user) {
  // Rows mostly come by group.
  if (row.group != last_group.first || last_group.second == kNone) {
    last_group = {std::string(row.group), groups.Find(row.group)};
  }
  const uint32_t group = last_group.second;
  const uint32_t member = row.member_is_group ? groups.Find(row.member) : user;
  const bool in_range = kMinTime <= row.added_at && row.added_at <= kMaxTime;
  if (group == kNone || member == kNone || !in_range || !HasRoom(FactKind::kMembership)) {
    const Fact fact = ToFact(row);
    SEATWISE_CHECK(!IsSound(fact, KeyOf(fact))) << KeyOf(fact);
    return absl::OkStatus();
  }
  if (row.member_is_group) return WriteInnerGroup(group, member, row);
  ++head.counts[static_cast<size_t>(FactKind::kMembership)];
  members.Add({group, member, row.added_at});
  return absl::OkStatus();
}

bool BulkLoad::State::Knows(const FactKey& key) const {
  if (const auto* user = std::get_if<UserId>(&key)) return users.Find(user->value()) != kNone;
  if (const auto* group = std::get_if<GroupId>(&key)) return groups.Find(group->value()) != kNone;
  return written.contains(StoredKey(key));
}

bool BulkLoad::State::HasRoom(FactKind kind) const {
  return kind == FactKind::kTenantSettings ||
         head.counts[static_cast<size_t>(kind)] < MaxFacts(kind);
}

// All that is wrong with a fact but a repetition, in the order of the ladder (validate.h).
bool BulkLoad::State::IsSound(const Fact& fact, const FactKey& key) {
  const size_t before = errors.size() + more_errors;
  for (const FormFlaw& flaw : CheckForm(fact)) {
    Reject(flaw.reason, key, flaw.field,
           absl::StrCat(flaw.field.empty() ? "" : ": ", flaw.field, " ", flaw.problem));
  }
  const bool well_formed = errors.size() + more_errors == before;
  ForEachReference(fact, [&](Link link, const FactKey& named) {
    if (Knows(named) || (!well_formed && !CheckForm(named).empty())) return;
    Reject(ErrorReason::kMissingReference, key, FieldOf(link),
           absl::StrCat(": ", FieldOf(link), " names ", Describe(named),
                        ", which does not exist; give it too, or leave this out"));
  });
  if (!HasRoom(KindOf(key))) {
    Reject(ErrorReason::kTooMany, key, "",
           absl::StrCat(" does not fit: a tenant has at most ", MaxFacts(KindOf(key)), " ",
                        KindNames(KindOf(key)), "; leave some out"));
  }
  return errors.size() + more_errors == before;
}

absl::Status BulkLoad::State::Write(const Fact& fact, const FactKey& key) {
  if (KindOf(key) != FactKind::kTenantSettings) ++head.counts[key.index()];
  if (const auto* user = std::get_if<User>(&fact)) return WriteUser(*user);
  if (const auto* group = std::get_if<Group>(&fact)) return WriteGroup(*group);
  if (const auto* row = std::get_if<Assignment>(&fact)) return WriteAssignment(*row, key);
  if (std::holds_alternative<PlanRequirement>(fact)) return WriteRequirement(fact, key);
  const std::string stored = StoredKey(key);
  if (!written.insert(stored).second) return Repeated(key);
  if (const auto* row = std::get_if<Subscription>(&fact)) {
    SEATWISE_RETURN_IF_ERROR(Put(SubscriptionOfSkuKey(row->sku, row->id), ""));
  }
  const auto* observed = std::get_if<Observed>(&fact);
  return Put(stored,
             observed != nullptr ? EncodeMessage(ToObservedRecord(*observed)) : EncodeFact(fact));
}

absl::Status BulkLoad::State::WriteRequirement(const Fact& fact, const FactKey& key) {
  const std::string stored = StoredKey(key);
  // The same requirement, or another one of its fingerprint: told apart by what was written.
  if (!written.insert(absl::StrCat(stored, EncodeFact(fact))).second) return Repeated(key);
  int place = 0;
  while (!written.insert(stored + static_cast<char>(place)).second) ++place;
  if (place > UINT8_MAX) {
    Reject(ErrorReason::kTooMany, key, "", " has the fingerprint of too many others");
    return absl::OkStatus();
  }
  return Put(stored + static_cast<char>(place), EncodeFact(fact));
}

absl::Status BulkLoad::State::WriteUser(const User& user) {
  const uint32_t number = users.next();
  if (!users.Add(user.id.value())) return Repeated(user.id);
  SEATWISE_RETURN_IF_ERROR(Put(UserKey(user.id), EncodeMessage(ToUserRecord(user, number))));
  return Put(UserNameKey(number), EncodeMessage(ToUserNameRecord(user)));
}

absl::Status BulkLoad::State::WriteGroup(const Group& group) {
  storage::GroupRecord record;
  record.set_number(groups.next());
  if (!groups.Add(group.id.value())) return Repeated(group.id);
  SEATWISE_RETURN_IF_ERROR(Put(GroupKey(group.id), EncodeMessage(record)));
  return Put(GroupNameKey(record.number()), EncodeMessage(ToGroupNameRecord(group)));
}

absl::Status BulkLoad::State::WriteInnerGroup(uint32_t outer, uint32_t inner,
                                              const MembershipView& row) {
  storage::InnerGroupRecord record;
  record.set_added_at(row.added_at.micros);
  const std::string key = InnerGroupKey(outer, inner);
  if (!written.insert(key).second) return Repeated(KeyOf(Fact(ToFact(row))));
  ++head.counts[static_cast<size_t>(FactKind::kMembership)];
  SEATWISE_RETURN_IF_ERROR(Put(key, EncodeMessage(record)));
  return Put(OuterGroupKey(inner, outer), "");
}

absl::Status BulkLoad::State::WriteAssignment(const Assignment& assignment, const FactKey& key) {
  const NumberedPrincipal principal{.is_group = !IsDirect(assignment.principal),
                                    .number = NumberOf(assignment.principal)};
  const std::string stored = AssignmentStoredKey(principal, assignment.sku);
  if (!written.insert(stored).second) return Repeated(key);
  SEATWISE_RETURN_IF_ERROR(Put(stored, EncodeMessage(ToAssignmentRecord(assignment))));
  return Put(AssignmentOfSkuKey(assignment.sku, principal), "");
}

absl::Status BulkLoad::State::WriteList(PostingTable table, uint32_t owner,
                                        absl::Span<const Posting> postings) {
  absl::Status status;
  ForEachBlock(table, owner, 0, postings, kFullBlockBytes,
               [&](const std::string& key, const std::string& value) {
                 if (status.ok()) status = Put(key, value);
               });
  return status;
}

absl::Status BulkLoad::State::WriteMembers() {
  added = std::nullopt;
  for (const MemberRow& row : members.Sort()) {
    Repeated(MembershipKey{GroupId(std::string(groups[row.group])),
                           UserId(std::string(users[row.user]))})
        .IgnoreError();
  }
  if (!errors.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(errors[0].message, " (and ", errors.size() - 1 + more_errors, " more)"));
  }
  SEATWISE_RETURN_IF_ERROR(
      members.ForEachGroup([&](uint32_t group, absl::Span<const Posting> list) {
        return WriteList(kMemberLists, group, list);
      }));
  return members.ForEachUser([&](uint32_t user, absl::Span<const Posting> list) {
    return WriteList(kGroupLists, user, list);
  });
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

absl::Status BulkLoad::AddMemberships(absl::Span<const MembershipView> rows) {
  return state_->AddMemberships(rows);
}

size_t BulkLoad::added() const { return state_->added.value_or(0); }
const std::vector<ValidationError>& BulkLoad::errors() const { return state_->errors; }
size_t BulkLoad::more_errors() const { return state_->more_errors; }

absl::StatusOr<std::shared_ptr<const FactsSnapshot>> BulkLoad::Finish() {
  SEATWISE_RETURN_IF_ERROR(state_->WriteMembers());
  SEATWISE_RETURN_IF_ERROR(state_->appender.Flush().status());
  state_->head.next = {.user = state_->users.next(), .group = state_->groups.next()};
  // Deriving needs the memory.
  state_->members = {};
  state_->written = {};
  state_->users = NumberedIds(0);
  state_->groups = NumberedIds(0);
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
