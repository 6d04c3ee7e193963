// Random change sets on random small tenants, judged a second time by rules that are written here
// from section 1 of the semantics, over plain lists of facts: what is accepted must be what they
// accept, and lead to the same facts.
#include <algorithm>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/model/change.h"
#include "engine/model/columns_from_facts.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/lint.h"
#include "engine/model/memory_facts.h"
#include "engine/model/tiny_tenant.h"
#include "engine/model/validate.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

using FactList = std::vector<Fact>;

// The slow judge.

bool Has(const FactList& facts, const FactKey& key) {
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& f) { return KeyOf(f) == key; });
}

// The keys of everything that a fact names.
std::vector<FactKey> NamesOf(const Fact& fact) {
  std::vector<FactKey> names;
  const auto add_all = [&](const PlanIdSet& plans) {
    for (const PlanId& plan : plans) names.push_back(plan);
  };
  if (const auto* f = std::get_if<Sku>(&fact)) add_all(f->plans);
  if (const auto* f = std::get_if<PlanConflict>(&fact)) names = {f->a, f->b};
  if (const auto* f = std::get_if<PlanRequirement>(&fact)) {
    names = {f->plan};
    add_all(f->any_of);
  }
  if (const auto* f = std::get_if<PlanProhibition>(&fact)) names = {f->plan};
  if (const auto* f = std::get_if<Subscription>(&fact)) names = {f->sku};
  if (const auto* f = std::get_if<Membership>(&fact)) names = {f->group, KeyOf(f->member)};
  if (const auto* f = std::get_if<Assignment>(&fact)) {
    names = {KeyOf(f->principal), f->sku};
    add_all(f->disabled_plans);
  }
  return names;
}

bool EveryReferenceExists(const FactList& facts) {
  std::set<FactKey> keys;
  for (const Fact& fact : facts) keys.insert(KeyOf(fact));
  for (const Fact& fact : facts) {
    for (const FactKey& name : NamesOf(fact)) {
      if (keys.count(name) == 0) return false;
    }
  }
  return true;
}

bool IsGone(const ChangeSet& changes, const FactKey& key, bool only_cascades) {
  for (const Change& change : changes.changes) {
    const Delete* deletion = std::get_if<Delete>(&change);
    if (deletion != nullptr && Normalised(deletion->key) == key) {
      return deletion->cascade || !only_cascades;
    }
  }
  return false;
}

// Whether a stored fact has to go because of what it names.
bool GoesAlong(const ChangeSet& changes, const Fact& fact) {
  if (const auto* f = std::get_if<Membership>(&fact)) {
    return IsGone(changes, f->group, false) || IsGone(changes, KeyOf(f->member), false);
  }
  if (const auto* f = std::get_if<Assignment>(&fact)) {
    return IsGone(changes, KeyOf(f->principal), /*only_cascades=*/!IsDirect(f->principal)) ||
           IsGone(changes, f->sku, true);
  }
  if (const auto* f = std::get_if<Subscription>(&fact)) return IsGone(changes, f->sku, true);
  if (const auto* f = std::get_if<PlanRequirement>(&fact)) return IsGone(changes, f->plan, true);
  if (std::holds_alternative<PlanConflict>(fact) || std::holds_alternative<PlanProhibition>(fact)) {
    for (const FactKey& name : NamesOf(fact)) {
      if (IsGone(changes, name, true)) return true;
    }
  }
  return false;
}

// Takes plans that are deleted with a cascade out of a stored fact.
void Shrink(const ChangeSet& changes, Fact& fact) {
  const auto shrink = [&](PlanIdSet& plans) {
    PlanIdSet left;
    for (const PlanId& plan : plans) {
      if (!IsGone(changes, plan, true)) left.insert(plan);
    }
    plans = left;
  };
  if (auto* f = std::get_if<Sku>(&fact)) shrink(f->plans);
  if (auto* f = std::get_if<PlanRequirement>(&fact)) shrink(f->any_of);
  if (auto* f = std::get_if<Assignment>(&fact)) shrink(f->disabled_plans);
}

// What is stored and neither named by the set nor gone with something that it deletes.
FactList Kept(const FactList& before, const ChangeSet& changes) {
  FactList kept;
  for (Fact fact : before) {
    const auto names_it = [&](const Change& change) { return KeyOf(change) == KeyOf(fact); };
    if (std::any_of(changes.changes.begin(), changes.changes.end(), names_it)) continue;
    if (GoesAlong(changes, fact)) continue;
    Shrink(changes, fact);
    const auto* requirement = std::get_if<PlanRequirement>(&fact);
    if (requirement != nullptr && requirement->any_of.empty()) continue;
    // What is left of a requirement may be there already, or be what the set names.
    if (std::any_of(changes.changes.begin(), changes.changes.end(), names_it)) continue;
    if (!Has(kept, KeyOf(fact))) kept.push_back(fact);
  }
  return kept;
}

