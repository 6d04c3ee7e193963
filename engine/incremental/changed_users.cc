// An answer is an outcome (outcome.h), seen in the light of two facts about each of its SKUs: is it
// off (S4), is it full (K6)? So users differ whose outcomes are not the same object, and those to
// whom one of these facts matters.
#include "engine/incremental/changed_users.h"

#include <algorithm>

#include "absl/types/span.h"
#include "engine/incremental/sku_users.h"
#include "engine/model/catalog.h"

namespace seatwise {
namespace {

const Outcome* OutcomeOf(const LiveParts& parts, uint32_t user) {
  return user < parts.answers.size() ? parts.answers.OutcomeOf(user) : nullptr;
}

// The SKUs of both versions for which an answer of `fact` differs.
template <typename Fact>
std::vector<SkuNo> SkusWhere(const LiveParts& before, const LiveParts& after, Fact fact) {
  const size_t common =
      std::min(before.facts.products.catalog()->skus(), after.facts.products.catalog()->skus());
  std::vector<SkuNo> skus;
  for (SkuNo sku = 0; sku < common; ++sku) {
    if (fact(before, sku) != fact(after, sku)) skus.push_back(sku);
  }
  return skus;
}

}  // namespace

std::vector<ChangedUser> ChangedUsers(const LiveParts& before, const LiveParts& after) {
  std::vector<ChangedUser> users;
  after.answers.ForEachOtherOutcome(before.answers,
                                    [&](uint32_t user, const Outcome* was, const Outcome* is) {
                                      users.push_back({user, was, is});
                                    });
  const size_t by_outcome = users.size();
  const auto add = [&](uint32_t user) {
    const Outcome* outcome = OutcomeOf(after, user);
    if (outcome != OutcomeOf(before, user)) return;  // It is there already.
    users.push_back({user, outcome, outcome});
  };
  const auto off = [](const LiveParts& parts, SkuNo sku) {
    return parts.facts.products.supply(sku).off();
  };
  for (uint32_t user : UsersWithClaimOn(after.facts, SkusWhere(before, after, off))) add(user);
  const auto full = [](const LiveParts& parts, SkuNo sku) { return parts.IsFull(sku); };
  for (const SkuNo sku : SkusWhere(before, after, full)) {
    if (!after.seats[sku]) continue;
    after.seats[sku]->waiting.ForEachFromRank(0, [&](const QueuePlace& place) {
      add(place.user);
      return true;
    });
  }
  if (users.size() == by_outcome) return users;
  const auto key = [](const ChangedUser& user) { return user.user; };
  std::ranges::sort(users, {}, key);
  const auto twice = std::ranges::unique(users, {}, key);
  users.erase(twice.begin(), twice.end());
  return users;
}

}  // namespace seatwise
