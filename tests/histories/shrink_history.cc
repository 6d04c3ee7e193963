#include "tests/histories/shrink_history.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <variant>
#include <vector>

#include "engine/model/memory_facts.h"
#include "tests/worlds/shrink.h"

namespace seatwise::histories {
namespace {

class Shrinker {
 public:
  Shrinker(History history, const std::function<bool(const History&)>& fails, int tries)
      : history_(std::move(history)), fails_(fails), tries_(tries) {}

  History Run() {
    KeepWhatIsAdmitted();
    while (MakeSmaller()) {
    }
    KeepWhatIsAdmitted();
    return std::move(history_);
  }

 private:
  // Keeps the candidate if it is another history that still fails.
  bool Try(History candidate) {
    if (tries_ <= 0 || candidate == history_) return false;
    --tries_;
    if (!fails_(candidate)) return false;
    history_ = std::move(candidate);
    return true;
  }

  // Tries everything once.
  bool MakeSmaller() {
    bool smaller = StartLater();
    smaller |= DropSteps();
    smaller |= DropChanges();
    smaller |= SimplifyPuts();
    smaller |= ShrinkStart();
    return smaller;
  }
  bool StartLater();
  bool DropSteps();
  bool DropChanges();
  bool SimplifyPuts();
  bool ShrinkStart();
  // Leaves out what the door does not let through anyway.
  void KeepWhatIsAdmitted();

  History history_;
  const std::function<bool(const History&)>& fails_;
  int tries_;
};

// Half of the steps, a quarter, ... one: what they lead to is the start.
bool Shrinker::StartLater() {
  bool smaller = false;
  for (size_t count = history_.steps.size(); count > 0; count /= 2) {
    while (count <= history_.steps.size()) {
      History candidate;
      candidate.start = FactsAfter(history_, count);
      candidate.steps.assign(history_.steps.begin() + static_cast<ptrdiff_t>(count),
                             history_.steps.end());
      if (!Try(std::move(candidate))) break;
      smaller = true;
    }
  }
  return smaller;
}

// From the end, halves first, then smaller and smaller parts.
bool Shrinker::DropSteps() {
  bool smaller = false;
  for (size_t length = history_.steps.size(); length > 0; length /= 2) {
    for (size_t end = history_.steps.size(); end > 0; end -= std::min(end, length)) {
      const size_t begin = end - std::min(end, length);
      if (end > history_.steps.size()) continue;
      History candidate = history_;
      candidate.steps.erase(candidate.steps.begin() + static_cast<ptrdiff_t>(begin),
                            candidate.steps.begin() + static_cast<ptrdiff_t>(end));
      smaller |= Try(std::move(candidate));
    }
  }
  return smaller;
}

bool Shrinker::DropChanges() {
  bool smaller = false;
  for (size_t step = 0; step < history_.steps.size(); ++step) {
    for (size_t i = history_.steps[step].changes.size(); i > 0; --i) {
      History candidate = history_;
      auto& changes = candidate.steps[step].changes;
      changes.erase(changes.begin() + static_cast<ptrdiff_t>(i - 1));
      smaller |= Try(std::move(candidate));
    }
  }
  return smaller;
}

// Facts like `fact` with something set to its default; some may be equal to it.
std::vector<Fact> SimplerFacts(const Fact& fact) {
  std::vector<Fact> simpler;
  const auto add = [&](auto row, auto change) {
    change(row);
    simpler.push_back(row);
  };
  if (const auto* f = std::get_if<Assignment>(&fact)) {
    add(*f, [](Assignment& a) { a.disabled_plans.clear(); });
    add(*f, [](Assignment& a) { a.priority = 0; });
    add(*f, [](Assignment& a) { a.assigned_at = {}; });
  } else if (const auto* f = std::get_if<Membership>(&fact)) {
    add(*f, [](Membership& m) { m.added_at = {}; });
  } else if (const auto* f = std::get_if<User>(&fact)) {
    add(*f, [](User& u) { u = User{.id = u.id}; });
    add(*f, [](User& u) { u.usage_location = {}; });
    add(*f, [](User& u) { u.created_at = {}; });
    add(*f, [](User& u) { u.proxy_addresses.clear(); });
  } else if (const auto* f = std::get_if<Sku>(&fact)) {
    add(*f, [](Sku& s) { s.overage_units = 0; });
    for (const PlanId& plan : f->plans) add(*f, [&](Sku& s) { s.plans.erase(plan); });
  } else if (const auto* f = std::get_if<ServicePlan>(&fact)) {
    add(*f, [](ServicePlan& p) { p = ServicePlan{.id = p.id}; });
  } else if (const auto* f = std::get_if<Subscription>(&fact)) {
    add(*f, [](Subscription& s) { s.status = SubscriptionStatus::kEnabled; });
    add(*f, [](Subscription& s) { s.self_service = false; });
  }
  return simpler;
}

bool Shrinker::SimplifyPuts() {
  bool smaller = false;
  for (size_t step = 0; step < history_.steps.size(); ++step) {
    for (size_t i = 0; i < history_.steps[step].changes.size(); ++i) {
      const Put* put = std::get_if<Put>(&history_.steps[step].changes[i]);
      if (put == nullptr) continue;
      for (const Fact& fact : SimplerFacts(Fact(put->fact))) {
        History candidate = history_;
        candidate.steps[step].changes[i] = Put{fact};
        smaller |= Try(std::move(candidate));
      }
    }
  }
  return smaller;
}

bool Shrinker::ShrinkStart() {
  const Facts start = history_.start;
  const std::vector<ChangeSet> steps = history_.steps;
  const auto start_fails = [&](const Facts& facts) {
    return tries_ > 0 && --tries_ > 0 && fails_({facts, steps});
  };
  history_.start = worlds::Shrink(start, start_fails);
  return history_.start != start;
}

void Shrinker::KeepWhatIsAdmitted() {
  History candidate{history_.start, {}};
  MemoryFacts facts(history_.start);
  for (const ChangeSet& step : history_.steps) {
    Admitted admitted = Admit(step, facts);
    facts.Apply(admitted.changes);
    candidate.steps.push_back(std::move(admitted.given));
  }
  Try(std::move(candidate));
}

}  // namespace

History ShrinkHistory(History history, const std::function<bool(const History&)>& fails,
                      int most_tries) {
  return Shrinker(std::move(history), fails, most_tries).Run();
}

}  // namespace seatwise::histories
