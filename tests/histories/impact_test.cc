// What an impact says of a change is the difference between two full recomputations by the
// reference, of every step of random histories.
#include "engine/plan/impact.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "base/executor.h"
#include "base/sanitizers.h"
#include "engine/incremental/live_state.h"
#include "engine/incremental/prepare_options.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/license_delta.h"
#include "engine/model/memory_facts.h"
#include "engine/plan/user_effect.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/histories/history.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/histories/random_history.h"

namespace seatwise::histories {
namespace {

// An impact as lines of text, which both sides fill: equal impacts are equal tables.
using Lines = std::map<std::string, int64_t>;

// Facts, and what follows from them.
struct Moment {
  Facts facts;
  Derived derived;

  explicit Moment(Facts all) : facts(std::move(all)), derived(DeriveReference(facts)) {}
};

std::string SourceName(const Principal& source) {
  return std::holds_alternative<UserId>(source) ? "direct"
                                                : "by " + std::get<GroupId>(source).value();
}

std::string MaskName(ViolationMask mask) { return absl::StrCat("mask ", mask); }

ViolationMask MaskOf(const ClaimItem& item) {
  ViolationMask mask = 0;
  for (const Violation& violation : item.violations) {
    mask |= static_cast<ViolationMask>(1u << static_cast<unsigned>(CodeOf(violation)));
  }
  return mask;
}

// The slow and sure way.
class Recomputed {
 public:
  Recomputed(const Moment& before, const Moment& after) : before_(before), after_(after) {}

  Lines Run() {
    Licenses();
    Items();
    Plans();
    Seats();
    return std::move(lines_);
  }

 private:
  using Key = std::pair<UserId, SkuId>;

  static std::map<Key, License> ByKey(const Derived& derived) {
    std::map<Key, License> licenses;
    for (const License& license : derived.licenses) {
      licenses[{license.user, license.sku}] = license;
    }
    return licenses;
  }

  void Licenses() {
    const std::map<Key, License> before = ByKey(before_.derived);
    const std::map<Key, License> after = ByKey(after_.derived);
    std::map<Key, int> keys;
    for (const auto& [key, license] : before) keys[key];
    for (const auto& [key, license] : after) keys[key];
    std::set<UserId> users;
    std::set<UserId> gaining;
    std::set<UserId> losing;
    for (const auto& [key, unused] : keys) {
      const auto was = before.find(key);
      const auto is = after.find(key);
      const bool held_before = was != before.end() && was->second.held();
      const bool held_after = is != after.end() && is->second.held();
      if (held_before) ++lines_["held before"];
      if (was != before.end() && is != after.end() && was->second == is->second) continue;
      const char* what = held_before == held_after ? "changed" : held_after ? "gained" : "lost";
      ++lines_[absl::StrCat("licenses ", what)];
      ++lines_[absl::StrCat("sku ", key.second.value(), " ", what)];
      users.insert(key.first);
      if (held_after && !held_before) gaining.insert(key.first);
      if (held_before && !held_after) losing.insert(key.first);
    }
    lines_["users"] += static_cast<int64_t>(users.size());
    lines_["users gaining"] += static_cast<int64_t>(gaining.size());
    lines_["users losing"] += static_cast<int64_t>(losing.size());
  }

  void Items() {
    using ItemKey = std::tuple<UserId, std::string, SkuId>;
    std::map<ItemKey, std::pair<ViolationMask, ViolationMask>> items;
    for (const ClaimItem& item : before_.derived.items) {
      items[{item.user, SourceName(item.source), item.sku}].first = MaskOf(item);
    }
    for (const ClaimItem& item : after_.derived.items) {
      items[{item.user, SourceName(item.source), item.sku}].second = MaskOf(item);
    }
    for (const auto& [key, masks] : items) {
      if (masks.first == masks.second) continue;
      const auto& [user, source, sku] = key;
      const std::string what = absl::StrCat(source, " ", sku.value(), " ", MaskName(masks.first),
                                            " to ", MaskName(masks.second));
      ++lines_[absl::StrCat("item of ", user.value(), " ", what)];
      ++lines_[absl::StrCat("item group ", what)];
      for (int code = 0; code < kViolationCodes; ++code) {
        const bool was = Contains(masks.first, static_cast<ViolationCode>(code));
        const bool is = Contains(masks.second, static_cast<ViolationCode>(code));
        if (was != is) ++lines_[absl::StrCat("code ", code, is ? " appears" : " clears")];
      }
    }
  }

