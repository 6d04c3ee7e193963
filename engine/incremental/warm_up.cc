// A change of one member reads and writes some 200 places that lie apart in a tenant of gigabytes.
// To meet them one after the other costs as many times the latency of memory; most of them can be
// told from the numbers of the user and the group, so they are fetched at the same time, in as many
// steps as references follow each other.
#include "engine/incremental/warm_up.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/prefetch.h"
#include "engine/incremental/hash_index.h"
#include "engine/incremental/number_index.h"

namespace seatwise {
namespace {

// With more changes than that, nobody waits for a particular one.
constexpr size_t kFew = 8;

class Warmer {
 public:
  explicit Warmer(const LiveParts& parts) : parts_(parts), facts_(parts.facts) {}

  void Name(const UserId& user) { user_hashes_.push_back(HashOfText(user.value())); }
  void Name(const GroupId& group) { group_hashes_.push_back(HashOfText(group.value())); }
  void Name(const Principal& principal) {
    std::visit([&](const auto& id) { Name(id); }, principal);
  }

  // Each step needs what the one before fetched. What waits for nothing lies between the steps of
  // the longest way: from a user to the claims of its groups.
  void Fetch() {
    FindNumbers();
    for (uint32_t user : users_) FetchUserPlaces(user);
    for (uint32_t group : groups_) FetchGroupPlaces(group);
    for (uint32_t user : users_) FetchRecord(user);
    for (uint32_t user : users_) FetchSharedByUser(user);
    for (uint32_t user : users_) FetchRecordContents(user);
    for (uint32_t user : users_) parts_.answers.PrefetchOutcome(user);
    for (uint32_t group : groups_) FetchGroup(group);
    for (uint32_t user : users_) FetchOutcomeContents(user);
    for (uint32_t group : groups_) FetchGroupContents(group);
  }

 private:
  // A number is a guess: another text may have the hash.
  void FindNumbers() {
    std::vector<HashIndex::Descent> ways;
    for (uint64_t hash : user_hashes_) ways.emplace_back(facts_.user_hashes, hash);
    for (uint64_t hash : group_hashes_) ways.emplace_back(facts_.group_hashes, hash);
    for (bool any = true; any;) {
      any = false;
      for (auto& way : ways) any |= way.Down();
    }
    for (size_t i = 0; i < ways.size(); ++i) {
      const std::optional<uint32_t> number = ways[i].Number();
      if (number.has_value()) (i < user_hashes_.size() ? users_ : groups_).push_back(*number);
    }
  }

  void FetchUserPlaces(uint32_t user) const {
    facts_.users.Prefetch(user);
    parts_.answers.Prefetch(user);
  }
  void FetchGroupPlaces(uint32_t group) const {
    facts_.carriers.Prefetch(group);
    facts_.groups.Prefetch(group);
    facts_.members.Prefetch(group);
    parts_.groups.Prefetch(group);
  }

  void FetchRecord(uint32_t user) const {
    PrefetchBytes(facts_.users[user].get(), 4 * kCacheLine);
    parts_.answers.PrefetchNumber(user);
  }
  // What copies of the nodes on the way to the user share.
  void FetchSharedByUser(uint32_t user) const {
    facts_.users.PrefetchForSet(user);
    parts_.answers.PrefetchForSet(user);
  }
  void FetchRecordContents(uint32_t user) const {
    const UserRecord* record = facts_.users[user].get();
    if (record == nullptr) return;
    PrefetchBytes(record, record->bytes());
    for (uint32_t group : record->groups()) facts_.carriers.Prefetch(group);
  }
  void FetchOutcomeContents(uint32_t user) const {
    if (user >= parts_.answers.size()) return;
    const Outcome* outcome = parts_.answers.OutcomeOf(user);
    if (outcome == nullptr) return;
    PrefetchLine(outcome->claims.data());
    PrefetchLine(outcome->licenses.data());
  }

  void FetchGroup(uint32_t group) const {
    facts_.groups[group].PrefetchToRead();
    facts_.members[group].PrefetchToRead();
    facts_.members.PrefetchForSet(group);
    parts_.groups.PrefetchForSet(group);
  }
  void FetchGroupContents(uint32_t group) const {
    const GroupRecord* record = facts_.groups[group].get();
    if (record != nullptr) PrefetchLine(record->id.value().data());
  }

  const LiveParts& parts_;
  const LiveFacts& facts_;
  std::vector<uint64_t> user_hashes_;
  std::vector<uint64_t> group_hashes_;
  std::vector<uint32_t> users_;   // Named, as far as they are there.
  std::vector<uint32_t> groups_;  // The same.
};

}  // namespace

void WarmUp(const LiveParts& parts, const ValidatedChangeSet& changes) {
  if (changes.puts().size() + changes.deletes().size() > kFew) return;
  Warmer warmer(parts);
  for (const Fact& fact : changes.puts()) {
    const auto* membership = std::get_if<Membership>(&fact);
    if (membership == nullptr) continue;
    warmer.Name(membership->group);
    warmer.Name(membership->member);
  }
  for (const FactKey& key : changes.deletes()) {
    const auto* membership = std::get_if<MembershipKey>(&key);
    if (membership == nullptr) continue;
    warmer.Name(membership->group);
    warmer.Name(membership->member);
  }
  warmer.Fetch();
}

}  // namespace seatwise
