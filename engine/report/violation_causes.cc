// Users with the same answer in the same place share an outcome, and what is wrong with them is the
// same: it is explained once, and the others are only counted.
#include "engine/report/violation_causes.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/live_sources.h"
#include "engine/incremental/outcome.h"
#include "engine/model/ids.h"
#include "engine/model/location.h"

namespace seatwise {
namespace {

// Ids have no line feed (limits.h), so lists of them have one spelling.
void Append(std::string& key, absl::string_view id) { absl::StrAppend(&key, id, "\n"); }

// The details that all users of a cause share, and a text that is equal iff they are.
struct Shared {
  Violation details;
  std::string key;

  void operator()(const UsageLocationMissing& v) { details = v; }
  void operator()(const ProhibitedInUsageLocation& v) {
    details = v;
    Append(key, v.location.ToString());
    for (const PlanId& plan : v.plans) Append(key, plan.value());
  }
  void operator()(const Uniqueness& v) {
    details = Uniqueness{.plans = v.plans, .clashes = {}};
    for (const PlanId& plan : v.plans) Append(key, plan.value());
  }
  void operator()(const MutuallyExclusive& v) {
    MutuallyExclusive shared = v;
    for (Exclusion& exclusion : shared.exclusions) {
      Append(key, exclusion.plan.value());
      Append(key, exclusion.other.value());
      for (PlanSource& source : exclusion.sources) {
        if (IsDirect(source.source)) source.source = UserId("");
        Append(key, source.sku.value());
        Append(key, absl::StrCat(source.source.index(), PrincipalIdValue(source.source)));
      }
      Append(key, "");
    }
    details = std::move(shared);
  }
  void operator()(const Dependency& v) {
    details = v;
    for (const PlanRequirement& unmet : v.unmet) {
      Append(key, unmet.plan.value());
      for (const PlanId& plan : unmet.any_of) Append(key, plan.value());
      Append(key, "");
    }
  }
  void operator()(const Count&) { details = Count(); }
  void operator()(const Other& v) { details = v; }
};

// SKUs of the same claim that are rejected for nothing but this item (K7).
std::set<SkuId> FallenWith(const ClaimItem& item, const std::vector<ClaimItem>& items) {
  std::set<SkuId> fallen;
  for (const ClaimItem& other : items) {
    if (other.source != item.source) continue;
    for (const Violation& violation : other.violations) {
      const auto* company = std::get_if<Other>(&violation);
      if (company == nullptr) continue;
      for (const FailedItem& failed : company->failed) {
        if (failed.sku == item.sku) fallen.insert(other.sku);
      }
    }
  }
  return fallen;
}

class Causes {
 public:
  Causes(const LiveState& state, const CauseFilter& filter, size_t sample_size)
      : state_(state), filter_(filter), sample_size_(sample_size) {}

  std::vector<ViolationCause> Find() && {
    state_.ForEachUserFrom("", [&](uint32_t user, absl::string_view) {
      const Outcome* outcome = state_.parts().answers.OutcomeOf(user);
      if (outcome != nullptr && outcome->any_rejected) Count(user, *outcome);
      return true;
    });
    for (ViolationCause& cause : causes_) SampleQueue(cause);
    std::stable_sort(causes_.begin(), causes_.end(),
                     [](const ViolationCause& a, const ViolationCause& b) {
                       return std::tuple(a.code, b.users) < std::tuple(b.code, a.users);
                     });
    return std::move(causes_);
  }

 private:
  void Count(uint32_t user, const Outcome& outcome) {
    const auto key = std::pair(&outcome, state_.parts().facts.LocationOf(user));
    const auto [known, is_new] = known_.try_emplace(key);
    if (is_new) known->second = Explain(user);
    for (const size_t at : known->second) {
      ViolationCause& cause = causes_[at];
      ++cause.users;
      if (cause.sample.size() < sample_size_) cause.sample.push_back(user);
    }
  }

  // The causes of one user, each once.
  std::vector<size_t> Explain(uint32_t user) {
    std::set<size_t> found;
    const std::vector<ClaimItem> items = state_.Explain(user);
    for (const ClaimItem& item : items) {
      for (const Violation& violation : item.violations) {
        if (Passes(item, CodeOf(violation))) found.insert(CauseOf(item, violation, items));
      }
    }
    return {found.begin(), found.end()};
  }

  bool Passes(const ClaimItem& item, ViolationCode code) const {
    if (code == ViolationCode::kOther || !Contains(filter_.codes, code)) return false;
    if (filter_.sku && state_.catalog().sku(*filter_.sku).id != item.sku) return false;
    return !filter_.group || item.source == Principal(GroupId(state_.GroupIdOf(*filter_.group)));
  }

  size_t CauseOf(const ClaimItem& item, const Violation& violation,
                 const std::vector<ClaimItem>& items) {
    Shared shared;
    std::visit(shared, violation);
    const ViolationCode code = CodeOf(violation);
    const bool has_sku = code != ViolationCode::kUsageLocationMissing;
    const bool has_source = has_sku && code != ViolationCode::kCount;
    const std::string source = !has_source ? ""
                               : IsDirect(item.source)
                                   ? "d"
                                   : absl::StrCat("g", PrincipalIdValue(item.source));
    const auto [at, is_new] = numbers_.try_emplace(
        std::tuple(code, has_sku ? item.sku.value() : "", source, shared.key), causes_.size());
    if (is_new) {
      ViolationCause& cause = causes_.emplace_back();
      cause.code = code;
      cause.direct = has_source && IsDirect(item.source);
      if (has_source && !cause.direct)
        cause.group = state_.FindGroup(PrincipalIdValue(item.source));
      if (has_sku) cause.sku = state_.FindSku(item.sku.value());
      cause.details = std::move(shared.details);
      cause.example = item;
    }
    std::vector<SkuId>& fallen = causes_[at->second].fallen;
    std::set<SkuId> all = FallenWith(item, items);
    all.insert(fallen.begin(), fallen.end());
    fallen.assign(all.begin(), all.end());
    return at->second;
  }

  // Who waits is named by place, with the claim of the first one as the example.
  void SampleQueue(ViolationCause& cause) const {
    if (cause.code != ViolationCode::kCount || filter_.group) return;
    cause.sample.clear();
    ForEachWaiting(state_, *cause.sku, [&](uint32_t user) {
      if (cause.sample.size() < sample_size_) cause.sample.push_back(user);
      return cause.sample.size() < sample_size_;
    });
    if (cause.sample.empty()) return;
    for (const ClaimItem& item : state_.Explain(cause.sample.front())) {
      const bool waits = std::any_of(
          item.violations.begin(), item.violations.end(),
          [](const Violation& v) { return std::holds_alternative<seatwise::Count>(v); });
      if (item.sku == cause.example.sku && waits) {
        cause.example = item;
        break;
      }
    }
  }

  const LiveState& state_;
  const CauseFilter& filter_;
  const size_t sample_size_;
  // The causes of users with this outcome in this location.
  absl::flat_hash_map<std::pair<const Outcome*, Location>, std::vector<size_t>> known_;
  std::map<std::tuple<ViolationCode, std::string, std::string, std::string>, size_t> numbers_;
  std::vector<ViolationCause> causes_;
};

}  // namespace

std::vector<ViolationCause> CausesOf(const LiveState& state, const CauseFilter& filter,
                                     size_t sample_size) {
  return Causes(state, filter, sample_size).Find();
}

}  // namespace seatwise
