#include "bench/workload/designs.h"

#include "bench/workload/flat_designs.h"
#include "bench/workload/nested_designs.h"
#include "bench/workload/organisation.h"
#include "bench/workload/realistic_design.h"

namespace seatwise::workload {

std::unique_ptr<Design> MakeDesign(const Options& options, const People& people) {
  switch (options.shape) {
    case Shape::kRealistic:
    case Shape::kAllContended:
    case Shape::kSharedAddress:
      break;
    case Shape::kOneGroup:
      return std::make_unique<OneGroup>(options);
    case Shape::kAllDifferent:
      return std::make_unique<AllDifferent>(options);
    case Shape::kManyAssignments:
      return std::make_unique<ManyAssignments>(options);
    case Shape::kDeepNesting:
      return std::make_unique<DeepNesting>(options);
    case Shape::kWideDiamonds:
      return std::make_unique<WideDiamonds>(options);
    case Shape::kHealingChains:
      return std::make_unique<HealingChains>(options);
  }
  return std::make_unique<RealisticDesign>(options, people);
}

uint32_t DepartmentCount(const Options& options) {
  constexpr uint32_t kOfAnyShape = 20;
  return IsOrganised(options.shape) ? Layout(options.groups).departments.size() : kOfAnyShape;
}

}  // namespace seatwise::workload
