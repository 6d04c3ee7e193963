#include "interchange/random_facts_for_test.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/model/limits.h"

namespace seatwise {
namespace {

class Maker {
 public:
  explicit Maker(std::mt19937& random) : random_(random) {}

  Facts Make() {
    facts_.settings = {.assignment_mode = Pick(2) == 0 ? AssignmentMode::kSkuIndependent
                                                       : AssignmentMode::kGroupAtomic,
                       .nested_groups = Pick(2) == 0,
                       .default_usage_location = ALocation(),
                       .retention_days = static_cast<int32_t>(Pick(kMaxRetentionDays + 1))};
    MakeCatalog();
    MakeDirectory();
    MakeAssignments();
    return std::move(facts_);
  }

 private:
  size_t Pick(size_t count) { return random_() % count; }

  template <typename T>
  const T& OneOf(const std::vector<T>& values) {
    return values[Pick(values.size())];
  }

  std::string Pieces(absl::Span<const absl::string_view> pieces, size_t most) {
    std::string text;
    for (size_t i = Pick(most + 1); i > 0; --i) text += std::string(pieces[Pick(pieces.size())]);
    return text;
  }

  std::string AnId() {
    static constexpr absl::string_view kPieces[] = {"a", "B", "\"", ",", " ", "\t", "é", "😀", "'"};
    const std::string id = Pieces(kPieces, 5);
    return id.empty() ? "0" : id;
  }

  template <typename IdType>
  std::vector<IdType> Ids(size_t most) {
    std::set<std::string> values;
    for (size_t i = Pick(most + 1); i > 0; --i) values.insert(AnId());
    std::vector<IdType> ids;
    for (const std::string& value : values) ids.push_back(IdType(value));
    std::shuffle(ids.begin(), ids.end(), random_);
    return ids;
  }

  std::string AText() {
    static constexpr absl::string_view kPieces[] = {
        "x", "\"", ",", ";", "\n", "\r", "\r\n", " ", "\x01", "ß", "豆", "\xef\xbb\xbf"};
    return Pieces(kPieces, 6);
  }

