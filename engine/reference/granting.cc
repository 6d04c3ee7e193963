// G2 to the letter: look through the queue from its head for a claim that is not granted and passes
// every check; grant it; start again at the head; until there is none. What K1 to K5 say of a claim
// depends on what its user has and on nothing else that changes, so it is asked again only once the
// user has got something since. Seats are looked at every time.
#include "engine/reference/granting.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <variant>

#include "engine/reference/seats.h"

namespace seatwise::reference {
namespace {

class Granting {
 public:
  Granting(const Facts& facts, const std::vector<Claim>& queue);

  Outcome Run();

 private:
  // The first claim of the queue that is not granted and passes; nullopt if none does (G2).
  std::optional<size_t> NextToGrant();
  bool Passes(size_t claim);
  void Grant(size_t claim);
  // G3, but for the places.
  void FindViolations();
  // O8.
  void FindPlaces();

  const std::vector<Claim>& queue_;
  const Checks checks_;
  Outcome outcome_;
  // K1 to K5 of each claim; nullopt if unknown since its user got something.
  std::vector<std::optional<bool>> passes_without_seats_;
};

Granting::Granting(const Facts& facts, const std::vector<Claim>& queue)
    : queue_(queue), checks_(facts), passes_without_seats_(queue.size()) {
  outcome_.granted.resize(queue.size());
  outcome_.violations.resize(queue.size());
  for (const User& user : facts.users) outcome_.holdings[user.id];
  for (const Sku& sku : facts.skus) {
    outcome_.seats.capacity[sku.id] = Capacity(facts, sku);
    outcome_.seats.taken[sku.id] = 0;
  }
}

Outcome Granting::Run() {
  while (const std::optional<size_t> claim = NextToGrant()) Grant(*claim);
  FindViolations();
  FindPlaces();
  return std::move(outcome_);
}

std::optional<size_t> Granting::NextToGrant() {
  for (size_t claim = 0; claim < queue_.size(); ++claim) {
    if (!outcome_.granted[claim] && Passes(claim)) return claim;
  }
  return std::nullopt;
}

bool Granting::Passes(size_t claim) {
  const Claim& c = queue_[claim];
  std::optional<bool>& known = passes_without_seats_[claim];
  if (known == false) return false;
  const Holdings& holdings = outcome_.holdings.at(c.user);
  if (!known) known = reference::Passes(checks_.WithoutSeats(c, holdings));
  if (!*known) return false;
  ItemViolations violations(c.items.size());
  CheckSeats(c, holdings, outcome_.seats, violations);
  return reference::Passes(violations);
}

void Granting::Grant(size_t claim) {
  const Claim& c = queue_[claim];
  outcome_.granted[claim] = true;
  Holdings& holdings = outcome_.holdings.at(c.user);
  for (const Item& item : c.items) {
    const bool takes_seat = holdings.held.insert(item.sku).second;
    if (takes_seat) ++outcome_.seats.taken.at(item.sku);
    for (const PlanId& plan : item.plans) holdings.enabled[plan].insert({item.sku, c.source});
  }
  for (size_t other = 0; other < queue_.size(); ++other) {
    if (queue_[other].user == c.user) passes_without_seats_[other] = std::nullopt;
  }
}

void Granting::FindViolations() {
  for (size_t claim = 0; claim < queue_.size(); ++claim) {
    const Claim& c = queue_[claim];
    ItemViolations& violations = outcome_.violations[claim];
    violations.resize(c.items.size());
    if (outcome_.granted[claim]) continue;
    const Holdings& holdings = outcome_.holdings.at(c.user);
    violations = checks_.WithoutSeats(c, holdings);
    CheckSeats(c, holdings, outcome_.seats, violations);
    BlameOthers(c, violations);
  }
}

// In the order of the queue, a user's first claim with COUNT on a SKU is met first, and those whose
// first claim stands earlier have been met before.
void Granting::FindPlaces() {
  std::map<SkuId, std::map<UserId, int64_t>> places;
  for (size_t claim = 0; claim < queue_.size(); ++claim) {
    for (size_t item = 0; item < queue_[claim].items.size(); ++item) {
      for (Violation& violation : outcome_.violations[claim][item]) {
        auto* count = std::get_if<Count>(&violation);
        if (count == nullptr) continue;
        std::map<UserId, int64_t>& of_sku = places[queue_[claim].items[item].sku];
        const int64_t last = static_cast<int64_t>(of_sku.size());
        count->place = of_sku.emplace(queue_[claim].user, last + 1).first->second;
      }
    }
  }
}

}  // namespace

Outcome GrantAll(const Facts& facts, const std::vector<Claim>& queue) {
  return Granting(facts, queue).Run();
}

}  // namespace seatwise::reference
