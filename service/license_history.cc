// Passes over the journal, each from a revision on that is older than where the pass before began,
// until there are enough entries: who looks at what changed last need not read what was long ago.
// What a fact became is not in the entry
// that changed it: it is what the next entry about the same fact says that it was before, or what
// it is now. So facts wait for that entry:
//
//   revision 7   group 'sales' gets E3             after: ?
//   revision 9   E3 of 'sales' changes, before: x  after of 7 is x
#include "service/license_history.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "base/time.h"
#include "engine/incremental/live_state.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/license_delta.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/facts_to_proto.h"
#include "service/message_names.h"
#include "service/names.h"
#include "service/timestamps.h"
#include "storage/facts_snapshot.h"
#include "storage/journal.h"

namespace seatwise {
namespace {

constexpr size_t kMostCauses = 20;
constexpr uint64_t kFirstWindow = 1 << 12;  // Revisions of the first pass,
constexpr uint64_t kWindowGrowth = 8;       // times that of each further one,
constexpr uint64_t kLastWindow = 1 << 18;   // up to so many.

using Entry = v1::LicenseHistoryEntry;

// Whether a change of this fact can have changed the licenses of the user on these SKUs.
class MayCause {
 public:
  MayCause(const UserId& user, const std::set<SkuId>& skus) : user_(user), skus_(skus) {}

  bool operator()(const JournalChange& change) const {
    return std::visit([&](const auto& key) { return Key(key, change); }, change.key);
  }

 private:
  // Settings, plans and their relations.
  template <typename AnyKey>
  bool Key(const AnyKey&, const JournalChange&) const {
    return true;
  }
  bool Key(const SkuId& sku, const JournalChange&) const { return skus_.contains(sku); }
  bool Key(const SubscriptionId&, const JournalChange& change) const {
    return !change.before || skus_.contains(std::get<Subscription>(*change.before).sku);
  }
  bool Key(const UserId& user, const JournalChange&) const { return user == user_; }
  bool Key(const GroupId&, const JournalChange&) const { return false; }
  bool Key(const MembershipKey& key, const JournalChange&) const {
    return !IsDirect(key.member) || key.member == Principal(user_);
  }
  bool Key(const AssignmentKey& key, const JournalChange&) const {
    return IsDirect(key.principal) ? key.principal == Principal(user_) : skus_.contains(key.sku);
  }
  bool Key(const ObservedKey&, const JournalChange&) const { return false; }

  const UserId& user_;
  const std::set<SkuId>& skus_;
};

// How far from the user a fact is: what is nearest is told first.
int Distance(const FactKey& key) {
  switch (KindOf(key)) {
    case FactKind::kUser:
      return 0;
    case FactKind::kMembership:
      // Of the user, or of a group in a group.
      return IsDirect(std::get<MembershipKey>(key).member) ? 1 : 4;
    case FactKind::kAssignment:
      return 2;
    case FactKind::kSubscription:
    case FactKind::kSku:
      return 3;
    default:
      return 4;
  }
}

class History {
 public:
  History(const TenantState& state, absl::string_view tenant, uint32_t user,
          const HistoryPage& page)
      : facts_(*state.facts),
        tenant_(tenant),
        user_(user),
        user_id_(UserId(state.live->UserIdOf(user))),
        page_(page) {}

  absl::Status Read(uint64_t from) {
    absl::Status status;
    SEATWISE_RETURN_IF_ERROR(ReadJournal(facts_, from, [&](const JournalEntry& entry) {
      // All that is left to see is what facts became.
      if (entry.revision >= page_.before && waiting_.empty()) return false;
      status = Visit(entry);
      return status.ok();
    }));
    SEATWISE_RETURN_IF_ERROR(status);
    for (const auto& [key, cause] : waiting_) {
      SEATWISE_ASSIGN_OR_RETURN(const std::optional<Fact> fact, facts_.Find(key));
      if (fact.has_value()) *cause->mutable_after() = ToBareProto(*fact);
    }
    return absl::OkStatus();
  }

  bool older() const { return older_; }
  std::deque<std::shared_ptr<Entry>>& entries() { return entries_; }

 private:
  absl::Status Visit(const JournalEntry& journal) {
    auto entry = std::make_shared<Entry>();
    std::set<SkuId> skus;
    if (journal.revision < page_.before) AddChanges(journal.delta, *entry, skus);
    if (skus.empty() && waiting_.empty()) return absl::OkStatus();
    SEATWISE_ASSIGN_OR_RETURN(RevisionChanges read, ReadRevision(facts_, journal.revision));
    for (const JournalChange& change : read.changes) Resolve(change);
    if (skus.empty()) return absl::OkStatus();
    entry->set_revision(static_cast<int64_t>(journal.revision));
    *entry->mutable_commit_time() = ToTimestamp(journal.time);
    entry->set_actor(journal.actor);
    entry->set_method(journal.method);
    entry->set_import(read.bulk_load);
    Keep(entry);
    if (!read.bulk_load) AddCauses(read.changes, skus, entry);
    return absl::OkStatus();
  }

