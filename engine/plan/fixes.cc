// A search by levels: level 1 tries every candidate of the claim as it is; what does not heal but
// changes what is wrong is a node of level 1, whose candidates are those of the claim as it is
// then; and so on. A level that finds something that takes from nobody else is the last one.
// What costs time is to try what reaches many users, so that comes last, and often need not be
// tried.
#include "engine/plan/fixes.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "base/status_macros.h"
#include "engine/model/derived.h"
#include "engine/model/validate.h"
#include "engine/plan/draft.h"
#include "engine/plan/fix_effect.h"

namespace seatwise {
namespace {

constexpr int kMostDoublings = 4;

// How a claim stands in some state.
struct Standing {
  std::vector<ClaimItem> items;  // Of all claims of the user.
  bool exists = false;
  bool granted = false;
  std::vector<Violation> violations;  // Of the claim.
};

Standing StandingOf(const LiveState& state, const ClaimName& claim) {
  Standing standing;
  standing.items = state.Explain(claim.user);
  standing.granted = true;
  for (const ClaimItem& item : standing.items) {
    if (!claim.Has(item)) continue;
    standing.exists = true;
    standing.granted = standing.granted && item.granted;
    standing.violations.insert(standing.violations.end(), item.violations.begin(),
                               item.violations.end());
  }
  return standing;
}

// Some changes, and what they led to.
struct Node {
  std::vector<FixStep> steps;
  Draft draft;
  std::shared_ptr<const LiveState> state;
  Standing standing;
};

// Adds the step to the others; false if it does not go together with what they do to the same fact.
bool Join(const FixStep& step, std::vector<FixStep>& steps) {
  const FactKey key = KeyOf(step.change);
  const auto same = std::find_if(steps.begin(), steps.end(),
                                 [&](const FixStep& other) { return KeyOf(other.change) == key; });
  if (same == steps.end()) {
    steps.push_back(step);
    return true;
  }
  if (step.kind != same->kind) return false;
  std::set<PlanId> plans(same->plans.begin(), same->plans.end());
  plans.insert(step.plans.begin(), step.plans.end());
  const int64_t units = same->units + step.units;
  *same = step;
  same->plans.assign(plans.begin(), plans.end());
  same->units = units;
  return true;
}

// A purchase of so many units instead.
FixStep WithUnits(FixStep step, int64_t units) {
  std::get<Subscription>(std::get<Put>(step.change).fact).units += units - step.units;
  step.units = units;
  return step;
}

bool GoesBeyondLicensing(const Fix& fix) {
  return std::any_of(fix.steps.begin(), fix.steps.end(), [](const FixStep& step) {
    return step.kind == FixKind::kDropAddress || step.kind == FixKind::kLeaveGroup;
  });
}

auto Rank(const Fix& fix) {
  return std::tuple(!fix.granted, fix.effect.others_losing, fix.effect.lost_plans.size(),
                    fix.steps.size(), GoesBeyondLicensing(fix));
}

bool TakesFromNobodyElse(const Fix& fix) { return fix.granted && fix.effect.others_losing == 0; }

// By Rank.
bool NothingIsBetter(const Fix& fix) {
  return TakesFromNobodyElse(fix) && fix.effect.lost_plans.empty() && fix.steps.size() == 1 &&
         !GoesBeyondLicensing(fix);
}

class Search {
 public:
  Search(std::shared_ptr<const LiveState> state, const FactsView& facts, const ClaimName& claim,
         Executor& executor, const FixLimits& limits)
      : state_(std::move(state)),
        facts_(facts),
        claim_(claim),
        executor_(executor),
        limits_(limits) {}

  absl::StatusOr<FoundFixes> Run() {
    std::vector<Node> level;
    level.push_back({{}, Draft(facts_), state_, StandingOf(*state_, claim_)});
    for (size_t depth = 0; depth < limits_.most_steps && !level.empty(); ++depth) {
      std::vector<Node> next;
      for (const Node& node : level) SEATWISE_RETURN_IF_ERROR(Expand(node, next));
      if (HasHarmless()) break;
      level = std::move(next);
    }
    std::stable_sort(found_.fixes.begin(), found_.fixes.end(),
                     [](const Fix& a, const Fix& b) { return Rank(a) < Rank(b); });
    OfferHarmlessSecond();
    if (found_.fixes.size() > limits_.most_fixes) found_.fixes.resize(limits_.most_fixes);
    return std::move(found_);
  }

