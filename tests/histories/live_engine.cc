#include "tests/histories/live_engine.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/executor.h"
#include "base/thread_pool.h"
#include "engine/incremental/live_state.h"
#include "engine/incremental/prepare_options.h"
#include "engine/model/catalog.h"
#include "engine/model/derived_view.h"
#include "engine/model/ids.h"
#include "engine/model/plan_bits.h"
#include "tests/histories/load_facts.h"
#include "tests/worlds/id_text.h"

namespace seatwise::histories {
namespace {

// The answers of a version, asked in every way.
class Audit {
 public:
  Audit(const LiveState& state, const Facts& facts) : state_(state), facts_(facts) {}

  std::string Run() {
    Settings();
    Lists();
    for (const User& user : facts_.users) OneUser(user.id);
    for (const Group& group : facts_.groups) OneGroup(group.id);
    Seats();
    Counts();
    return std::move(wrong_);
  }

 private:
  // Keeps the first thing that is wrong.
  void Expect(bool holds, absl::string_view what, absl::string_view whose = "") {
    if (!holds && wrong_.empty()) {
      wrong_ = absl::StrCat(what, whose.empty() ? "" : " of ", worlds::QuoteId(whose),
                            " does not fit\n");
    }
  }

  void Settings();
  void Lists();
  void OneUser(const UserId& id);
  void Licenses(uint32_t user, const std::string& id);
  void Items(uint32_t user, const std::string& id);
  void OneGroup(const GroupId& id);
  void Seats();
  void Counts();
  PlanIdSet PlansOf(PlanBits bits) const { return state_.catalog().IdsOf(bits); }

  const LiveState& state_;
  const Facts& facts_;
  std::string wrong_;
  ClaimCounts counts_;
};

void Audit::Settings() {
  Expect(state_.settings() == facts_.settings, "settings");
  Expect(state_.user_count() == facts_.users.size(), "user_count");
  Expect(state_.group_count() == facts_.groups.size(), "group_count");
}

// Ids ascend, and lead to their numbers and back.
void Audit::Lists() {
  std::string last;
  state_.ForEachUserFrom("", [&](uint32_t number, absl::string_view id) {
    Expect(id > last && state_.FindUser(id) == number && state_.UserIdOf(number) == id, "list", id);
    last = std::string(id);
    return true;
  });
  if (!last.empty()) {
    int seen = 0;
    state_.ForEachUserFrom(last, [&](uint32_t, absl::string_view id) {
      Expect(id == last, "list from", last);
      return ++seen < 1;
    });
    Expect(seen == 1, "list from", last);
  }
  last.clear();
  state_.ForEachGroupFrom("", [&](uint32_t number, absl::string_view id) {
    Expect(id > last && state_.FindGroup(id) == number && state_.GroupIdOf(number) == id, "list",
           id);
    last = std::string(id);
    return true;
  });
  Expect(!state_.FindUser("no such user").has_value(), "FindUser");
  Expect(state_.UserIdOf(state_.next_numbers().user).empty(), "UserIdOf");
}

void Audit::OneUser(const UserId& id) {
  const std::optional<uint32_t> user = state_.FindUser(id.value());
  Expect(user.has_value(), "FindUser", id.value());
  if (!user.has_value()) return;
  Licenses(*user, id.value());
  Items(*user, id.value());
}

void Audit::Licenses(uint32_t user, const std::string& id) {
  std::vector<License> rows;
  PlanIdSet effective;
  state_.ForEachLicense(user, [&](const LiveLicense& row) {
    const SkuId& sku = state_.catalog().sku(row.sku).id;
    rows.push_back({UserId(id), sku, row.state, PlansOf(row.enabled_plans)});
    const PlanIdSet& plans = rows.back().enabled_plans;
    if (row.state != LicenseState::kDisabled) effective.insert(plans.begin(), plans.end());
  });
  Expect(rows == state_.LicensesOf(user), "LicensesOf", id);
  Expect(PlansOf(state_.EffectivePlansOf(user)) == effective, "EffectivePlansOf", id);
}

void Audit::Items(uint32_t user, const std::string& id) {
  const std::vector<ClaimItem> items = state_.Explain(user);
  size_t next = 0;
  std::set<std::pair<bool, uint32_t>> claims;
  std::set<std::pair<bool, uint32_t>> rejected;
  state_.ForEachItem(user, [&](const LiveItem& row) {
    if (next == items.size()) return Expect(false, "ForEachItem", id);
    const ClaimItem& item = items[next++];
    ViolationMask mask = 0;
    for (const Violation& violation : item.violations) {
      const int code = static_cast<int>(CodeOf(violation));
      mask = static_cast<ViolationMask>(mask | 1 << code);
      ++counts_.items_by_code[static_cast<size_t>(code)];
    }
    const absl::string_view principal =
        row.direct ? state_.UserIdOf(row.principal) : state_.GroupIdOf(row.principal);
    Expect(row.violations == mask && item.granted == (mask == 0), "violations", id);
    Expect(row.direct == IsDirect(item.source) && principal == PrincipalIdValue(item.source),
           "principal", id);
    Expect(state_.catalog().sku(row.sku).id == item.sku, "sku", id);
    // One claim for each item where claims are not cut by group.
    const bool by_group = facts_.settings.assignment_mode == AssignmentMode::kGroupAtomic;
    const auto claim = std::pair(
        row.direct, row.direct || !by_group ? static_cast<uint32_t>(next) : row.principal);
    claims.insert(claim);
    if (mask != 0) rejected.insert(claim);
  });
  Expect(next == items.size(), "ForEachItem", id);
  counts_.rejected += static_cast<int64_t>(rejected.size());
  counts_.granted += static_cast<int64_t>(claims.size() - rejected.size());
  counts_.users_with_claims += claims.empty() ? 0 : 1;
  counts_.users_with_errors += rejected.empty() ? 0 : 1;
}

void Audit::OneGroup(const GroupId& id) {
  const std::optional<uint32_t> group = state_.FindGroup(id.value());
  Expect(group.has_value(), "FindGroup", id.value());
  if (!group.has_value()) return;
  std::set<UserId> members;
  for (const Membership& fact : facts_.memberships) {
    const auto* user = std::get_if<UserId>(&fact.member);
    if (user != nullptr && fact.group == id) members.insert(*user);
  }
  std::set<UserId> seen;
  std::optional<uint32_t> last;
  state_.ForEachDirectMember(*group, [&](uint32_t user) {
    Expect(last < user, "ForEachDirectMember", id.value());
    last = user;
    seen.insert(UserId(state_.UserIdOf(user)));
    return true;
  });
  Expect(seen == members, "ForEachDirectMember", id.value());
  std::optional<GroupStatus> status;
  for (const GroupStatus& row : state_.Groups()) {
    if (row.group == id) status = row;
  }
  Expect(state_.GroupStatusOf(*group) == status, "GroupStatusOf", id.value());
}

void Audit::Seats() {
  for (const SeatUsage& seats : state_.Seats()) {
    const std::optional<SkuNo> sku = state_.FindSku(seats.sku.value());
    Expect(sku.has_value(), "FindSku", seats.sku.value());
    if (sku.has_value()) Expect(state_.SeatsOf(*sku) == seats, "SeatsOf", seats.sku.value());
  }
}

void Audit::Counts() {
  const ClaimCounts counts = state_.Counts();
  Expect(counts.granted == counts_.granted, "Counts().granted");
  Expect(counts.rejected == counts_.rejected, "Counts().rejected");
  Expect(counts.items_by_code == counts_.items_by_code, "Counts().items_by_code");
  Expect(counts.users_with_claims == counts_.users_with_claims, "Counts().users_with_claims");
  Expect(counts.users_with_errors == counts_.users_with_errors, "Counts().users_with_errors");
}

class LiveVersion final : public TenantVersion {
 public:
  // How all versions of a tenant are made.
  struct Setup {
    explicit Setup(const LiveOptions& o) : options(o) {
      if (options.threads > 1) pool.emplace(options.threads);
    }
    Executor& executor() { return pool.has_value() ? static_cast<Executor&>(*pool) : single; }

