#include "tests/histories/history_text.h"

#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/check.h"
#include "engine/model/fact_key.h"
#include "engine/model/ids.h"
#include "tests/worlds/describe.h"
#include "tests/worlds/id_text.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise::histories {
namespace {

using worlds::QuoteId;
using worlds::SplitOutsideQuotes;
using worlds::UnquoteId;

// A tenant of nothing but the fact.
struct Alone {
  Facts facts;

  void operator()(const TenantSettings& f) { facts.settings = f; }
  void operator()(const ServicePlan& f) { facts.plans = {f}; }
  void operator()(const Sku& f) { facts.skus = {f}; }
  void operator()(const PlanConflict& f) { facts.conflicts = {f}; }
  void operator()(const PlanRequirement& f) { facts.requirements = {f}; }
  void operator()(const PlanProhibition& f) { facts.prohibitions = {f}; }
  void operator()(const Subscription& f) {
    facts.skus.emplace_back().id = f.sku;
    facts.subscriptions = {f};
  }
  void operator()(const User& f) { facts.users = {f}; }
  void operator()(const Group& f) { facts.groups = {f}; }
  void operator()(const Membership& f) { facts.memberships = {f}; }
  void operator()(const Assignment& f) { facts.assignments = {f}; }
  void operator()(const Observed& f) { facts.observed = {f}; }
};

// "" for an observed license.
std::string DescribeFact(const Fact& fact) {
  Alone alone;
  std::visit(alone, fact);
  std::string line = worlds::Describe(alone.facts);
  if (const auto* subscription = std::get_if<Subscription>(&fact)) {
    const std::string id = QuoteId(subscription->id.value());
    return absl::StrCat("subscription ", id, " of ", absl::StripPrefix(line, "sku "));
  }
  // Default settings are nothing worth a line in a tenant.
  return line.empty() && KindOf(fact) == FactKind::kTenantSettings ? "tenant\n" : line;
}

std::string DescribeKey(const FactKey& key) {
  struct Naming {
    Fact operator()(const TenantSettingsKey&) const { return TenantSettings{}; }
    Fact operator()(const PlanId& id) const { return ServicePlan{.id = id}; }
    Fact operator()(const SkuId& id) const { return Sku{.id = id}; }
    Fact operator()(const PlanConflict& conflict) const { return conflict; }
    Fact operator()(const PlanRequirement& requirement) const { return requirement; }
    Fact operator()(const PlanProhibition& prohibition) const { return prohibition; }
    Fact operator()(const SubscriptionId& id) const { return Subscription{.id = id}; }
    Fact operator()(const UserId& id) const { return User{.id = id}; }
    Fact operator()(const GroupId& id) const { return Group{.id = id}; }
    Fact operator()(const MembershipKey& k) const { return Membership{k.group, k.member, {}}; }
    Fact operator()(const AssignmentKey& k) const { return Assignment{k.principal, k.sku}; }
    Fact operator()(const ObservedKey& k) const { return Observed{k.user, k.sku, {}}; }
  };
  if (const auto* subscription = std::get_if<SubscriptionId>(&key)) {
    return absl::StrCat("subscription ", QuoteId(subscription->value()), "\n");
  }
  return DescribeFact(std::visit(Naming(), key));
}

std::string DescribeChange(const Change& change) {
  const auto* put = std::get_if<Put>(&change);
  if (put != nullptr) {
    const std::string line = DescribeFact(put->fact);
    return line.empty() ? "" : absl::StrCat("put ", line);
  }
  const Delete& deletion = std::get<Delete>(change);
  const std::string line = DescribeKey(deletion.key);
  return line.empty() ? "" : absl::StrCat(deletion.cascade ? "cascade " : "delete ", line);
}

template <typename Row>
void DescribeAll(const std::vector<Row>& rows, std::string& text) {
  for (const Row& row : rows) text += DescribeFact(row);
}

std::string DescribeStart(const Facts& facts) {
  std::string text = DescribeFact(facts.settings);
  DescribeAll(facts.plans, text);
  DescribeAll(facts.skus, text);
  DescribeAll(facts.conflicts, text);
  DescribeAll(facts.requirements, text);
  DescribeAll(facts.prohibitions, text);
  DescribeAll(facts.subscriptions, text);
  DescribeAll(facts.users, text);
  DescribeAll(facts.groups, text);
  DescribeAll(facts.memberships, text);
  DescribeAll(facts.assignments, text);
  return text;
}

std::string UnpaddedLine(absl::string_view line) {
  return std::string(absl::StripLeadingAsciiWhitespace(line));
}

Subscription ParseSubscription(const std::vector<std::string>& words) {
  Subscription subscription;
  if (words.size() > 2) {
    SEATWISE_CHECK(words.size() == 5 && words[2] == "of") << absl::StrJoin(words, " ");
    const Facts facts = worlds::ParseTenant(absl::StrCat("sku ", words[3], " ", words[4]));
    subscription = facts.subscriptions.at(0);
  }
  subscription.id = SubscriptionId(UnquoteId(words.at(1)));
  return subscription;
}

Fact ParseFact(absl::string_view line) {
  const std::vector<std::string> words = SplitOutsideQuotes(line, ' ');
  SEATWISE_CHECK(!words.empty());
  const std::string& kind = words[0];
  if (kind == "subscription") return ParseSubscription(words);
  const Facts facts = worlds::ParseTenant(line);
  if (kind == "tenant") return facts.settings;
  if (kind == "plan") return facts.plans.at(0);
  if (kind == "sku") return facts.skus.at(0);
  if (kind == "conflict") return facts.conflicts.at(0);
  if (kind == "require") return facts.requirements.at(0);
  if (kind == "prohibit") return facts.prohibitions.at(0);
  if (kind == "user") return facts.users.at(0);
  if (!facts.assignments.empty()) return facts.assignments[0];
  if (!facts.memberships.empty()) return facts.memberships[0];
  SEATWISE_CHECK(kind == "group") << "no fact: " << line;
  return facts.groups.at(0);
}

// Takes the prefix off, if the line has it.
bool ConsumePrefix(std::string& line, absl::string_view prefix) {
  if (!absl::StartsWith(line, prefix)) return false;
  line.erase(0, prefix.size());
  return true;
}

Change ParseChange(std::string line) {
  if (ConsumePrefix(line, "put ")) return Put{ParseFact(line)};
  const bool cascade = ConsumePrefix(line, "cascade ");
  SEATWISE_CHECK(cascade || ConsumePrefix(line, "delete ")) << "no change: " << line;
  return Delete{KeyOf(ParseFact(line)), cascade};
}

}  // namespace

std::string DescribeChanges(const ChangeSet& changes) {
  std::string text;
  for (const Change& change : changes.changes) text += DescribeChange(change);
  return text;
}

std::string DescribeHistory(const History& history) {
  std::string text = DescribeStart(history.start);
  for (const ChangeSet& step : history.steps) {
    absl::StrAppend(&text, "step\n", DescribeChanges(step));
  }
  return text;
}

History ParseHistory(absl::string_view text) {
  History history;
  std::string start;
  std::vector<Subscription> subscriptions;
  for (absl::string_view padded : absl::StrSplit(text, '\n')) {
    const std::string line = UnpaddedLine(padded);
    if (line.empty()) continue;
    if (line == "step") {
      history.steps.emplace_back();
    } else if (!history.steps.empty()) {
      history.steps.back().changes.push_back(ParseChange(line));
    } else if (absl::StartsWith(line, "subscription ")) {
      subscriptions.push_back(std::get<Subscription>(ParseFact(line)));
    } else {
      absl::StrAppend(&start, line, "\n");
    }
  }
  history.start = worlds::ParseTenant(start);
  for (Subscription& subscription : subscriptions) {
    history.start.subscriptions.push_back(std::move(subscription));
  }
  return history;
}

}  // namespace seatwise::histories
