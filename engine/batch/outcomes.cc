// Order of work: grant to the classes that are answered for together; number the distinct (class,
// grants) pairs; licenses follow from the grants alone, consumed seats from the licenses, and only
// then, knowing which SKUs are full, the violations (K6 looks at the final state).
#include "engine/batch/outcomes.h"

#include <algorithm>
#include <numeric>

#include "absl/numeric/bits.h"
#include "engine/batch/key_table.h"
#include "engine/rules/license_maker.h"
#include "engine/rules/verdict.h"

namespace seatwise {
namespace {

constexpr OutcomeNo kNoOutcome = 0xffffffff;

// The grants of the classes of one part, end to end.
std::vector<uint64_t> GrantTogether(const ShapeTable& shapes, const TraitTable& traits,
                                    const Classes& classes, const Triage& triage, Shard shard) {
  EndlessSeats seats;
  Granting<ShapeTable, EndlessSeats> granting(shapes, traits, seats);
  std::vector<uint64_t> all;
  std::vector<uint64_t> granted;
  std::vector<uint32_t> order;
  for (size_t number = shard.begin; number < shard.end; ++number) {
    if (triage.handling[number] != Handling::kTogether) continue;
    const ClaimList list = classes.List(static_cast<ClassNo>(number));
    granted.assign(GrantWords(list.shapes.size()), 0);
    order.resize(list.shapes.size());
    std::iota(order.begin(), order.end(), 0);
    granting.Load(list, order, absl::MakeSpan(granted));
    for (size_t turn = 0; turn < order.size(); ++turn) granting.Offer(turn);
    all.insert(all.end(), granted.begin(), granted.end());
  }
  return all;
}

bool Waits(ViolationMask mask) { return Contains(mask, ViolationCode::kCount); }

bool AllGranted(absl::Span<const uint64_t> granted, size_t claims) {
  size_t count = 0;
  for (uint64_t word : granted) count += static_cast<size_t>(absl::popcount(word));
  return count == claims;
}

// A (class, grants) pair as words.
void MakeKey(ClassNo number, absl::Span<const uint64_t> granted, std::vector<uint32_t>& key) {
  key.assign(1, number);
  for (uint64_t word : granted) {
    key.push_back(static_cast<uint32_t>(word));
    key.push_back(static_cast<uint32_t>(word >> 32));
  }
}

}  // namespace

Outcomes::Outcomes(const ShapeTable& shapes, const TraitTable& traits, const Classes& classes,
                   const Triage& triage, const Singles& singles, Executor& executor)
    : shapes_(&shapes),
      base_sets_(shapes.columns().plan_sets.size()),
      unions_(shapes.catalog().words()) {
  outcome_of_.assign(classes.class_of.size(), kNoOutcome);
  first_word_.push_back(0);
  AddTogether(traits, classes, triage, executor);
  AddSingles(classes, singles);
  AddLicenses(classes, executor);
  CountConsumed(executor);
  JudgeItems(traits, classes, executor);
  CountWaiting(classes, executor);
}

OutcomeNo Outcomes::Add(ClassNo number, absl::Span<const uint64_t> granted) {
  class_of_.push_back(number);
  population_.push_back(0);
  granted_.insert(granted_.end(), granted.begin(), granted.end());
  first_word_.push_back(granted_.size());
  return static_cast<OutcomeNo>(class_of_.size() - 1);
}

void Outcomes::AddTogether(const TraitTable& traits, const Classes& classes, const Triage& triage,
                           Executor& executor) {
  std::vector<std::vector<uint64_t>> parts(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, classes.size(), [&](Shard shard) {
    parts[static_cast<size_t>(shard.index)] =
        GrantTogether(*shapes_, traits, classes, triage, shard);
  });
  std::vector<uint64_t> all;
  for (const std::vector<uint64_t>& part : parts) all.insert(all.end(), part.begin(), part.end());

  std::vector<OutcomeNo> outcome_of_class(classes.size(), kNoOutcome);
  size_t place = 0;
  for (ClassNo number = 0; number < classes.size(); ++number) {
    if (triage.handling[number] != Handling::kTogether) continue;
    const size_t words = GrantWords(classes.List(number).shapes.size());
    outcome_of_class[number] = Add(number, absl::MakeConstSpan(all).subspan(place, words));
    population_.back() = classes.population[number];
    place += words;
  }
  ParallelShards(executor, outcome_of_.size(), [&](Shard shard) {
    for (size_t user = shard.begin; user < shard.end; ++user) {
      outcome_of_[user] = outcome_of_class[classes.class_of[user]];
    }
  });
}

void Outcomes::AddSingles(const Classes& classes, const Singles& singles) {
  const OutcomeNo first = static_cast<OutcomeNo>(size());
  KeyTable table;
  std::vector<uint32_t> key;
  for (size_t single = 0; single < singles.size(); ++single) {
    const UserNo user = singles.user(single);
    const ClassNo number = classes.class_of[user];
    MakeKey(number, singles.granted(single), key);
    const size_t known = table.size();
    const uint32_t outcome = table.Intern(key);
    if (outcome == known) Add(number, singles.granted(single));
    outcome_of_[user] = first + outcome;
    ++population_[first + outcome];
  }
}

void Outcomes::AddLicenses(const Classes& classes, Executor& executor) {
  struct Part {
    std::vector<OutcomeLicense> licenses;
    PlanSetTable unions;  // Numbered by this part, from base_sets_ up.
  };
  std::vector<Part> parts(static_cast<size_t>(executor.threads()));
  first_license_.resize(size() + 1);
  ParallelShards(executor, size(), [&](Shard shard) {
    Part& part = parts[static_cast<size_t>(shard.index)];
    LicenseMaker<ShapeTable> maker(*shapes_);
    for (size_t outcome = shard.begin; outcome < shard.end; ++outcome) {
      const ClaimList list = classes.List(class_of_[outcome]);
      const auto drafts = maker.Make(list.shapes, granted(static_cast<OutcomeNo>(outcome)));
      first_license_[outcome + 1] = drafts.size();
      for (const LicenseDraft& draft : drafts) {
        const bool off = shapes_->catalog().supply(draft.sku).off();
        const size_t first_plans = draft.is_union ? base_sets_ : 0;
        OutcomeLicense& license = part.licenses.emplace_back();
        license.sku = draft.sku;
        license.state = StateOf(draft.held, draft.rejected, off);
        license.enabled_plans = static_cast<uint32_t>(first_plans + draft.enabled_plans);
      }
    }
    part.unions = maker.unions();
  });
  std::partial_sum(first_license_.begin(), first_license_.end(), first_license_.begin());
  licenses_.reserve(first_license_.back());
  for (Part& part : parts) {
    std::vector<uint32_t> number_of;
    for (uint32_t i = 0; i < part.unions.size(); ++i) {
      number_of.push_back(static_cast<uint32_t>(base_sets_) + unions_.Intern(part.unions[i]));
    }
    for (OutcomeLicense license : part.licenses) {
      if (license.enabled_plans >= base_sets_) {
        license.enabled_plans = number_of[license.enabled_plans - base_sets_];
      }
      licenses_.push_back(license);
    }
    part = Part();
  }
}

std::vector<int64_t> Outcomes::CountBySku(
    Executor& executor, absl::FunctionRef<void(OutcomeNo, absl::Span<int64_t>)> count) const {
  const size_t skus = shapes_->catalog().skus();
  std::vector<std::vector<int64_t>> parts(static_cast<size_t>(executor.threads()),
                                          std::vector<int64_t>(skus));
  ParallelShards(executor, size(), [&](Shard shard) {
    const absl::Span<int64_t> part = absl::MakeSpan(parts[static_cast<size_t>(shard.index)]);
    for (size_t outcome = shard.begin; outcome < shard.end; ++outcome) {
      count(static_cast<OutcomeNo>(outcome), part);
    }
  });
  std::vector<int64_t> sum(skus);
  for (const std::vector<int64_t>& part : parts) {
    for (SkuNo sku = 0; sku < skus; ++sku) sum[sku] += part[sku];
  }
  return sum;
}

void Outcomes::CountConsumed(Executor& executor) {
  consumed_ = CountBySku(executor, [&](OutcomeNo outcome, absl::Span<int64_t> consumed) {
    for (const OutcomeLicense& license : licenses(outcome)) {
      if (license.state != LicenseState::kError) consumed[license.sku] += population_[outcome];
    }
  });
}

void Outcomes::JudgeItems(const TraitTable& traits, const Classes& classes, Executor& executor) {
  const Catalog& catalog = shapes_->catalog();
  std::vector<char> full(catalog.skus());
  for (SkuNo sku = 0; sku < catalog.skus(); ++sku) {
    full[sku] = consumed_[sku] >= catalog.supply(sku).capacity() ? 1 : 0;
  }
  first_item_.resize(size() + 1);
  ParallelShards(executor, size(), [&](Shard shard) {
    for (size_t outcome = shard.begin; outcome < shard.end; ++outcome) {
      size_t items = 0;
      for (ShapeNo shape : classes.List(class_of_[outcome]).shapes) {
        items += (*shapes_)[shape].item_count;
      }
      first_item_[outcome + 1] = items;
    }
  });
  std::partial_sum(first_item_.begin(), first_item_.end(), first_item_.begin());
  items_.resize(first_item_.back());  // What is granted has no violations.
  ParallelShards(executor, size(), [&](Shard shard) {
    Judge<ShapeTable> judge(*shapes_, traits, full);
    for (size_t outcome = shard.begin; outcome < shard.end; ++outcome) {
      const ClaimList list = classes.List(class_of_[outcome]);
      const auto bits = granted(static_cast<OutcomeNo>(outcome));
      if (AllGranted(bits, list.shapes.size())) continue;
      const auto found = judge.Items(list, bits);
      std::copy(found.begin(), found.end(),
                items_.begin() + static_cast<std::ptrdiff_t>(first_item_[outcome]));
    }
  });
}

void Outcomes::CountWaiting(const Classes& classes, Executor& executor) {
  waiting_ = CountBySku(executor, [&](OutcomeNo outcome, absl::Span<int64_t> waiting) {
    const absl::Span<const ViolationMask> all = items(outcome);
    if (!std::any_of(all.begin(), all.end(), Waits)) return;
    std::vector<SkuNo> skus;
    const ViolationMask* mask = all.data();
    for (ShapeNo shape : classes.List(class_of_[outcome]).shapes) {
      for (const ShapeItem& item : shapes_->items(shape)) {
        if (Waits(*mask++)) skus.push_back(item.sku);
      }
    }
    std::sort(skus.begin(), skus.end());  // An outcome counts once for a SKU.
    skus.erase(std::unique(skus.begin(), skus.end()), skus.end());
    for (SkuNo sku : skus) waiting[sku] += population_[outcome];
  });
}

}  // namespace seatwise