  // O4.
  static std::map<UserId, PlanIdSet> Effective(const Moment& moment) {
    std::map<UserId, PlanIdSet> plans;
    for (const License& license : moment.derived.licenses) {
      if (license.state == LicenseState::kDisabled) continue;
      plans[license.user].insert(license.enabled_plans.begin(), license.enabled_plans.end());
    }
    return plans;
  }

  void Plans() {
    std::set<PlanId> retaining;
    for (const ServicePlan& plan : before_.facts.plans) {
      if (plan.retains_data) retaining.insert(plan.id);
    }
    std::map<UserId, PlanIdSet> before = Effective(before_);
    std::map<UserId, PlanIdSet> after = Effective(after_);
    for (const auto& [user, plans] : before) after[user];
    std::set<UserId> at_risk;
    for (const auto& [user, plans] : after) {
      for (const PlanId& plan : plans) {
        if (!before[user].contains(plan)) ++lines_[absl::StrCat("plan ", plan.value(), " gained")];
      }
      for (const PlanId& plan : before[user]) {
        if (plans.contains(plan)) continue;
        ++lines_[absl::StrCat("plan ", plan.value(), " lost")];
        if (!retaining.contains(plan)) continue;
        ++lines_[absl::StrCat("risk of ", user.value(), " ", plan.value())];
        ++lines_["plans at risk"];
        at_risk.insert(user);
      }
    }
    lines_["users at risk"] += static_cast<int64_t>(at_risk.size());
  }

  void Seats() {
    std::map<SkuId, std::pair<std::string, std::string>> skus;
    for (const SeatUsage& usage : before_.derived.seats) {
      skus[usage.sku].first = SeatLine(usage);
      skus[usage.sku];
    }
    for (const SeatUsage& usage : after_.derived.seats) skus[usage.sku].second = SeatLine(usage);
    for (const auto& [sku, seats] : skus) {
      if (seats.first == seats.second) continue;
      ++lines_[absl::StrCat("seats of ", sku.value(), seats.first, " to", seats.second)];
    }
  }

 public:
  static std::string SeatLine(const SeatUsage& seats) {
    return absl::StrCat(" ", seats.usable, "/", seats.parked, "/", seats.capacity, "/",
                        seats.consumed, "/", seats.waiting);
  }

 private:
  const Moment& before_;
  const Moment& after_;
  Lines lines_;
};

// What the impact says.
class Told {
 public:
  explicit Told(const Impact& impact) : impact_(impact) {}

  Lines Run() {
    Totals();
    Rows();
    // A count of zero is no line at the other side, except of users.
    std::erase_if(lines_, [](const auto& line) {
      return line.second == 0 && !line.first.starts_with("users");
    });
    return std::move(lines_);
  }

 private:
  void Totals() {
    const ImpactTotals& totals = impact_.totals();
    lines_["held before"] = totals.licenses_held;
    lines_["licenses gained"] = totals.licenses_gained;
    lines_["licenses lost"] = totals.licenses_lost;
    lines_["licenses changed"] = totals.licenses_changed;
    lines_["users"] = totals.users;
    lines_["users gaining"] = totals.users_gaining;
    lines_["users losing"] = totals.users_losing;
    lines_["users at risk"] = totals.users_at_risk;
    lines_["plans at risk"] = totals.plans_at_risk;
    for (const SkuImpact& sku : totals.skus) {
      const std::string name = absl::StrCat("sku ", sku.sku.value());
      lines_[name + " gained"] = sku.gained;
      lines_[name + " lost"] = sku.lost;
      lines_[name + " changed"] = sku.changed;
      if (sku.seats_before == sku.seats_after) continue;
      const auto line = [](const std::optional<SeatUsage>& seats) {
        return seats.has_value() ? Recomputed::SeatLine(*seats) : "";
      };
      ++lines_[absl::StrCat("seats of ", sku.sku.value(), line(sku.seats_before), " to",
                            line(sku.seats_after))];
    }
    for (const PlanImpact& plan : totals.plans) {
      lines_[absl::StrCat("plan ", plan.plan.value(), " gained")] = plan.gained;
      lines_[absl::StrCat("plan ", plan.plan.value(), " lost")] = plan.lost;
    }
    for (int code = 0; code < kViolationCodes; ++code) {
      lines_[absl::StrCat("code ", code, " appears")] = totals.violations[code].appeared;
      lines_[absl::StrCat("code ", code, " clears")] = totals.violations[code].cleared;
    }
  }