    const LiveOptions options;
    InlineExecutor single;
    std::optional<ThreadPool> pool;
  };

  LiveVersion(std::shared_ptr<const LiveState> state, std::shared_ptr<Setup> setup)
      : state_(std::move(state)), setup_(std::move(setup)) {}

  Derived State() const override { return ExpandDerived(*state_); }

  Numbers Ids() const override {
    Numbers numbers;
    numbers.next = state_->next_numbers();
    state_->ForEachUserFrom("", [&](uint32_t number, absl::string_view id) {
      return numbers.users.emplace(UserId(id), number).second;
    });
    state_->ForEachGroupFrom("", [&](uint32_t number, absl::string_view id) {
      return numbers.groups.emplace(GroupId(id), number).second;
    });
    return numbers;
  }

  std::string FindContradiction(const Facts& facts) const override {
    return Audit(*state_, facts).Run();
  }

  Next Prepare(const ValidatedChangeSet& changes) const override {
    Prepared prepared =
        seatwise::Prepare(state_, changes, setup_->executor(), setup_->options.limits);
    if (setup_->options.totals != nullptr) Count(prepared.statistics, *setup_->options.totals);
    // As it happens that may be a branch that ends before its base does.
    if (!has_heir_.exchange(true)) state_->SetHeir(prepared.state);
    auto version = std::make_shared<LiveVersion>(std::move(prepared.state), setup_);
    return {std::move(version), std::move(prepared.delta)};
  }

 private:
  static void Count(const PrepareStatistics& statistics, LiveTotals& totals) {
    const auto repairs = static_cast<int64_t>(statistics.queue_repairs);
    ++totals.prepared;
    totals.fell_back += statistics.fell_back ? 1 : 0;
    totals.queue_repairs += repairs;
    totals.longest_chain = std::max<int64_t>(totals.longest_chain, repairs);
  }

  const std::shared_ptr<const LiveState> state_;
  const std::shared_ptr<Setup> setup_;
  mutable std::atomic<bool> has_heir_ = false;
};

}  // namespace

IncrementalEngine LiveEngine(const LiveOptions& options) {
  const auto setup = std::make_shared<LiveVersion::Setup>(options);
  return {"live", [setup](const Facts& facts, const Numbers& numbers) {
            return std::make_shared<LiveVersion>(
                LiveStateFrom(LoadFacts(facts, numbers), setup->executor()), setup);
          }};
}

}  // namespace seatwise::histories
