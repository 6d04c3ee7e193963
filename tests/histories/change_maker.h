// Random changes of a tenant. Test only.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/facts_view.h"
#include "engine/model/ids.h"
#include "tests/histories/history_weights.h"
#include "tests/worlds/dice.h"

namespace seatwise::histories {

// Changes that belong together: a move is two.
using Changes = std::vector<Change>;

// The fact shall be gone.
inline Delete Gone(const Fact& fact, bool cascade = false) { return {KeyOf(fact), cascade}; }

// Makes changes that the door lets through nearly always. Keeps `dice` and `weights`.
class ChangeMaker {
 public:
  ChangeMaker(worlds::Dice& dice, const HistoryWeights& weights) : dice_(dice), w_(weights) {}

  // Something about the tenant that is different afterwards, mostly. Nothing if there is nothing of
  // the kind that was drawn.
  Changes Make(const Facts& facts);

  // What was there before a step, for Make to bring back some of it.
  void Remember(const FactsView& before, const ChangeSet& changes);

 private:
  // By what the weights call them.
  Changes Members();
  Changes Move();
  Changes Swap();
  Changes Nesting();
  Changes Wish(bool direct);
  Changes Rewish(Assignment assignment);
  Changes Subscriptions();
  Changes Overage();
  Changes Plans();
  Changes Skus();
  Changes Relations();
  Changes People();
  Changes Users();
  Changes NewUser();
  Changes Groups();
  Changes Settings();
  Changes Nothing();
  Changes Undo();

  Subscription NewSubscription(const SkuId& sku);
  Subscription ChangedSubscription(Subscription subscription);
  Changes NewSku();

  // Memberships of users, or of groups.
  std::vector<Membership> MembershipsOf(bool groups) const;
  std::vector<Assignment> Wishes(bool direct) const;

  bool Chance(int percent) { return dice_.Chance(percent); }
  Time AnyTime();
  int32_t AnyPriority();
  int64_t AnyUnits();
  Location AnyLocation();
  std::string AnyAddress();
  PlanIdSet AnyPlans(int percent);
  // One that was deleted, or a new one whose place among the others is anywhere.
  std::string AnyId(const char* kind, const std::vector<std::string>& dead);

  worlds::Dice& dice_;
  const HistoryWeights& w_;
  const Facts* facts_ = nullptr;
  int made_ = 0;            // Sets of changes, and the number in new ids.
  std::vector<Fact> past_;  // Facts as they were before they were changed.
  std::vector<std::string> dead_users_;
  std::vector<std::string> dead_groups_;
};

}  // namespace seatwise::histories
