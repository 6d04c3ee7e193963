#include "tests/worlds/parse_tenant.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/check.h"
#include "tests/worlds/id_text.h"

namespace seatwise::worlds {
namespace {

template <typename Number>
Number ToNumber(absl::string_view text) {
  Number number = 0;
  SEATWISE_CHECK(absl::SimpleAtoi(text, &number)) << "not a number: " << text;
  return number;
}

Location ToLocation(absl::string_view text) {
  const std::optional<Location> location = Location::Parse(text);
  SEATWISE_CHECK(location.has_value()) << "not a location: " << text;
  return *location;
}

// One line, read word by word.
class Line {
 public:
  explicit Line(absl::string_view text) : text_(text) {
    for (std::string& word : SplitOutsideQuotes(text, ' ')) {
      if (!word.empty()) words_.push_back(std::move(word));
    }
  }

  bool AtEnd() const { return next_ == words_.size(); }
  std::string Next() {
    SEATWISE_CHECK(!AtEnd()) << "too short: " << text_;
    return words_[next_++];
  }
  // Goes past the next word if it is this one.
  bool Skip(absl::string_view word) {
    if (AtEnd() || words_[next_] != word) return false;
    ++next_;
    return true;
  }
  // The next word as "name", "name=value" or "@value" (with the name "@").
  std::pair<std::string, std::string> NextOption() {
    const std::string word = Next();
    if (word.front() == '@') return {"@", word.substr(1)};
    const size_t equals = word.find('=');
    if (equals == std::string::npos) return {word, ""};
    return {word.substr(0, equals), word.substr(equals + 1)};
  }
  [[noreturn]] void Unknown(absl::string_view name) const {
    SEATWISE_CHECK(false) << "unknown '" << name << "' in: " << text_;
    std::abort();
  }

 private:
  std::string text_;
  std::vector<std::string> words_;
  size_t next_ = 0;
};

class Parser {
 public:
  void Read(Line line);
  Facts Finish() && { return std::move(facts_); }

 private:
  void ReadTenant(Line& line);
  void ReadPlan(Line& line);
  void ReadSku(Line& line);
  void ReadSkuOption(const Line& line, size_t sku, const std::string& name,
                     const std::string& value);
  void ReadUser(Line& line);
  void ReadWish(Line& line, const Principal& principal);
  void ReadAssignment(Line& line, Assignment assignment);

  // The place of the thing in its list; it is added if it is new.
  template <typename Row, typename RowId>
  size_t Find(std::vector<Row>& rows, const RowId& id) {
    for (size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].id == id) return i;
    }
    rows.emplace_back().id = id;
    return rows.size() - 1;
  }
  PlanId Plan(absl::string_view text) {
    const PlanId id(UnquoteId(text));
    Find(facts_.plans, id);
    return id;
  }
  PlanIdSet Plans(absl::string_view text) {
    PlanIdSet plans;
    for (const std::string& plan : SplitOutsideQuotes(text, ',')) plans.insert(Plan(plan));
    return plans;
  }
  UserId User(absl::string_view text) {
    const UserId id(UnquoteId(text));
    Find(facts_.users, id);
    return id;
  }
  GroupId Group(absl::string_view text) {
    const GroupId id(UnquoteId(text));
    Find(facts_.groups, id);
    return id;
  }

  Facts facts_;
};

void Parser::Read(Line line) {
  if (line.AtEnd()) return;
  if (line.Skip("tenant")) return ReadTenant(line);
  if (line.Skip("plan")) return ReadPlan(line);
  if (line.Skip("sku")) return ReadSku(line);
  if (line.Skip("user")) return ReadUser(line);
  if (line.Skip("conflict")) {
    const PlanId a = Plan(line.Next());
    const PlanId b = Plan(line.Next());
    facts_.conflicts.push_back({std::min(a, b), std::max(a, b)});
  } else if (line.Skip("require")) {
    const PlanId plan = Plan(line.Next());
    facts_.requirements.push_back({plan, Plans(line.Next())});
  } else if (line.Skip("prohibit")) {
    const PlanId plan = Plan(line.Next());
    facts_.prohibitions.push_back({plan, ToLocation(line.Next())});
  } else if (line.Skip("group")) {
    ReadWish(line, Group(line.Next()));
  } else {
    ReadWish(line, User(line.Next()));
  }
}

void Parser::ReadTenant(Line& line) {
  TenantSettings& settings = facts_.settings;
  while (!line.AtEnd()) {
    const auto [name, value] = line.NextOption();
    if (name == "atomic") {
      settings.assignment_mode = AssignmentMode::kGroupAtomic;
    } else if (name == "nested") {
      settings.nested_groups = true;
    } else if (name == "location") {
      settings.default_usage_location = ToLocation(value);
    } else if (name == "retention") {
      settings.retention_days = ToNumber<int32_t>(value);
    } else {
      line.Unknown(name);
    }
  }
}

