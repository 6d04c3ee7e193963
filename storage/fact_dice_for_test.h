// Random facts and change sets with few ids, so that they meet, and with every field filled. Test
// only.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/model/change.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/memory_facts.h"

namespace seatwise {

// The same seed gives the same facts.
class FactDice {
 public:
  // Ids are taken from so many.
  explicit FactDice(uint32_t seed, int ids = 6) : random_(seed), ids_(ids) {}

  int Below(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }

  // Of any kind; what it names may not exist.
  Fact AnyFact() { return FactOf(Below(3) == 0 ? Below(static_cast<int>(kFactKinds)) : Often()); }

  // Puts and deletions, the latter mostly of something stored.
  ChangeSet AnyChangeSet(const Facts& stored, int most = 6) {
    const std::vector<FactKey> keys = KeysOf(stored);
    ChangeSet changes;
    for (int i = Below(most); i >= 0; --i) {
      if (Below(5) < 3) {
        changes.changes.push_back(Put{AnyFact()});
      } else {
        const size_t place = static_cast<size_t>(Below(static_cast<int>(keys.size())));
        changes.changes.push_back(Delete{keys[place], Below(2) == 0});
      }
    }
    return changes;
  }

  // The keys of all facts.
  static std::vector<FactKey> KeysOf(const Facts& facts) {
    std::vector<FactKey> keys = {TenantSettingsKey()};
    const auto add = [&](const auto& rows) {
      for (const auto& row : rows) keys.push_back(KeyOf(Fact(row)));
    };
    add(facts.plans), add(facts.skus), add(facts.conflicts), add(facts.requirements);
    add(facts.prohibitions), add(facts.subscriptions), add(facts.users), add(facts.groups);
    add(facts.memberships), add(facts.assignments), add(facts.observed);
    return keys;
  }

 private:
  int Often() {
    static constexpr FactKind kOften[] = {FactKind::kUser, FactKind::kGroup, FactKind::kMembership,
                                          FactKind::kMembership, FactKind::kAssignment};
    return static_cast<int>(kOften[Below(5)]);
  }

  Fact FactOf(int kind) {
    switch (static_cast<FactKind>(kind)) {
      case FactKind::kTenantSettings:
        return TenantSettings{
            Below(2) == 0 ? AssignmentMode::kGroupAtomic : AssignmentMode::kSkuIndependent, Flag(),
            AnyLocation(), Below(90)};
      case FactKind::kServicePlan:
        return ServicePlan{PlanId(AnId()), Text(),
                           Text(),         Flag() ? AppliesTo::kUser : AppliesTo::kCompany,
                           Flag(),         Flag()};
      case FactKind::kSku:
        return Sku{SkuId(AnId()), Text(), Text(), Plans(), Flag() ? kUnlimited : Below(9)};
      case FactKind::kPlanConflict:
        return Normalised(Fact(PlanConflict{PlanId(AnId()), PlanId(AnId())}));
      case FactKind::kPlanRequirement:
        return PlanRequirement{PlanId(AnId()), Plans()};
      case FactKind::kPlanProhibition:
        return PlanProhibition{PlanId(AnId()), *Location::Parse(Flag() ? "DE" : "US")};
      case FactKind::kSubscription:
        return ASubscription();
      case FactKind::kUser:
        return AUser();
      case FactKind::kGroup:
        return Group{GroupId(AnId()), Text(), Text()};
      case FactKind::kMembership:
        return Membership{GroupId(AnId()), APrincipal(), ATime()};
      case FactKind::kAssignment:
        return Assignment{APrincipal(), SkuId(AnId()), Plans(), Below(5) - 2, ATime()};
      case FactKind::kObserved:
        break;
    }
    return Observed{UserId(AnId()), SkuId(AnId()), Plans()};
  }

  Fact ASubscription() {
    Subscription subscription{.id = SubscriptionId(AnId()),
                              .sku = SkuId(AnId()),
                              .units = Below(1000),
                              .status = static_cast<SubscriptionStatus>(Below(5)),
                              .self_service = Flag()};
    if (Flag()) subscription.unit_price = UnitPrice{Below(3)};
    if (Flag()) subscription.currency = "EUR";
    if (Flag()) subscription.renews_at = ATime();
    return subscription;
  }

  Fact AUser() {
    User user{.id = UserId(AnId()),
              .user_principal_name = Text(),
              .display_name = Text(),
              .usage_location = AnyLocation(),
              .account_enabled = Flag(),
              .user_type = Flag() ? UserType::kGuest : UserType::kMember,
              .created_at = ATime()};
    for (int i = Below(3); i > 0; --i) user.proxy_addresses.insert("smtp:" + AnId() + "@x");
    for (int i = Below(3); i > 0; --i) user.attributes[AnId()] = Text();
    return user;
  }

  bool Flag() { return Below(2) == 0; }
  Time ATime() { return Time{int64_t{Below(3)} * 1'000'000'000'007 - 5}; }
  Location AnyLocation() { return Flag() ? Location() : *Location::Parse("PT"); }
  std::string Text() { return Below(3) == 0 ? "" : "t\xc3\xa4xt" + std::to_string(Below(3)); }
  // Some ids begin others, and some are as long as an id may be.
  std::string AnId() {
    const int n = Below(ids_);
    if (n == 1) return std::string(128, 'z');
    return n % 2 == 0 ? "id" + std::to_string(n) : "id" + std::to_string(n - 1) + "\x01";
  }
  PlanIdSet Plans() {
    PlanIdSet plans;
    for (int i = Below(3); i > 0; --i) plans.insert(PlanId(AnId()));
    return plans;
  }
  Principal APrincipal() {
    if (Below(3) > 0) return UserId(AnId());
    return GroupId(AnId());
  }

  std::mt19937 random_;
  int ids_;
};

}  // namespace seatwise
