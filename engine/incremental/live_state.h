// A whole tenant in memory at one revision, facts and derived state, ready to be asked and to be
// changed: a change makes the next version, which shares with this one all that it does not touch.
//
//   LiveStateFrom(facts)            version 1
//   Prepare(version 1, changes)     version 2, and how its licenses differ
//   Prepare(version 2, changes)     ...
//
// Whoever publishes a version hands out its pointer; whoever drops one has undone the change. A
// what-if is a version that is dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "base/executor.h"
#include "engine/incremental/prepare_options.h"
#include "engine/model/account_flags.h"
#include "engine/model/catalog.h"
#include "engine/model/derived.h"
#include "engine/model/derived_view.h"
#include "engine/model/facts.h"
#include "engine/model/license_delta.h"
#include "engine/model/loaded_facts.h"
#include "engine/model/numbers.h"
#include "engine/model/plan_bits.h"
#include "engine/model/validated_change_set.h"

namespace seatwise {

struct LiveParts;

// A License as numbers. The bits are valid as long as the state.
struct LiveLicense {
  SkuNo sku = 0;
  LicenseState state = LicenseState::kError;
  PlanBits enabled_plans;  // O3; over the plans of LiveState::catalog().
};

// A ClaimItem as numbers, without the details of its violations.
struct LiveItem {
  bool direct = false;
  uint32_t principal = 0;  // The user again if direct, else a group.
  SkuNo sku = 0;
  ViolationMask violations = 0;  // Empty iff granted.
};

// One version of a tenant. Immutable; any number of threads may read.
//
// Users and groups are their stored numbers (numbers.h). SKUs and plans are their numbers in
// catalog(), which are in no order and mean something within one version only.
class LiveState {
 public:
  explicit LiveState(std::unique_ptr<LiveParts> parts);
  ~LiveState();
  LiveState(const LiveState&) = delete;
  LiveState& operator=(const LiveState&) = delete;

  // The products and settings. Numbers whose SKU or plan was deleted have an empty id.
  const Catalog& catalog() const;
  const TenantSettings& settings() const;
  NextNumbers next_numbers() const;

  // Finding what has an id, in the time of a few cache misses.
  std::optional<uint32_t> FindUser(absl::string_view id) const;
  std::optional<uint32_t> FindGroup(absl::string_view id) const;
  std::optional<SkuNo> FindSku(absl::string_view id) const;

  // The reverse; the id is empty if no user or group has the number (any more).
  absl::string_view UserIdOf(uint32_t user) const;
  absl::string_view GroupIdOf(uint32_t group) const;

  // What is told of the account of a user, who exists.
  AccountFlags AccountOf(uint32_t user) const;

  size_t user_count() const;
  size_t group_count() const;

  // Calls visit(number, id) in the order of the ids' bytes, from the first id that is not less than
  // `id` on, until one answers false.
  using VisitNumber = absl::FunctionRef<bool(uint32_t, absl::string_view)>;
  void ForEachUserFrom(absl::string_view id, VisitNumber visit) const;
  void ForEachGroupFrom(absl::string_view id, VisitNumber visit) const;

  // The users that are directly in a group, ascending by number, until one answers false.
  void ForEachDirectMember(uint32_t group, absl::FunctionRef<bool(uint32_t)> visit) const;
  // The same from the first whose number is not less than `user` on.
  void ForEachDirectMemberFrom(uint32_t group, uint32_t user,
                               absl::FunctionRef<bool(uint32_t)> visit) const;
  // The groups that are directly in a group, ascending by number. They count only in a tenant with
  // nested groups (M2).
  void ForEachSubgroup(uint32_t group, absl::FunctionRef<void(uint32_t)> visit) const;

  // What one user has, by the id of the SKU: read from what users with the same answer share.
  // `user` exists, here and below.
  void ForEachLicense(uint32_t user, absl::FunctionRef<void(const LiveLicense&)> visit) const;
  // The same as values.
  std::vector<License> LicensesOf(uint32_t user) const;
  // O4, as bits over the plans of catalog().
  std::vector<uint64_t> EffectivePlansOf(uint32_t user) const;

  // What became of the items of one user's claims: direct first, then by the id of the group; by
  // the id of the SKU in each.
  void ForEachItem(uint32_t user, absl::FunctionRef<void(const LiveItem&)> visit) const;
  // The same with all details: the part of Derived::items for this user.
  std::vector<ClaimItem> Explain(uint32_t user) const;

  // By the id of the SKU; every SKU.
  std::vector<SeatUsage> Seats() const;
  // `sku` exists.
  SeatUsage SeatsOf(SkuNo sku) const;

  // By the id of the group; licensed groups only. Takes the time of a look at every group.
  std::vector<GroupStatus> Groups() const;
  // Nothing for a group that is not licensed. `group` exists.
  std::optional<GroupStatus> GroupStatusOf(uint32_t group) const;

  // Totals. Takes the time of a look at every user.
  ClaimCounts Counts() const;

  // How much memory this version needs if it shares nothing, roughly: for limits.
  size_t ApproximateBytes() const;

  // Says which version, made from this one, comes after it: then the end of this one costs little
  // while that one is there. By one thread, once, before it lets go of this one.
  void SetHeir(const std::shared_ptr<const LiveState>& heir) const { heir_ = heir; }

  // The parts that the engine itself works on.
  const LiveParts& parts() const { return *parts_; }

 private:
  const std::unique_ptr<LiveParts> parts_;
  mutable std::weak_ptr<const LiveState> heir_;
};

// Everything as values: for small tenants and for comparing engines.
Derived ExpandDerived(const LiveState& state);

// The state of a tenant as it was loaded: derived in batch.
std::shared_ptr<const LiveState> LiveStateFrom(LoadedFacts facts, Executor& executor);

// A change that nobody sees yet.
struct Prepared {
  std::shared_ptr<const LiveState> state;
  LicenseDelta delta;  // From the base to `state`.
  PrepareStatistics statistics;
};

// Makes the version after `changes`, which were validated against the facts of `base`. Changes
// nothing that others can see. The cost follows the users that are affected and the seats that
// move, not the tenant; the result depends neither on the threads of `executor` nor on the limits.
Prepared Prepare(const std::shared_ptr<const LiveState>& base, const ValidatedChangeSet& changes,
                 Executor& executor, const PrepareLimits& limits = PrepareLimits());

}  // namespace seatwise
