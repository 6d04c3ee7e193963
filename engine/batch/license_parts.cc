#include "engine/batch/license_parts.h"

#include <algorithm>
#include <utility>

#include "absl/numeric/bits.h"
#include "engine/rules/license_maker.h"

namespace seatwise {

namespace {

// Parts are small enough to be copied within the second cache, and enough for many threads.
int SizeBitsFor(size_t outcomes) {
  constexpr int kFewest = 6, kMost = 12;
  constexpr size_t kParts = 16;
  return std::clamp(static_cast<int>(absl::bit_width(outcomes / kParts)) - 1, kFewest, kMost);
}

}  // namespace

LicenseParts::LicenseParts(const ShapeTable& shapes, size_t outcomes)
    : shapes_(&shapes),
      size_bits_(SizeBitsFor(outcomes)),
      base_sets_(shapes.columns().plan_sets.size()),
      unions_(shapes.catalog().words()) {}

void LicenseParts::Make(size_t begin, size_t end, absl::FunctionRef<Source(size_t)> source_of) {
  Part part;
  LicenseMaker<ShapeTable> maker(*shapes_);
  std::vector<OutcomeLicense> licenses;  // Grows, unlike what is kept.
  part.first.reserve(end - begin + 1);
  part.first.push_back(0);
  for (size_t outcome = begin; outcome < end; ++outcome) {
    const Source source = source_of(outcome);
    for (const LicenseDraft& draft : maker.Make(source.claims, source.granted)) {
      const bool off = shapes_->catalog().supply(draft.sku).off();
      const size_t first_plans = draft.is_union ? base_sets_ : 0;
      OutcomeLicense& license = licenses.emplace_back();
      license.sku = draft.sku;
      license.state = StateOf(draft.held, draft.rejected, off);
      license.enabled_plans = static_cast<uint32_t>(first_plans + draft.enabled_plans);
    }
    part.first.push_back(static_cast<uint32_t>(licenses.size()));
  }
  part.licenses.assign(licenses.begin(), licenses.end());
  part.unions = maker.unions();
  parts_[begin >> size_bits_] = std::move(part);
}

void LicenseParts::Finish(Executor& executor) {
  std::vector<std::vector<uint32_t>> numbers(parts_.size());  // By part, of its own unions.
  for (size_t i = 0; i < parts_.size(); ++i) {
    PlanSetTable& own = parts_[i].unions;
    for (uint32_t set = 0; set < own.size(); ++set) {
      numbers[i].push_back(static_cast<uint32_t>(base_sets_) + unions_.Intern(own[set]));
    }
    own = PlanSetTable();
  }
  executor.Run(static_cast<int>(parts_.size()), [&](int i) {
    const std::vector<uint32_t>& number_of = numbers[static_cast<size_t>(i)];
    for (OutcomeLicense& license : parts_[static_cast<size_t>(i)].licenses) {
      if (license.enabled_plans < base_sets_) continue;
      license.enabled_plans = number_of[license.enabled_plans - base_sets_];
    }
  });
}

}  // namespace seatwise
