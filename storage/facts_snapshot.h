// The facts of one tenant at one revision, as a store has them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/time.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/facts_view.h"
#include "engine/model/ids.h"
#include "engine/model/numbers.h"
#include "engine/model/reference.h"
#include "storage/head.h"
#include "storage/store.h"

namespace seatwise {

// A part of a list.
struct FactPage {
  std::vector<Fact> facts;
  // Where the list goes on: opaque bytes to be given back, good for any later revision of the same
  // tenant and list. Empty: there is nothing behind.
  std::string next;
};

// Immutable; any number of threads. Pins what it reads for as long as it lives. Fails as
// Snapshot does, and with DATA_LOSS if a record cannot be read.
class FactsSnapshot final : public FactsView {
 public:
  // The revision that `snapshot` holds of a tenant; revision 0 of one that nobody wrote to.
  static absl::StatusOr<std::shared_ptr<const FactsSnapshot>> Open(
      std::shared_ptr<const Snapshot> snapshot, TenantNumber tenant);
  // The same, with `head` instead of what the snapshot says: facts that are not committed yet.
  FactsSnapshot(std::shared_ptr<const Snapshot> snapshot, TenantNumber tenant, Head head);

  uint64_t revision() const { return head_.revision; }
  // Of that revision's commit; kMinTime at revision 0.
  Time commit_time() const { return head_.commit_time; }
  NextNumbers next_numbers() const { return head_.next; }
  // CommitMeta::rule_version of the last commit that had one; 0 if none had.
  uint32_t rule_version() const { return head_.rule_version; }
  const Head& head() const { return head_; }

  // FactsView. Dependents in the order of the numbers, not of the ids.
  absl::StatusOr<bool> Contains(const FactKey& key) const override;
  absl::StatusOr<std::optional<Fact>> Find(const FactKey& key) const override;
  absl::Status ForEachDependent(const FactKey& named, Link link,
                                absl::FunctionRef<bool(const FactKey&)> visit) const override;
  absl::StatusOr<size_t> Count(FactKind kind) const override;

  // Facts of one kind, at most `limit` (at least 1) from `cursor` on: FactPage::next, or empty for
  // the start. Plans, SKUs, subscriptions, users, groups and observed facts in the order of their
  // keys; relations of plans by their (first) plan; memberships and assignments by the numbers of
  // their groups and principals. INVALID_ARGUMENT if `cursor` is not of this list.
  absl::StatusOr<FactPage> List(FactKind kind, absl::string_view cursor, size_t limit) const;
  // The same for parts: memberships in a group, users first; of a user or group; assignments of
  // a user or group by SKU. Empty if there is no such user or group.
  absl::StatusOr<FactPage> ListMembers(const GroupId& group, absl::string_view cursor,
                                       size_t limit) const;
  absl::StatusOr<FactPage> ListGroupsOf(const Principal& member, absl::string_view cursor,
                                        size_t limit) const;
  absl::StatusOr<FactPage> ListAssignmentsOf(const Principal& principal, absl::string_view cursor,
                                             size_t limit) const;

  // The stored number of a user or group that exists.
  absl::StatusOr<std::optional<uint32_t>> NumberOf(const Principal& principal) const;
  // The user or group with a number; also of one deleted since the oldest revision that the journal
  // still has.
  absl::StatusOr<std::optional<UserId>> UserOfNumber(uint32_t number) const;
  absl::StatusOr<std::optional<GroupId>> GroupOfNumber(uint32_t number) const;

  // All facts as values, in the order of List: for small tenants.
  absl::StatusOr<Facts> ReadAll() const;

  // What the facts are read from.
  const Snapshot& bytes() const { return *snapshot_; }
  TenantNumber tenant() const { return tenant_; }

 private:
  std::shared_ptr<const Snapshot> snapshot_;
  TenantNumber tenant_;
  Head head_;
};

// The stored key of a requirement, if it is there: of those with its plan and fingerprint
// (fact_keys.h) the one with its set.
absl::StatusOr<std::optional<std::string>> FindRequirementKey(const FactsSnapshot& facts,
                                                              const PlanRequirement& requirement);

}  // namespace seatwise
