// Turns changes of facts into writes of keys: a commit's, or those that take one back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/time.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/numbers.h"
#include "storage/batch.h"
#include "storage/fact_keys.h"
#include "storage/facts_snapshot.h"
#include "storage/head.h"
#include "storage/journal_builder.h"
#include "storage/record.pb.h"

namespace seatwise {

// Collects writes over one snapshot. Each key once; puts in the order of kinds, then deletions in
// the reverse one, as ValidatedChangeSet has them: what a put names is there or was put before.
// Deleting what is not there does nothing, so what is half undone can be undone again. Errors: the
// snapshot's. One thread.
class FactEditor {
 public:
  // `base` outlives the editor.
  explicit FactEditor(const FactsSnapshot& base);

  // A user or group that is new gets the next number, or `number` if that is given.
  absl::Status Put(const Fact& fact, std::optional<uint32_t> number = std::nullopt);
  absl::Status Delete(const FactKey& key);
  // A membership of a user, by numbers; nothing: not a member.
  void EditMember(uint32_t group, uint32_t user, std::optional<Time> added_at);

  // After the last edit: adds the writes of memberships.
  absl::Status Finish();

  // Everything to be written, in an order of which any beginning leaves no dangling name. May be
  // larger than what a store takes at once.
  const Batch& batch() const { return batch_; }
  // What the changes were before.
  JournalBuilder& journal() { return journal_; }
  // The base's head with counts and numbers as they are after the changes.
  const Head& head() const { return head_; }

 private:
  struct MemberEdit {
    uint32_t group = 0;
    uint32_t user = 0;
    std::optional<Time> added_at;
  };

  absl::Status PutUser(const User& user, std::optional<uint32_t> number);
  absl::Status PutGroup(const Group& group, std::optional<uint32_t> number);
  absl::Status PutMembership(const Membership& membership);
  absl::Status PutAssignment(const Assignment& assignment);
  absl::Status PutSubscription(const Subscription& subscription);
  absl::Status PutRequirement(const PlanRequirement& requirement);
  absl::Status PutWhole(const Fact& fact);
  absl::Status DeletePrincipal(const Principal& principal);
  absl::Status DeleteMembership(const MembershipKey& key);
  absl::Status DeleteAssignment(const AssignmentKey& key);
  absl::Status DeleteSubscription(const SubscriptionId& id);
  absl::Status DeleteWhole(const FactKey& key);

  absl::StatusOr<std::optional<uint32_t>> NumberOf(const Principal& principal);
  // Writes down what became of a fact, and counts it. `number`: of a user or group.
  void Note(const FactKey& key, std::optional<storage::FactRecord> before, bool deleted,
            std::optional<uint32_t> number = std::nullopt);
  absl::Status EditMembersOf(uint32_t group, absl::Span<const MemberEdit> edits);
  absl::Status EditGroupLists();

  const FactsSnapshot& base_;
  Head head_;
  Batch batch_;
  JournalBuilder journal_;
  std::vector<MemberEdit> members_;
  // Of users and groups that were put or looked up.
  absl::flat_hash_map<std::string, uint32_t> user_numbers_;
  absl::flat_hash_map<std::string, uint32_t> group_numbers_;
  // By prefix (fact_keys.h): the next free place among requirements of one fingerprint.
  absl::flat_hash_map<std::string, int> next_requirement_;
};

}  // namespace seatwise
