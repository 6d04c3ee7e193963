#include "tests/histories/history_judge.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/model/license_delta.h"
#include "engine/model/memory_facts.h"
#include "tests/histories/history_text.h"
#include "tests/histories/license_table.h"
#include "tests/histories/shrink_history.h"
#include "tests/worlds/dice.h"
#include "tests/worlds/diff.h"

namespace seatwise::histories {
namespace {

// A version that was right, with all it must still be.
struct Moment {
  size_t step;
  std::shared_ptr<const TenantVersion> version;
  Facts facts;
  Numbers numbers;
  Derived state;
};

constexpr size_t kMostMoments = 5;

std::string DiffNumbers(const Numbers& want, const Numbers& got) {
  if (want == got) return "";
  if (want.next != got.next) {
    return absl::StrCat("next numbers are ", got.next.user, " and ", got.next.group, ", not ",
                        want.next.user, " and ", want.next.group, "\n");
  }
  return want.users != got.users ? "users have other numbers\n" : "groups have other numbers\n";
}

// What the version gets wrong at a moment.
std::string Check(const Moment& moment, const TenantVersion& version) {
  const Derived state = version.State();
  if (state != moment.state) return worlds::DiffDerived(moment.state, state);
  const std::string numbers = DiffNumbers(moment.numbers, version.Ids());
  return numbers.empty() ? version.FindContradiction(moment.facts) : numbers;
}

// What is wrong with a step from one moment to another.
std::string CheckStep(const Moment& before, const Moment& after, const LicenseDelta& delta) {
  std::string wrong = Check(after, *after.version);
  if (!wrong.empty()) return wrong;
  const LicenseDelta want =
      Difference(LicensesOf(before.state, before.numbers), LicensesOf(after.state, after.numbers));
  if (delta == want) return "";
  return absl::StrCat("delta:\n", DescribeDelta(delta), "instead of:\n", DescribeDelta(want));
}

class Walk {
 public:
  Walk(const HistoryJudge& judge, const IncrementalEngine& engine, const History& history)
      : judge_(judge), engine_(engine), history_(history), dice_(judge.seed ^ 0xd37) {}

  std::optional<HistoryJudge::Fault> Run();

 private:
  // The moment after `changes`, made from `base`; its version is still to be filled in.
  Moment After(const Moment& base, const ValidatedChangeSet& changes) const;

  // Goes one step further.
  std::string TakeStep(const ValidatedChangeSet& changes);
  std::string TakeDetour(size_t step);
  // A change set that is prepared from the moment and dropped.
  std::string WhatIf(const Moment& base, const ChangeSet& changes) const;
  std::string LookBack(const Moment& moment) const;
  void Remember(Moment moment);

