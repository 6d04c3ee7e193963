#include "tests/golden/runner.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "tests/golden/describe.h"

namespace seatwise::golden {
namespace {

bool Matches(const ExpectedRejection& expected, const ClaimItem& item) {
  return std::equal(expected.violations.begin(), expected.violations.end(), item.violations.begin(),
                    item.violations.end(),
                    [](const ExpectedViolation& stated, const Violation& violation) {
                      return stated.code == CodeOf(violation) &&
                             (!stated.details || *stated.details == Details(violation));
                    });
}

// Without a source, it is the only one.
bool Matches(const ExpectedRejection& expected, const std::vector<const ClaimItem*>& rejected) {
  if (!expected.source.has_value()) {
    return rejected.size() == 1 && Matches(expected, *rejected[0]);
  }
  return std::any_of(rejected.begin(), rejected.end(), [&](const ClaimItem* item) {
    return SourceName(item->source) == *expected.source && Matches(expected, *item);
  });
}

// No two stated sources are the same, so as many as there are, each matched, are all.
bool Matches(const ExpectedLicense& expected, const Derived& derived, const License& license) {
  const std::vector<const ClaimItem*> rejected = Rejected(derived, license);
  const bool plans = expected.plans.has_value() ? *expected.plans == license.enabled_plans
                                                : license.held() || license.enabled_plans.empty();
  return expected.sku == license.sku && expected.state == license.state && plans &&
         expected.rejections.size() == rejected.size() &&
         std::all_of(expected.rejections.begin(), expected.rejections.end(),
                     [&](const ExpectedRejection& r) { return Matches(r, rejected); });
}

template <typename Row, typename Matching>
const Row* Find(const std::vector<Row>& rows, Matching matching) {
  const auto row = std::find_if(rows.begin(), rows.end(), matching);
  return row == rows.end() ? nullptr : &*row;
}

// One step: what was derived before it, and after it.
class Judge {
 public:
  Judge(const Scenario& scenario, const Step& step, const Derived& before, const Derived& now)
      : scenario_(scenario), step_(step), before_(before), now_(now) {}

  std::vector<std::string> Run() &&;

 private:
  void Check(const ExpectedUser& expected);
  void Check(const ExpectedUse& expected);
  void Check(const ExpectedSeats& expected);
  void Check(const ExpectedGroup& expected);
  void Check(const NothingChanges&);
  void CheckSilentUsers();
  void CheckSilentSkus();
  // The line of the SKU after the step before.
  std::string SeatsBefore(const SeatUsage& now) const;

  void Report(int line, absl::string_view message) {
    failures_.push_back(absl::StrCat(scenario_.file, ":", line, ": ", message));
  }
  // That the statement at hand does not hold.
  void Refute(absl::string_view derived) {
    Report(current_->line, absl::StrCat("stated  ", current_->text, "\n    derived ", derived));
  }

  const Scenario& scenario_;
  const Step& step_;
  const Derived& before_;
  const Derived& now_;
  const Expectation* current_ = nullptr;
  std::set<UserId> stated_users_;
  std::set<SkuId> stated_skus_;
  std::vector<std::string> failures_;
};

std::vector<std::string> Judge::Run() && {
  for (const Expectation& expectation : step_.expectations) {
    current_ = &expectation;
    std::visit([&](const auto& expected) { Check(expected); }, expectation.what);
  }
  CheckSilentUsers();
  CheckSilentSkus();
  return std::move(failures_);
}

void Judge::Check(const ExpectedUser& expected) {
  stated_users_.insert(expected.user);
  std::vector<ExpectedLicense> stated = expected.licenses;
  std::sort(stated.begin(), stated.end(),
            [](const ExpectedLicense& a, const ExpectedLicense& b) { return a.sku < b.sku; });
  const std::vector<const License*> derived = LicensesOf(now_, expected.user);
  const bool holds = std::equal(stated.begin(), stated.end(), derived.begin(), derived.end(),
                                [&](const ExpectedLicense& license, const License* of_user) {
                                  return Matches(license, now_, *of_user);
                                });
  if (!holds) Refute(DescribeUser(now_, expected.user));
}

void Judge::Check(const ExpectedUse& expected) {
  const PlanIdSet plans = EffectivePlans(now_, expected.user);
  if (plans != expected.plans) Refute(DescribeUse(expected.user, plans));
}

void Judge::Check(const ExpectedSeats& expected) {
  stated_skus_.insert(expected.sku);
  const SeatUsage* seats =
      Find(now_.seats, [&](const SeatUsage& row) { return row.sku == expected.sku; });
  if (seats == nullptr) return Refute("no such SKU");
  const bool holds = seats->consumed == expected.consumed && seats->capacity == expected.capacity &&
                     seats->off() == expected.off && seats->waiting == expected.waiting &&
                     seats->overrun() == expected.overrun &&
                     expected.usable.value_or(seats->usable) == seats->usable &&
                     expected.parked.value_or(seats->parked) == seats->parked &&
                     expected.available.value_or(seats->available()) == seats->available();
  if (!holds) Refute(DescribeAllOf(*seats));
}

void Judge::Check(const ExpectedGroup& expected) {
  const GroupStatus* status =
      Find(now_.groups, [&](const GroupStatus& row) { return row.group == expected.group; });
  if (status == nullptr) {
    if (expected.status.has_value()) Refute("not licensed");
  } else if (expected.status != *status) {
    Refute(DescribeGroup(*status));
  }
}

void Judge::Check(const NothingChanges&) {
  if (now_ != before_) Refute("something else than before");
}

void Judge::CheckSilentUsers() {
  std::set<UserId> users;
  for (const License& license : before_.licenses) users.insert(license.user);
  for (const License& license : now_.licenses) users.insert(license.user);
  for (const UserId& user : users) {
    const std::string now = DescribeUser(now_, user);
    if (stated_users_.contains(user) || now == DescribeUser(before_, user)) continue;
    Report(step_.line, absl::StrCat("changed and not stated: ", now));
  }
}

void Judge::CheckSilentSkus() {
  for (const SeatUsage& seats : now_.seats) {
    const std::string now = DescribeSeats(seats);
    if (stated_skus_.contains(seats.sku) || now == SeatsBefore(seats)) continue;
    Report(step_.line, absl::StrCat("changed and not stated: ", now));
  }
}

std::string Judge::SeatsBefore(const SeatUsage& now) const {
  const SeatUsage* before =
      Find(before_.seats, [&](const SeatUsage& row) { return row.sku == now.sku; });
  if (before != nullptr) return DescribeSeats(*before);
  SeatUsage unused = now;
  unused.consumed = unused.waiting = 0;
  return DescribeSeats(unused);
}

}  // namespace

std::vector<std::string> RunScenario(const Scenario& scenario,
                                     const std::function<Derived(const Facts&)>& derive) {
  std::vector<std::string> failures;
  Derived before;
  for (const Step& step : scenario.steps) {
    Derived now = derive(step.facts);
    for (std::string& failure : Judge(scenario, step, before, now).Run()) {
      failures.push_back(std::move(failure));
    }
    before = std::move(now);
  }
  return failures;
}

}  // namespace seatwise::golden