 private:
  bool HasHarmless() const {
    return std::any_of(found_.fixes.begin(), found_.fixes.end(), TakesFromNobodyElse);
  }
  void OfferHarmlessSecond() {
    std::vector<Fix>& fixes = found_.fixes;
    if (fixes.empty() || fixes[0].effect.others_losing == 0) return;
    const auto harmless = std::find_if(
        fixes.begin(), fixes.end(), [](const Fix& fix) { return fix.effect.others_losing == 0; });
    if (harmless != fixes.end()) std::rotate(fixes.begin() + 1, harmless, harmless + 1);
  }
  absl::Status Expand(const Node& node, std::vector<Node>& next);
  // The node after these steps as well; nothing if they do not go together or are not allowed.
  absl::StatusOr<std::optional<Node>> TryOut(const Node& node, const std::vector<FixStep>& steps,
                                             LicenseDelta& delta);
  // The same with the fewest units that heal, if any do that are near those of `step`.
  absl::StatusOr<std::optional<Node>> TryPurchase(const Node& node, const FixStep& step,
                                                  LicenseDelta& delta);
  // Keeps what heals, or what may lead on.
  void Weigh(Node tried, const Node& from, const LicenseDelta& delta, std::vector<Node>& next);

  const std::shared_ptr<const LiveState> state_;
  const FactsView& facts_;
  const ClaimName& claim_;
  Executor& executor_;
  const FixLimits& limits_;
  FoundFixes found_;
  int64_t touched_ = 0;  // By all that was tried.
};

absl::StatusOr<std::optional<Node>> Search::TryOut(const Node& node,
                                                   const std::vector<FixStep>& steps,
                                                   LicenseDelta& delta) {
  Node tried = {node.steps, node.draft, nullptr, {}};
  for (const FixStep& step : steps) {
    if (!Join(step, tried.steps)) return std::nullopt;
    tried.draft.Add(step.change);
  }
  if (tried.steps.size() > limits_.most_steps) return std::nullopt;
  SEATWISE_ASSIGN_OR_RETURN(ValidationResult valid, Validate(tried.draft.ToChangeSet(), facts_));
  if (!valid.changes.has_value()) return std::nullopt;
  ++found_.what_ifs;
  Prepared prepared = Prepare(state_, *valid.changes, executor_);
  delta = std::move(prepared.delta);
  tried.state = std::move(prepared.state);
  tried.standing = StandingOf(*tried.state, claim_);
  return tried;
}

// The units that the place in the queue suggests are nearly always right, and one less is not.
absl::StatusOr<std::optional<Node>> Search::TryPurchase(const Node& node, const FixStep& step,
                                                        LicenseDelta& delta) {
  std::optional<Node> best;
  int64_t too_few = 0;
  int64_t units = step.units;
  for (int doubled = 0; doubled < kMostDoublings; ++doubled) {
    SEATWISE_ASSIGN_OR_RETURN(best, TryOut(node, {WithUnits(step, units)}, delta));
    if (!best.has_value() || best->standing.granted) break;
    too_few = units;
    units *= 2;
  }
  if (!best.has_value() || !best->standing.granted) return best;
  for (int64_t next = units - 1; next > too_few; next = (too_few + units) / 2) {
    LicenseDelta less;
    SEATWISE_ASSIGN_OR_RETURN(std::optional<Node> tried,
                              TryOut(node, {WithUnits(step, next)}, less));
    if (!tried.has_value()) break;
    if (!tried->standing.granted) {
      too_few = next;
      continue;
    }
    units = next;
    best = std::move(tried);
    delta = std::move(less);
  }
  return best;
}

void Search::Weigh(Node tried, const Node& from, const LicenseDelta& delta,
                   std::vector<Node>& next) {
  if (tried.standing.granted) {
    found_.fixes.push_back({.steps = std::move(tried.steps),
                            .granted = tried.standing.exists,
                            .effect = EffectOf(*state_, *tried.state, delta, claim_.user)});
  } else if (tried.standing.violations != from.standing.violations) {
    next.push_back(std::move(tried));
  }
}

absl::Status Search::Expand(const Node& node, std::vector<Node>& next) {
  SEATWISE_ASSIGN_OR_RETURN(
      std::vector<FixCandidate> candidates,
      CandidatesFor(*node.state, node.draft, claim_, node.standing.items, limits_.now));
  std::ranges::stable_sort(candidates, {}, &FixCandidate::touches);
  for (const FixCandidate& candidate : candidates) {
    if (candidate.touches > limits_.most_touched_once_found && HasHarmless()) break;
    if (candidate.touches > limits_.most_touched ||
        candidate.touches > limits_.most_touched_in_all - touched_) {
      ++found_.not_tried;
      continue;
    }
    if (found_.what_ifs >= limits_.most_what_ifs) return absl::OkStatus();
    touched_ += candidate.touches;
    LicenseDelta delta;
    const bool buys = candidate.steps.size() == 1 && candidate.steps[0].kind == FixKind::kBuySeats;
    SEATWISE_ASSIGN_OR_RETURN(
        std::optional<Node> tried,
        buys ? TryPurchase(node, candidate.steps[0], delta) : TryOut(node, candidate.steps, delta));
    if (tried.has_value()) Weigh(*std::move(tried), node, delta, next);
    if (!found_.fixes.empty() && NothingIsBetter(found_.fixes.back())) break;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FoundFixes> FindFixes(const std::shared_ptr<const LiveState>& state,
                                     const FactsView& facts, const ClaimName& claim,
                                     Executor& executor, const FixLimits& limits) {
  return Search(state, facts, claim, executor, limits).Run();
}

}  // namespace seatwise