  std::string ItemLine(const ItemEffect& item) const {
    return absl::StrCat(item.direct ? "direct" : absl::StrCat("by ", impact_.GroupIdOf(item.group)),
                        " ", impact_.SkuIdOf(item.sku).value(), " ", MaskName(item.before), " to ",
                        MaskName(item.after));
  }

  void Rows() {
    impact_.ForEachItems([&](uint32_t user, absl::Span<const ItemEffect> items) {
      for (const ItemEffect& item : items) {
        ++lines_[absl::StrCat("item of ", impact_.UserIdOf(user), " ", ItemLine(item))];
      }
      return true;
    });
    for (const ItemGroup& group : impact_.ItemGroups(3)) {
      lines_[absl::StrCat("item group ", ItemLine(group.item))] = group.users;
    }
    impact_.ForEachAtRisk([&](uint32_t user, absl::Span<const PlanNo> plans) {
      for (const PlanNo plan : plans) {
        ++lines_[absl::StrCat("risk of ", impact_.UserIdOf(user), " ",
                              impact_.PlanIdOf(plan).value())];
      }
      return true;
    });
  }

  const Impact& impact_;
  Lines lines_;
};

std::string Difference(const Lines& want, const Lines& got) {
  std::string text;
  for (const auto& [line, count] : want) {
    const auto it = got.find(line);
    if (it == got.end() || it->second != count) {
      absl::StrAppend(&text, "  ", line, ": ", it == got.end() ? 0 : it->second, ", not ", count,
                      "\n");
    }
  }
  for (const auto& [line, count] : got) {
    if (!want.contains(line)) absl::StrAppend(&text, "  ", line, ": ", count, ", not 0\n");
  }
  return text;
}

// How the engine may go about it: one user by one, or everything in batch.
PrepareLimits LimitsOf(uint64_t seed) {
  if (seed % 4 == 0) return {.share = 0, .at_least = 0};
  if (seed % 4 == 1) return {.share = 0.3, .at_least = 2};
  return {};
}

class ImpactOfHistories : public testing::TestWithParam<int> {};

TEST_P(ImpactOfHistories, IsTheDifferenceOfTwoRecomputations) {
  constexpr int kParts = 4;
  InlineExecutor executor;
  int64_t effects = 0;
  for (uint64_t seed = GetParam(); seed < (kSanitized ? 24 : 120); seed += kParts) {
    const History history = MakeHistory(seed).history;
    MemoryFacts facts(history.start);
    auto before = std::make_unique<Moment>(facts.ToFacts());
    std::shared_ptr<const LiveState> state =
        LiveStateFrom(LoadFacts(history.start, AnyNumbers(history.start, seed)), executor);
    for (size_t step = 0; step < history.steps.size(); ++step) {
      const ValidatedChangeSet changes = Admit(history.steps[step], facts).changes;
      Prepared next = Prepare(state, changes, executor, LimitsOf(seed));
      facts.Apply(changes);
      auto after = std::make_unique<Moment>(facts.ToFacts());
      const Impact impact(state, next.state,
                          std::make_shared<const LicenseDelta>(std::move(next.delta)));
      const Lines want = Recomputed(*before, *after).Run();
      ASSERT_EQ(Difference(want, Told(impact).Run()), "") << "seed " << seed << ", step " << step;
      effects += static_cast<int64_t>(want.size());
      state = std::move(next.state);
      before = std::move(after);
    }
  }
  EXPECT_GT(effects, kSanitized ? 500 : 5'000) << "the histories do too little";
}

INSTANTIATE_TEST_SUITE_P(Parts, ImpactOfHistories, testing::Range(0, 4));

}  // namespace
}  // namespace seatwise::histories
