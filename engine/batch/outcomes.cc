// Order of work: take over what became of the classes that are answered for together; number the
// distinct (class, grants) pairs of other users; licenses follow from the grants alone, consumed
// seats from the licenses, and only then, knowing which SKUs are full, the violations (K6 looks at
// the final state).
#include "engine/batch/outcomes.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/batch/key_table.h"
#include "engine/batch/merged_keys.h"
#include "engine/rules/verdict.h"

namespace seatwise {
namespace {

constexpr OutcomeNo kNoOutcome = 0xffffffff;

bool Waits(ViolationMask mask) { return Contains(mask, ViolationCode::kCount); }

// The grants of a user as words, in the key of a (class, grants) pair: the class is its head.
void ToWords(absl::Span<const uint64_t> granted, std::vector<uint32_t>& words) {
  words.clear();
  for (uint64_t word : granted) {
    words.push_back(static_cast<uint32_t>(word));
    words.push_back(static_cast<uint32_t>(word >> 32));
  }
}
uint64_t GrantedWord(const Key& key, size_t word) {
  return key.words[2 * word] | uint64_t{key.words[2 * word + 1]} << 32;
}

}  // namespace

Outcomes::Outcomes(const ShapeTable& shapes, const TraitTable& traits, Classes& classes,
                   const Singles& singles, Together together, Executor& executor)
    : shapes_(&shapes),
      outcome_of_(std::move(classes.class_of)),
      class_of_(std::move(together.class_of)),
      first_word_(std::move(together.first_word)),
      granted_(std::move(together.granted)),
      licenses_(std::move(together.licenses)) {
  const size_t full_parts = class_of_.size() / licenses_.part_size();
  AddTogether(classes, executor);
  AddSingles(singles, executor);
  AddLicenses(classes, full_parts, executor);
  CountConsumed(executor);
  JudgeItems(traits, classes, executor);
  CountWaiting(classes, executor);
}

// What stands in outcome_of_ is a class still. It stays for users who are not answered for
// together.
void Outcomes::AddTogether(const Classes& classes, Executor& executor) {
  std::vector<OutcomeNo> outcome_of_class(classes.size(), kNoOutcome);
  population_.resize(class_of_.size());
  for (OutcomeNo outcome = 0; outcome < size(); ++outcome) {
    outcome_of_class[class_of_[outcome]] = outcome;
    population_[outcome] = classes.population[class_of_[outcome]];
  }
  ParallelShards(executor, outcome_of_.size(), [&](Shard shard) {
    for (size_t user = shard.begin; user < shard.end; ++user) {
      const OutcomeNo outcome = outcome_of_class[outcome_of_[user]];
      outcome_of_[user] = outcome == kNoOutcome ? outcome_of_[user] : outcome;
    }
  });
}

void Outcomes::AddSingles(const Singles& singles, Executor& executor) {
  std::vector<KeyTable> tables(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, singles.size(), [&](Shard shard) {
    KeyTable table;
    std::vector<uint32_t> words;
    for (size_t single = shard.begin; single < shard.end; ++single) {
      uint32_t& place = outcome_of_[singles.user(single)];
      ToWords(singles.granted(single), words);
      place = table.Intern({.head = place, .words = words});
    }
    tables[static_cast<size_t>(shard.index)] = std::move(table);
  });
  const MergedKeys keys(std::move(tables), executor);
  const auto first = static_cast<OutcomeNo>(size());
  ParallelShards(executor, singles.size(), [&](Shard shard) {
    const absl::Span<const uint32_t> numbers = keys.NumbersOf(static_cast<size_t>(shard.index));
    for (size_t single = shard.begin; single < shard.end; ++single) {
      OutcomeNo& outcome = outcome_of_[singles.user(single)];
      outcome = first + numbers[outcome];
    }
  });

  size_t words = granted_.size();
  for (uint32_t number = 0; number < keys.size(); ++number) words += keys[number].words.size() / 2;
  granted_.reserve(words);
  class_of_.reserve(first + keys.size());
  first_word_.reserve(first + keys.size() + 1);
  population_.reserve(first + keys.size());
  for (uint32_t number = 0; number < keys.size(); ++number) {
    const Key key = keys[number];
    class_of_.push_back(static_cast<ClassNo>(key.head));
    population_.push_back(keys.times(number));
    for (size_t word = 0; word < key.words.size() / 2; ++word)
      granted_.push_back(GrantedWord(key, word));
    first_word_.push_back(granted_.size());
  }
}

void Outcomes::AddLicenses(const Classes& classes, size_t full_parts, Executor& executor) {
  const size_t parts = licenses_.PartsOf(size());
  licenses_.Resize(parts);
  executor.Run(static_cast<int>(parts - full_parts), [&](int i) {
    const size_t begin = (full_parts + static_cast<size_t>(i)) * licenses_.part_size();
    const size_t end = std::min(begin + licenses_.part_size(), size());
    licenses_.Make(begin, end, [&](size_t outcome) {
      return LicenseParts::Source{.claims = classes.List(class_of_[outcome]).shapes,
                                  .granted = granted(static_cast<OutcomeNo>(outcome))};
    });
  });
  licenses_.Finish(executor);
}

std::vector<int64_t> Outcomes::CountBySku(
    Executor& executor, absl::FunctionRef<void(OutcomeNo, absl::Span<int64_t>)> count) const {
  const size_t skus = shapes_->catalog().skus();
  std::vector<std::vector<int64_t>> parts(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, size(), [&](Shard shard) {
    std::vector<int64_t> part(skus);
    for (size_t outcome = shard.begin; outcome < shard.end; ++outcome) {
      count(static_cast<OutcomeNo>(outcome), absl::MakeSpan(part));
    }
    parts[static_cast<size_t>(shard.index)] = std::move(part);
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
    Judge<ShapeTable> judge(*shapes_, traits, &full);
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