  void AddChanges(const LicenseDelta& delta, Entry& entry, std::set<SkuId>& skus) const {
    for (const LicenseDelta::Run& run : delta.runs) {
      if (!std::binary_search(run.users.begin(), run.users.end(), user_)) continue;
      skus.insert(run.sku);
      Entry::Change& change = *entry.add_changes();
      change.set_sku_id(run.sku.value());
      if (run.before.has_value()) *change.mutable_before() = ToProto(*run.before);
      if (run.after.has_value()) *change.mutable_after() = ToProto(*run.after);
    }
  }

  // The newest ones only.
  void Keep(std::shared_ptr<Entry> entry) {
    entries_.push_back(std::move(entry));
    if (entries_.size() <= page_.most) return;
    entries_.pop_front();
    older_ = true;
  }

  void AddCauses(const std::vector<JournalChange>& changes, const std::set<SkuId>& skus,
                 const std::shared_ptr<Entry>& entry) {
    const MayCause may_cause(user_id_, skus);
    std::vector<const JournalChange*> causes;
    for (const JournalChange& change : changes) {
      if (may_cause(change)) causes.push_back(&change);
    }
    entry->set_other_facts(static_cast<int64_t>(changes.size() - causes.size()));
    std::stable_sort(causes.begin(), causes.end(),
                     [](const JournalChange* a, const JournalChange* b) {
                       return Distance(a->key) < Distance(b->key);
                     });
    for (const JournalChange* cause : causes) {
      if (static_cast<size_t>(entry->causes_size()) < kMostCauses) {
        AddCause(*cause, entry);
      } else {
        entry->set_more_causes(entry->more_causes() + 1);
      }
    }
  }

  void AddCause(const JournalChange& change, const std::shared_ptr<Entry>& entry) {
    Entry::FactChange& cause = *entry->add_causes();
    cause.set_name(NameOf(tenant_, change.key));
    if (change.before) *cause.mutable_before() = ToBareProto(*change.before);
    cause.set_kind(change.deleted  ? Entry::FactChange::DELETED
                   : change.before ? Entry::FactChange::REPLACED
                                   : Entry::FactChange::CREATED);
    // Keeps the entry as long as the cause waits.
    if (!change.deleted) waiting_[change.key] = std::shared_ptr<Entry::FactChange>(entry, &cause);
  }

  void Resolve(const JournalChange& change) {
    const auto waits = waiting_.find(change.key);
    if (waits == waiting_.end()) return;
    if (change.before) *waits->second->mutable_after() = ToBareProto(*change.before);
    waiting_.erase(waits);
  }

  const FactsSnapshot& facts_;
  const absl::string_view tenant_;
  const uint32_t user_;
  const UserId user_id_;
  const HistoryPage page_;
  std::deque<std::shared_ptr<Entry>> entries_;
  bool older_ = false;
  std::map<FactKey, std::shared_ptr<Entry::FactChange>> waiting_;
};

}  // namespace

absl::StatusOr<uint64_t> FillHistory(const TenantState& state, absl::string_view tenant,
                                     absl::string_view user_id, const HistoryPage& page,
                                     v1::ListLicenseHistoryResponse& reply) {
  const std::optional<uint32_t> user = state.live->FindUser(user_id);
  if (!user.has_value()) return NotFoundError(NameOf(tenant, FactKey(UserId(user_id))));
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t oldest, OldestRevision(*state.facts));
  const uint64_t first = oldest + 1;
  const uint64_t end = std::max(first, std::min(page.before, state.revision + 1));
  uint64_t older = 0;
  for (uint64_t window = kFirstWindow;; window *= kWindowGrowth) {
    const uint64_t from = end - first > window ? end - window : first;
    History history(state, tenant, *user, page);
    SEATWISE_RETURN_IF_ERROR(history.Read(from));
    if (!history.older() && from > first && window < kLastWindow) continue;
    for (const std::shared_ptr<Entry>& entry : history.entries()) *reply.add_entries() = *entry;
    if (history.older()) {
      older = static_cast<uint64_t>(reply.entries(0).revision());
    } else if (from > first) {
      older = from;
    }
    break;
  }
  reply.set_oldest_revision(static_cast<int64_t>(oldest));
  SEATWISE_RETURN_IF_ERROR(
      FillNames(state.live->catalog(), *state.facts, reply, *reply.mutable_names()));
  return older;
}

}  // namespace seatwise