bool MayDelete(const FactList& before, const Delete& deletion) {
  const FactKey key = Normalised(deletion.key);
  if (!Has(before, key) || KindOf(key) == FactKind::kTenantSettings) return false;
  for (const Fact& fact : before) {
    const auto* sku = std::get_if<Sku>(&fact);
    if (sku != nullptr && FactKey(sku->id) == key && !sku->plans.empty()) return deletion.cascade;
  }
  return true;
}

// The facts after the changes; nothing if they must be rejected.
std::optional<FactList> SlowJudge(const FactList& before, const ChangeSet& changes) {
  FactList after = Kept(before, changes);
  std::vector<FactKey> keys;
  for (const Change& change : changes.changes) {
    if (std::count(keys.begin(), keys.end(), KeyOf(change)) > 0) return std::nullopt;
    keys.push_back(KeyOf(change));
    if (const Put* put = std::get_if<Put>(&change)) {
      if (const auto* c = std::get_if<PlanConflict>(&put->fact); c && c->a == c->b) return {};
      if (const auto* r = std::get_if<PlanRequirement>(&put->fact); r && r->any_of.empty())
        return {};
      after.push_back(Normalised(put->fact));
    } else if (!MayDelete(before, std::get<Delete>(change))) {
      return std::nullopt;
    }
  }
  if (!EveryReferenceExists(after)) return std::nullopt;
  return after;
}

// The dice.

FactList ToList(const Facts& facts) {
  FactList list = {facts.settings};
  const auto add = [&](const auto& rows) { list.insert(list.end(), rows.begin(), rows.end()); };
  add(facts.plans);
  add(facts.skus);
  add(facts.conflicts);
  add(facts.requirements);
  add(facts.prohibitions);
  add(facts.subscriptions);
  add(facts.users);
  add(facts.groups);
  add(facts.memberships);
  add(facts.assignments);
  add(facts.observed);
  return list;
}

class RandomFacts {
 public:
  explicit RandomFacts(uint32_t seed) : random_(seed) {
    for (int& kind : favourites_) kind = Below(12);
  }

  int Below(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }

  // Mostly of few kinds, different ones for each seed, so that these come together more often.
  Fact AnyFact() { return FactOf(Below(3) == 0 ? Below(12) : favourites_[Below(3)]); }

  Fact FactOf(int kind) {
    switch (kind) {
      case 0:
        return TenantSettings{.nested_groups = Below(2) == 0};
      case 1:
        return tiny::Plan(Id(), Below(3) == 0 ? AppliesTo::kCompany : AppliesTo::kUser);
      case 2:
        return Sku{.id = SkuId(Id()), .plans = Plans()};
      case 3:
        return tiny::Conflict(Id(), Id());
      case 4:
        return PlanRequirement{PlanId(Id()), Plans()};
      case 5:
        return tiny::Prohibition(Id(), "DE");
      case 6:
        return tiny::Units(Id(), Id(), Below(2));
      case 7:
        return tiny::Person(Id());
      case 8:
        return tiny::Team(Id());
      case 9:
        return tiny::Member(Id(), APrincipal());
      case 10:
        return Assignment{.principal = APrincipal(), .sku = SkuId(Id()), .disabled_plans = Plans()};
      default:
        return tiny::Seen(Id(), Id());
    }
  }

  // Deletions mostly of something that is stored.
  Change AnyChange(const FactList& stored) {
    if (Below(2) == 0) return Put{AnyFact()};
    const Fact fact = Below(8) == 0 ? AnyFact() : stored[Below(static_cast<int>(stored.size()))];
    return Delete{KeyOf(fact), Below(2) == 0};
  }

  ChangeSet AnyChangeSet(const FactList& stored) {
    ChangeSet changes;
    for (int i = Below(5); i >= 0; --i) changes.changes.push_back(AnyChange(stored));
    return changes;
  }

  // Facts whose references exist.
  Facts ATenant() {
    MemoryFacts facts;
    for (int i = 0; i < 60; ++i) {
      const Fact fact = i < 20 ? FactOf(Below(12)) : AnyFact();
      const auto result = Validate({{Put{fact}}}, facts);
      if (result.ok() && result->changes) facts.Apply(*result->changes);
    }
    return facts.ToFacts();
  }

 private:
  std::string Id() { return std::string(1, static_cast<char>('a' + Below(3))); }

  PlanIdSet Plans() {
    PlanIdSet plans;
    for (int i = Below(3); i > 0; --i) plans.insert(PlanId(Id()));
    return plans;
  }

  Principal APrincipal() {
    if (Below(2) == 0) return UserId(Id());
    return GroupId(Id());
  }

  std::mt19937 random_;
  int favourites_[3];
};

