// The licenses of all outcomes, made in parts by many threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "base/executor.h"
#include "engine/model/derived_view.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/granting.h"
#include "engine/rules/shapes.h"

namespace seatwise {

// One SKU of an outcome. 8 bytes: there are more of them than of anything else.
struct OutcomeLicense {
  SkuNo sku : 29 = 0;
  LicenseState state : 3 = LicenseState::kError;
  uint32_t enabled_plans = 0;  // A number for LicenseParts::PlanSet.
};
static_assert(sizeof(OutcomeLicense) == 8);

// Part p holds outcomes p * part_size() to (p + 1) * part_size() - 1, the last one what is left.
class LicenseParts {
 public:
  // What an outcome's licenses follow from.
  struct Source {
    absl::Span<const ShapeNo> claims;
    absl::Span<const uint64_t> granted;
  };

  // For at least `outcomes`: their number decides how large parts are.
  LicenseParts(const ShapeTable& shapes, size_t outcomes);

  size_t part_size() const { return size_t{1} << size_bits_; }
  size_t PartsOf(size_t outcomes) const { return (outcomes + part_size() - 1) >> size_bits_; }
  // Makes room for that many parts; those that are made stay.
  void Resize(size_t parts) { parts_.resize(parts); }
  // Makes the licenses of outcomes `begin` to `end` - 1, those of one part. Parts may be made at
  // the same time.
  void Make(size_t begin, size_t end, absl::FunctionRef<Source(size_t)> source_of);
  // Numbers plan sets, once all parts are made. The numbers do not depend on who made which.
  void Finish(Executor& executor);

  // Ascending by SKU. After Finish.
  absl::Span<const OutcomeLicense> operator[](size_t outcome) const {
    const Part& part = parts_[outcome >> size_bits_];
    const size_t i = outcome & (part_size() - 1);
    return absl::MakeConstSpan(part.licenses)
        .subspan(part.first[i], part.first[i + 1] - part.first[i]);
  }

  // Sets 0 to plan_sets() - 1; the first are those of Columns::plan_sets.
  uint32_t plan_sets() const { return static_cast<uint32_t>(base_sets_ + unions_.size()); }
  PlanBits PlanSet(uint32_t number) const {
    return number < base_sets_ ? shapes_->columns().plan_sets[number]
                               : unions_[static_cast<uint32_t>(number - base_sets_)];
  }

 private:
  struct Part {
    std::vector<uint32_t> first;  // By outcome of the part, and one past the end.
    std::vector<OutcomeLicense> licenses;
    PlanSetTable unions;  // Until Finish: numbered by this part, from base_sets_ up.
  };

  const ShapeTable* shapes_;
  int size_bits_;
  size_t base_sets_;
  std::vector<Part> parts_;
  PlanSetTable unions_;
};

}  // namespace seatwise