void Parser::ReadPlan(Line& line) {
  const size_t plan = Find(facts_.plans, PlanId(UnquoteId(line.Next())));
  while (!line.AtEnd()) {
    const auto [name, value] = line.NextOption();
    if (name == "company") {
      facts_.plans[plan].applies_to = AppliesTo::kCompany;
    } else if (name == "unique") {
      facts_.plans[plan].unique_address = true;
    } else if (name == "retains") {
      facts_.plans[plan].retains_data = true;
    } else {
      line.Unknown(name);
    }
  }
}

void Parser::ReadSku(Line& line) {
  const size_t sku = Find(facts_.skus, SkuId(UnquoteId(line.Next())));
  while (!line.AtEnd()) {
    const auto [name, value] = line.NextOption();
    ReadSkuOption(line, sku, name, value);
  }
}

void Parser::ReadSkuOption(const Line& line, size_t sku, const std::string& name,
                           const std::string& value) {
  static const std::map<std::string, SubscriptionStatus> kUnits = {
      {"seats", SubscriptionStatus::kEnabled},       {"warning", SubscriptionStatus::kWarning},
      {"suspended", SubscriptionStatus::kSuspended}, {"locked", SubscriptionStatus::kLockedOut},
      {"deleted", SubscriptionStatus::kDeleted},     {"self-service", SubscriptionStatus::kEnabled},
  };
  Sku& of = facts_.skus[sku];
  if (name == "plans") {
    of.plans = Plans(value);
  } else if (name == "overage") {
    of.overage_units = value == "unlimited" ? kUnlimited : ToNumber<int64_t>(value);
  } else if (const auto units = kUnits.find(name); units != kUnits.end()) {
    Subscription& subscription = facts_.subscriptions.emplace_back();
    subscription.id = SubscriptionId(absl::StrCat("s", facts_.subscriptions.size()));
    subscription.sku = of.id;
    subscription.units = ToNumber<int64_t>(value);
    subscription.status = units->second;
    subscription.self_service = name == "self-service";
  } else {
    line.Unknown(name);
  }
}

void Parser::ReadUser(Line& line) {
  const size_t place = Find(facts_.users, UserId(UnquoteId(line.Next())));
  seatwise::User& user = facts_.users[place];
  while (!line.AtEnd()) {
    const auto [name, value] = line.NextOption();
    if (name == "location") {
      user.usage_location = ToLocation(value);
    } else if (name == "created") {
      user.created_at = {ToNumber<int64_t>(value)};
    } else if (name == "address") {
      for (const std::string& address : SplitOutsideQuotes(value, ',')) {
        user.proxy_addresses.insert(UnquoteId(address));
      }
    } else if (name == "blocked") {
      user.account_enabled = false;
    } else if (name == "guest") {
      user.user_type = UserType::kGuest;
    } else {
      line.Unknown(name);
    }
  }
}

// `... -> SKU ...`, `... in GROUP @t`, or nothing: it just exists.
void Parser::ReadWish(Line& line, const Principal& principal) {
  if (line.AtEnd()) return;
  if (line.Skip("->")) {
    const SkuId sku(UnquoteId(line.Next()));
    Find(facts_.skus, sku);
    ReadAssignment(line, Assignment{principal, sku, {}, 0, Time{}});
    return;
  }
  if (!line.Skip("in")) line.Unknown(line.Next());
  Membership membership{.group = Group(line.Next()), .member = principal, .added_at = {}};
  if (!line.AtEnd()) {
    const auto [name, value] = line.NextOption();
    if (name != "@") line.Unknown(name);
    membership.added_at = {ToNumber<int64_t>(value)};
  }
  facts_.memberships.push_back(membership);
}

void Parser::ReadAssignment(Line& line, Assignment assignment) {
  while (!line.AtEnd()) {
    const auto [name, value] = line.NextOption();
    if (name == "priority") {
      assignment.priority = ToNumber<int32_t>(value);
    } else if (name == "off") {
      assignment.disabled_plans = Plans(value);
    } else if (name == "@") {
      assignment.assigned_at = {ToNumber<int64_t>(value)};
    } else {
      line.Unknown(name);
    }
  }
  facts_.assignments.push_back(std::move(assignment));
}

}  // namespace

Facts ParseTenant(absl::string_view text) {
  Parser parser;
  for (absl::string_view line : absl::StrSplit(text, '\n')) parser.Read(Line(line));
  return std::move(parser).Finish();
}

}  // namespace seatwise::worlds