  const HistoryJudge& judge_;
  const IncrementalEngine& engine_;
  const History& history_;
  worlds::Dice dice_;
  std::optional<MemoryFacts> facts_;
  std::optional<Moment> now_;
  LicenseTable sum_;  // The licenses of the start, and all deltas since.
  std::vector<Moment> past_;
};

Moment Walk::After(const Moment& base, const ValidatedChangeSet& changes) const {
  MemoryFacts facts(base.facts);
  facts.Apply(changes);
  Moment after{base.step, nullptr, facts.ToFacts(), base.numbers, {}};
  after.numbers.Apply(changes);
  after.state = judge_.derive(after.facts);
  return after;
}

std::string Walk::TakeStep(const ValidatedChangeSet& changes) {
  facts_->Apply(changes);
  Moment next{now_->step + 1, nullptr, facts_->ToFacts(), now_->numbers, {}};
  next.numbers.Apply(changes);
  next.state = judge_.derive(next.facts);
  TenantVersion::Next prepared = now_->version->Prepare(changes);
  next.version = std::move(prepared.version);
  std::string wrong = CheckStep(*now_, next, prepared.delta);
  if (wrong.empty()) wrong = AddTo(sum_, prepared.delta);
  if (!wrong.empty()) return wrong;
  Remember(std::exchange(*now_, std::move(next)));
  return "";
}

std::string Walk::WhatIf(const Moment& base, const ChangeSet& changes) const {
  const ValidatedChangeSet admitted = Admit(changes, MemoryFacts(base.facts)).changes;
  Moment after = After(base, admitted);
  TenantVersion::Next prepared = base.version->Prepare(admitted);
  after.version = std::move(prepared.version);
  std::string wrong = CheckStep(base, after, prepared.delta);
  if (!wrong.empty()) {
    return absl::StrCat("what-if from step ", base.step, ":\n", DescribeChanges(changes), wrong);
  }
  TenantVersion::Next again = base.version->Prepare(admitted);
  if (again.delta != prepared.delta) return "prepared twice, a step has two deltas\n";
  wrong = Check(after, *again.version);
  if (wrong.empty()) wrong = Check(base, *base.version);
  return wrong.empty() ? "" : absl::StrCat("after a what-if from step ", base.step, ":\n", wrong);
}

std::string Walk::LookBack(const Moment& moment) const {
  const std::string wrong = Check(moment, *moment.version);
  return wrong.empty() ? "" : absl::StrCat("the version of step ", moment.step, ": ", wrong);
}

std::string Walk::TakeDetour(size_t step) {
  const ChangeSet& changes = dice_.Pick(history_.steps);
  const bool from_now = past_.empty() || dice_.Chance(50);
  const Moment& base = from_now ? *now_ : dice_.Pick(past_);
  std::string wrong =
      WhatIf(base, step + 1 < history_.steps.size() && dice_.Chance(50) ? history_.steps[step + 1]
                                                                        : changes);
  if (wrong.empty()) wrong = LookBack(*now_);
  return wrong;
}

// Few, so that most versions are let go while others live that share with them.
void Walk::Remember(Moment moment) {
  if (!dice_.Chance(40)) return;
  if (past_.size() < kMostMoments) {
    past_.push_back(std::move(moment));
  } else {
    past_[static_cast<size_t>(dice_.Below(kMostMoments))] = std::move(moment);
  }
}

std::optional<HistoryJudge::Fault> Walk::Run() {
  facts_.emplace(history_.start);
  Moment start{0, nullptr, facts_->ToFacts(), AnyNumbers(history_.start, judge_.seed), {}};
  start.version = engine_.start(history_.start, start.numbers);
  start.state = judge_.derive(start.facts);
  std::string wrong = Check(start, *start.version);
  if (!wrong.empty()) return HistoryJudge::Fault{0, absl::StrCat("the start: ", wrong)};
  sum_ = LicensesOf(start.state, start.numbers);
  now_ = std::move(start);
  for (size_t step = 0; step < history_.steps.size(); ++step) {
    wrong = TakeStep(Admit(history_.steps[step], *facts_).changes);
    if (wrong.empty() && dice_.Chance(judge_.detours)) wrong = TakeDetour(step);
    if (!wrong.empty()) return HistoryJudge::Fault{step + 1, wrong};
  }
  for (const Moment& moment : past_) {
    wrong = LookBack(moment);
    if (!wrong.empty()) return HistoryJudge::Fault{history_.steps.size(), wrong};
  }
  if (sum_ == LicensesOf(now_->state, now_->numbers)) return std::nullopt;
  return HistoryJudge::Fault{history_.steps.size(), "the sum of all deltas\n"};
}

std::string DescribeFault(const HistoryJudge::Fault& fault) {
  return absl::StrCat("after step ", fault.step, ": ", fault.text);
}

}  // namespace

std::optional<HistoryJudge::Fault> HistoryJudge::Find(const IncrementalEngine& engine,
                                                      const History& history) const {
  return Walk(*this, engine, history).Run();
}

std::string HistoryJudge::Explain(const IncrementalEngine& engine, const History& history) const {
  const std::optional<Fault> fault = Find(engine, history);
  if (!fault.has_value()) return "no fault\n";
  const auto fails = [&](const History& h) { return Find(engine, h).has_value(); };
  const History small = ShrinkHistory(history, fails);
  return absl::StrCat(engine.name, ", ", DescribeFault(*fault), "The smallest history like that:\n",
                      DescribeHistory(small), "Its fault ",
                      DescribeFault(Find(engine, small).value_or(Fault{})));
}

}  // namespace seatwise::histories