  Time ATime() {
    switch (Pick(4)) {
      case 0:
        return kMinTime;
      case 1:
        return kMaxTime;
      case 2:
        return {static_cast<int64_t>(Pick(2'000'000'000)) * 1'000'000};
      default:
        return {static_cast<int64_t>(random_())};
    }
  }

  Location ALocation() {
    return Pick(2) == 0 ? Location() : *Location::Parse(Pick(2) == 0 ? "US" : "DE");
  }

  PlanIdSet SomePlans() {
    PlanIdSet plans;
    for (const ServicePlan& plan : facts_.plans) {
      if (Pick(3) == 0) plans.insert(plan.id);
    }
    return plans;
  }

  void MakeCatalog() {
    for (PlanId& id : Ids<PlanId>(8)) {
      facts_.plans.push_back({.id = std::move(id),
                              .name = AText(),
                              .display_name = AText(),
                              .applies_to = Pick(4) == 0 ? AppliesTo::kCompany : AppliesTo::kUser,
                              .unique_address = Pick(2) == 0,
                              .retains_data = Pick(2) == 0});
    }
    for (SkuId& id : Ids<SkuId>(5)) {
      facts_.skus.push_back(
          {.id = std::move(id),
           .part_number = AText(),
           .display_name = AText(),
           .plans = SomePlans(),
           .overage_units = Pick(3) == 0 ? kUnlimited : static_cast<int64_t>(Pick(2) * kMaxUnits)});
    }
    MakeRelations();
    if (facts_.skus.empty()) return;
    for (SubscriptionId& id : Ids<SubscriptionId>(6)) {
      Subscription subscription = {.id = std::move(id),
                                   .sku = OneOf(facts_.skus).id,
                                   .units = static_cast<int64_t>(Pick(100)),
                                   .status = static_cast<SubscriptionStatus>(Pick(5)),
                                   .self_service = Pick(2) == 0};
      if (Pick(2) == 0) {
        subscription.unit_price = UnitPrice{static_cast<int64_t>(random_()) - (int64_t{1} << 31)};
      }
      if (Pick(2) == 0) subscription.currency = "EUR";
      if (Pick(2) == 0) subscription.renews_at = ATime();
      facts_.subscriptions.push_back(std::move(subscription));
    }
  }

  void MakeRelations() {
    if (facts_.plans.empty()) return;
    std::set<PlanConflict> conflicts;
    std::set<PlanRequirement> requirements;
    std::set<PlanProhibition> prohibitions;
    for (size_t i = Pick(8); i > 0; --i) {
      const PlanId& a = OneOf(facts_.plans).id;
      const PlanId& b = OneOf(facts_.plans).id;
      if (a != b) conflicts.insert({.a = std::min(a, b), .b = std::max(a, b)});
      PlanIdSet any_of = SomePlans();
      if (!any_of.empty()) requirements.insert({.plan = a, .any_of = std::move(any_of)});
      const Location location = ALocation();
      if (!location.empty()) prohibitions.insert({.plan = a, .location = location});
    }
    facts_.conflicts.assign(conflicts.begin(), conflicts.end());
    facts_.requirements.assign(requirements.begin(), requirements.end());
    facts_.prohibitions.assign(prohibitions.begin(), prohibitions.end());
  }

  void MakeDirectory() {
    for (UserId& id : Ids<UserId>(12)) {
      User user = {.id = std::move(id),
                   .user_principal_name = AText(),
                   .display_name = AText(),
                   .usage_location = ALocation(),
                   .account_enabled = Pick(2) == 0,
                   .user_type = Pick(2) == 0 ? UserType::kGuest : UserType::kMember,
                   .created_at = ATime()};
      for (size_t i = Pick(4); i > 0; --i) user.proxy_addresses.insert(AnId());
      for (size_t i = Pick(4); i > 0; --i) {
        const std::string name = AText();
        const std::string value = AText();
        if (!name.empty() && !value.empty()) user.attributes.emplace(name, value);
      }
      facts_.users.push_back(std::move(user));
    }
    for (GroupId& id : Ids<GroupId>(6)) {
      facts_.groups.push_back(
          {.id = std::move(id), .display_name = AText(), .membership_rule = AText()});
    }
  }

  std::vector<Principal> Principals() {
    std::vector<Principal> principals;
    for (const User& user : facts_.users) principals.push_back(user.id);
    for (const Group& group : facts_.groups) principals.push_back(group.id);
    std::shuffle(principals.begin(), principals.end(), random_);
    return principals;
  }

  void MakeAssignments() {
    for (const Principal& principal : Principals()) {
      for (const Group& group : facts_.groups) {
        if (Pick(3) != 0) continue;
        facts_.memberships.push_back({.group = group.id, .member = principal, .added_at = ATime()});
      }
      for (const Sku& sku : facts_.skus) {
        if (Pick(3) != 0) continue;
        facts_.assignments.push_back({.principal = principal,
                                      .sku = sku.id,
                                      .disabled_plans = SomePlans(),
                                      .priority = static_cast<int32_t>(random_()),
                                      .assigned_at = ATime()});
      }
    }
    std::set<std::pair<UserId, SkuId>> seen;
    for (size_t i = Pick(10); i > 0; --i) {
      const UserId user(AnId());
      const SkuId sku(AnId());
      if (!seen.emplace(user, sku).second) continue;
      facts_.observed.push_back(
          {.user = user, .sku = sku, .disabled_plans = {PlanId(AnId()), PlanId(AnId())}});
    }
  }

  std::mt19937& random_;
  Facts facts_;
};

template <typename T, typename KeyOf>
void SortBy(std::vector<T>& rows, KeyOf key_of) {
  std::sort(rows.begin(), rows.end(),
            [&](const T& a, const T& b) { return key_of(a) < key_of(b); });
}

}  // namespace

Facts RandomFacts(std::mt19937& random) { return Maker(random).Make(); }

Facts Sorted(Facts facts) {
  const auto id = [](const auto& row) { return row.id; };
  SortBy(facts.plans, id);
  SortBy(facts.skus, id);
  SortBy(facts.subscriptions, id);
  SortBy(facts.users, id);
  SortBy(facts.groups, id);
  const auto itself = [](const auto& row) { return row; };
  SortBy(facts.conflicts, itself);
  SortBy(facts.requirements, itself);
  SortBy(facts.prohibitions, itself);
  SortBy(facts.memberships, [](const Membership& m) { return std::pair(m.group, m.member); });
  SortBy(facts.assignments, [](const Assignment& a) { return std::pair(a.principal, a.sku); });
  SortBy(facts.observed, [](const Observed& o) { return std::pair(o.user, o.sku); });
  return facts;
}

}  // namespace seatwise
