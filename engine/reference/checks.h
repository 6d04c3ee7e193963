// Section 6: what stands against a claim. Test only.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/reference/claims.h"

namespace seatwise::reference {

// What one user has by granted claims.
struct Holdings {
  std::set<SkuId> held;
  // E, with the items that enable each plan.
  std::map<PlanId, std::set<PlanSource>> enabled;
};

// The seats of the tenant while claims are granted.
struct Seats {
  std::map<SkuId, int64_t> capacity;
  std::map<SkuId, int64_t> taken;

  bool IsFull(const SkuId& sku) const { return capacity.at(sku) - taken.at(sku) < 1; }
};

// The violations of a claim, for each of its items in their order; each item's in display order.
using ItemViolations = std::vector<std::vector<Violation>>;

// True if no item has a violation.
bool Passes(const ItemViolations& violations);

// K1 to K5 of the users and the catalog of one tenant. Refers to the facts it is made from.
class Checks {
 public:
  explicit Checks(const Facts& facts);

  // K1 to K5: what stands against the claim but seats, given what its user has.
  ItemViolations WithoutSeats(const Claim& claim, const Holdings& holdings) const;

 private:
  struct Scene;  // An item with the E, P and user it is checked in.

  Location LocationOf(const UserId& user) const;
  // The owners of those addresses of the user that belong to somebody else.
  std::vector<AddressClash> Clashes(const UserId& user) const;

  std::vector<Violation> Check(const Scene& scene) const;
  void CheckLocation(const Scene& scene, std::vector<Violation>& found) const;      // K1, K2.
  void CheckUniqueness(const Scene& scene, std::vector<Violation>& found) const;    // K3.
  void CheckExclusions(const Scene& scene, std::vector<Violation>& found) const;    // K4.
  void CheckRequirements(const Scene& scene, std::vector<Violation>& found) const;  // K5.

  const Facts& facts_;
  std::map<UserId, const User*> users_;
  std::map<std::string, const User*> owners_;  // K3, by lower-case address.
  std::set<PlanId> unique_address_;
  std::set<std::pair<PlanId, Location>> prohibited_;
  std::map<PlanId, std::set<PlanId>> conflicts_;  // Both directions.
  std::map<PlanId, std::set<PlanIdSet>> requirements_;
};

// K6: items for which no seat is left. Adds COUNT, with place 0, to the violations of a claim that
// has none of K1 to K5.
void CheckSeats(const Claim& claim, const Holdings& holdings, const Seats& seats,
                ItemViolations& violations);

// K7: adds OTHER to every item without a violation of a claim that has some.
void BlameOthers(const Claim& claim, ItemViolations& violations);

}  // namespace seatwise::reference
