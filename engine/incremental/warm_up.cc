// A change of one member reads and writes some 200 places that lie apart in a tenant of gigabytes.
// To meet them one after the other costs as many times the latency of memory; most of them can be
// told from the numbers of the user and the group, so they are fetched at the same time, in as many
// steps as references follow each other.
#include "engine/incremental/warm_up.h"

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "base/prefetch.h"
#include "engine/incremental/number_index.h"

namespace seatwise {
namespace {

// With more changes than that, nobody waits for a particular one.
constexpr size_t kFew = 8;

// Who is named: hashes first, then what is probably the number.
class Warmer {
 public:
  explicit Warmer(const LiveParts& parts) : parts_(parts), facts_(parts.facts) {}

  void Name(const UserId& user) { users_.push_back(HashOfText(user.value())); }
  void Name(const GroupId& group) { groups_.push_back(HashOfText(group.value())); }
  void Name(const Principal& principal) {
    std::visit([&](const auto& id) { Name(id); }, principal);
  }

  void Fetch() {
    Find(facts_.user_hashes, users_);
    Find(facts_.group_hashes, groups_);
    FetchPlaces();
    FetchObjects();
    FetchContents();
  }

 private:
  // Puts numbers in the place of hashes. A number is a guess: another text may have the hash.
  static void Find(const HashIndex& index, std::vector<uint64_t>& names) {
    size_t found = 0;
    for (uint64_t hash : names) {
      index.ForEachFrom(
          hash,
          [&](const HashedNumber& entry) {
            if (entry.hash == hash) names[found++] = entry.number;
            return false;
          },
          HashBefore());
    }
    names.resize(found);
  }

  void FetchPlaces() const {
    for (uint64_t name : users_) {
      const uint32_t user = static_cast<uint32_t>(name);
      facts_.users.Prefetch(user);
      parts_.answers.Prefetch(user);
    }
    for (uint64_t name : groups_) {
      const uint32_t group = static_cast<uint32_t>(name);
      facts_.groups.Prefetch(group);
      facts_.members.Prefetch(group);
      facts_.carriers.Prefetch(group);
      parts_.groups.Prefetch(group);
    }
  }

  // What the places refer to, and what copies of the nodes on the way share.
  void FetchObjects() const {
    for (uint64_t name : users_) {
      const uint32_t user = static_cast<uint32_t>(name);
      PrefetchBytes(facts_.users[user].get(), 4 * kCacheLine);
      if (user < parts_.answers.size()) {
        PrefetchBytes(parts_.answers[user].outcome.get(), 3 * kCacheLine);
      }
      facts_.users.PrefetchForSet(user);
      parts_.answers.PrefetchForSet(user);
    }
    for (uint64_t name : groups_) {
      const uint32_t group = static_cast<uint32_t>(name);
      facts_.groups[group].PrefetchToRead();
      facts_.members[group].PrefetchToRead();
      facts_.members.PrefetchForSet(group);
      parts_.groups.PrefetchForSet(group);
    }
  }

  void FetchContents() const {
    for (uint64_t name : users_) {
      const uint32_t user = static_cast<uint32_t>(name);
      const UserRecord* record = facts_.users[user].get();
      if (record != nullptr) {
        PrefetchBytes(record, record->bytes());
        for (uint32_t group : record->groups()) facts_.carriers.Prefetch(group);
      }
      if (user >= parts_.answers.size()) continue;
      const Outcome* outcome = parts_.answers[user].outcome.get();
      if (outcome == nullptr) continue;
      PrefetchLine(outcome->claims.data());
      PrefetchLine(outcome->licenses.data());
    }
    for (uint64_t name : groups_) {
      const GroupRecord* group = facts_.groups[static_cast<uint32_t>(name)].get();
      if (group != nullptr) PrefetchLine(group->id.value().data());
    }
  }

  const LiveParts& parts_;
  const LiveFacts& facts_;
  std::vector<uint64_t> users_;
  std::vector<uint64_t> groups_;
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