void SortByKey(FactList& facts) {
  std::sort(facts.begin(), facts.end(),
            [](const Fact& a, const Fact& b) { return KeyOf(a) < KeyOf(b); });
}

// The facts after each step of a validated set hold together.
void ExpectSoundSteps(FactList facts, const ValidatedChangeSet& changes) {
  const auto remove = [&](const FactKey& key) {
    facts.erase(std::remove_if(facts.begin(), facts.end(),
                               [&](const Fact& fact) { return KeyOf(fact) == key; }),
                facts.end());
  };
  for (const Fact& fact : changes.puts()) {
    remove(KeyOf(fact));
    facts.push_back(fact);
    EXPECT_TRUE(EveryReferenceExists(facts)) << KeyOf(fact);
  }
  for (const FactKey& key : changes.deletes()) {
    EXPECT_TRUE(Has(facts, key)) << key;
    remove(key);
    EXPECT_TRUE(EveryReferenceExists(facts)) << key;
  }
}

std::string Show(const Facts& facts, const ChangeSet& changes) {
  std::string text;
  for (const Fact& fact : ToList(facts)) absl::StrAppend(&text, "  ", Describe(KeyOf(fact)), "\n");
  for (const Change& change : changes.changes) {
    const Delete* deletion = std::get_if<Delete>(&change);
    absl::StrAppend(&text,
                    deletion == nullptr ? "put "
                    : deletion->cascade ? "cascade "
                                        : "delete ",
                    Describe(KeyOf(change)), "\n");
  }
  return text;
}

// What is said about the changes is said about the tenant as well.
void ExpectWarningsOfTheWhole(const std::vector<Warning>& warnings, const Facts& after) {
  const std::vector<Warning> all = Lint(ColumnsFromFacts(after));
  for (Warning warning : warnings) {
    if (warning.reason == WarningReason::kRequirementDropped) continue;
    if (warning.reason == WarningReason::kDisabledPlanNotInSku) continue;
    warning.change.reset();
    EXPECT_EQ(std::count(all.begin(), all.end(), warning), 1) << warning.message;
  }
}

bool IsAbout(const std::vector<Warning>& warnings, const Warning& warning) {
  return std::any_of(warnings.begin(), warnings.end(), [&](const Warning& other) {
    return other.reason == warning.reason && other.fact == warning.fact;
  });
}

// What is new about the tenant is said about the changes, if it is near them.
void ExpectNewWarnings(const std::vector<Warning>& warnings, const Facts& before,
                       const Facts& after) {
  const std::vector<Warning> known = Lint(ColumnsFromFacts(before));
  const bool nested = before.settings.nested_groups || after.settings.nested_groups;
  for (const Warning& warning : Lint(ColumnsFromFacts(after))) {
    const bool far_away = warning.reason == WarningReason::kRequirementCircle ||
                          warning.reason == WarningReason::kGroupCycle ||
                          warning.reason == WarningReason::kNestingIgnored ||
                          (warning.reason == WarningReason::kGroupWithoutMembers && nested);
    if (far_away || IsAbout(known, warning)) continue;
    EXPECT_TRUE(IsAbout(warnings, warning)) << warning.message;
  }
}

constexpr uint32_t kTenants = 200;
constexpr int kChangeSets = 20;  // Of each tenant.

TEST(ValidateRandomTest, AgreesWithTheSlowJudge) {
  int accepted = 0;
  for (uint32_t seed = 1; seed <= kTenants; ++seed) {
    RandomFacts random(seed);
    const Facts tenant = random.ATenant();
    const MemoryFacts stored(tenant);
    for (int i = 0; i < kChangeSets && !::testing::Test::HasFailure(); ++i) {
      const ChangeSet changes = random.AnyChangeSet(ToList(tenant));
      SCOPED_TRACE(absl::StrCat("seed ", seed, "\n", Show(tenant, changes)));
      const auto result = Validate(changes, stored);
      ASSERT_TRUE(result.ok());
      std::optional<FactList> expected = SlowJudge(ToList(tenant), changes);
      ASSERT_EQ(result->changes.has_value(), expected.has_value());
      if (!expected) continue;
      ++accepted;
      ExpectSoundSteps(ToList(tenant), *result->changes);
      MemoryFacts after(tenant);
      after.Apply(*result->changes);
      SortByKey(*expected);
      ASSERT_EQ(ToList(after.ToFacts()), *expected);
      ASSERT_EQ(MemoryFacts(after.ToFacts()).ToFacts(), after.ToFacts());
      ExpectWarningsOfTheWhole(result->warnings, after.ToFacts());
      ExpectNewWarnings(result->warnings, tenant, after.ToFacts());
    }
  }
  EXPECT_GT(accepted, kTenants * kChangeSets / 5);
}

}  // namespace
}  // namespace seatwise
