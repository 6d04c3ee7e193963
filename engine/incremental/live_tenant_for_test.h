// A small tenant that is kept up to date, for tests: facts as values, and the live state of them.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/executor.h"
#include "engine/incremental/live_state.h"
#include "engine/model/change.h"
#include "engine/model/facts.h"
#include "engine/model/loaded_facts.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validate.h"

namespace seatwise {

class LiveTenant {
 public:
  // `loaded` are the same facts.
  LiveTenant(const Facts& facts, LoadedFacts loaded)
      : facts_(facts), state_(LiveStateFrom(std::move(loaded), executor_)) {}

  const LiveState& state() const { return *state_; }
  Facts facts() const { return facts_.ToFacts(); }
  uint32_t User(absl::string_view id) const { return state_->FindUser(id).value(); }
  uint32_t Group(absl::string_view id) const { return state_->FindGroup(id).value(); }
  SkuNo Sku(absl::string_view id) const { return state_->FindSku(id).value(); }

  // The state and the ledger after these changes, which the door lets through.
  Prepared WhatIf(std::vector<Change> changes, const PrepareLimits& limits = {}) {
    const ValidationResult result = Validate({std::move(changes)}, facts_).value();
    return Prepare(state_, result.changes.value(), executor_, limits);
  }
  // The same, and it stays so.
  Prepared Commit(std::vector<Change> changes, const PrepareLimits& limits = {}) {
    const ValidationResult result = Validate({std::move(changes)}, facts_).value();
    Prepared prepared = Prepare(state_, result.changes.value(), executor_, limits);
    facts_.Apply(result.changes.value());
    state_ = prepared.state;
    return prepared;
  }

 private:
  InlineExecutor executor_;
  MemoryFacts facts_;
  std::shared_ptr<const LiveState> state_;
};

// Changes, spelled briefly.
inline Change Join(const char* group, const char* user, int64_t added_at = 0) {
  return Put{Membership{GroupId(group), UserId(user), Time{added_at}}};
}
inline Change Leave(const char* group, const char* user) {
  return Delete{MembershipKey{GroupId(group), UserId(user)}};
}
inline Change Units(const char* sku, int64_t units,
                    SubscriptionStatus status = SubscriptionStatus::kEnabled) {
  return Put{Subscription{.id = SubscriptionId(std::string("sub-") + sku),
                          .sku = SkuId(sku),
                          .units = units,
                          .status = status}};
}

}  // namespace seatwise
