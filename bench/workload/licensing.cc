#include "bench/workload/licensing.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "bench/workload/catalog.h"
#include "bench/workload/timeline.h"
#include "bench/workload/weighted_picker.h"

namespace seatwise::workload {

namespace {

// Of a million.
constexpr uint32_t kDisabledInGroups = 300'000;
constexpr uint32_t kDisabledDirectly = 200'000;

int32_t PickPriority(Random& random) {
  constexpr int32_t kOthers[] = {-10, -1, 1, 5, 10, 100};
  return random.Chance(900'000) ? 0 : kOthers[random.Below(std::size(kOthers))];
}

std::vector<uint32_t> PickDisabled(const Catalog& catalog, const Sku& sku, Random& random) {
  std::vector<uint32_t> disabled;
  const uint32_t count = random.Between(1, 4);
  for (uint32_t i = 0; i < count; ++i) {
    disabled.push_back(sku.plans[random.Below(static_cast<uint32_t>(sku.plans.size()))]);
  }
  if (random.Chance(20'000)) {
    disabled.push_back(random.Below(static_cast<uint32_t>(catalog.plans.size())));
  }
  std::sort(disabled.begin(), disabled.end());
  disabled.erase(std::unique(disabled.begin(), disabled.end()), disabled.end());
  return disabled;
}

// Suites other than the one that all staff has, or add-ons where there are none.
class SkuPicker {
 public:
  explicit SkuPicker(uint32_t skus)
      : suites_(SuiteCount(skus)),
        suite_(ZipfWeights(suites_ - 2, 2)),
        add_on_(ZipfWeights(skus - suites_, 4)) {}

  uint32_t add_ons_begin() const { return suites_; }
  uint32_t Suite(Random& random) const { return 2 + suite_.Pick(random); }
  uint32_t AddOn(Random& random) const { return suites_ + add_on_.Pick(random); }

 private:
  uint32_t suites_;
  WeightedPicker suite_;
  WeightedPicker add_on_;
};

// `count` numbers of a range, evenly spread.
void Spread(GroupRange range, uint32_t count, std::vector<uint32_t>& chosen) {
  for (uint64_t i = 0; i < count; ++i) {
    chosen.push_back(range.begin + static_cast<uint32_t>(i * range.size() / count));
  }
}

// Circles by falling number of members, equal ones by number.
std::vector<uint32_t> CirclesBySize(const Layout& layout, const Roster& roster) {
  std::vector<uint32_t> circles(layout.teams.end - layout.communities.begin);
  std::iota(circles.begin(), circles.end(), layout.communities.begin);
  std::sort(circles.begin(), circles.end(), [&roster](uint32_t left, uint32_t right) {
    const uint64_t left_size = roster.SizeOf(left);
    const uint64_t right_size = roster.SizeOf(right);
    return left_size != right_size ? left_size > right_size : left < right;
  });
  return circles;
}

// `count` circles, evenly spread over a range of places.
std::vector<uint32_t> SpreadOver(const std::vector<uint32_t>& circles, GroupRange range,
                                 uint32_t count) {
  std::vector<uint32_t> chosen;
  Spread(range, count, chosen);
  for (uint32_t& place : chosen) place = circles[place];
  return chosen;
}

// Circles with about `members` members: those of a head of the list that is long enough, or, if
// even the whole list gives too many, of a tail that is short enough. The number of members falls
// along these ranges, which the search makes use of.
std::vector<uint32_t> ChooseCircles(const std::vector<uint32_t>& circles, uint32_t count,
                                    uint64_t members, const Roster& roster) {
  const auto all = static_cast<uint32_t>(circles.size());
  uint32_t low = 0;
  uint32_t high = 2 * (all - count);
  const auto range = [&](uint32_t step) {
    return GroupRange{step - std::min(step, all - count), std::min(count + step, all)};
  };
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    uint64_t sum = 0;
    for (uint32_t circle : SpreadOver(circles, range(middle), count)) sum += roster.SizeOf(circle);
    if (sum <= members) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return SpreadOver(circles, range(low), count);
}

// How many groups of each kind are licensed besides all staff.
struct Share {
  uint32_t divisions;
  uint32_t departments;
  uint32_t circles;
};

// Leaves the circles at least as many as the divisions and departments together; what they have no
// room for goes back to the departments and divisions.
Share ShareOut(uint32_t licensed, const Layout& layout) {
  const uint32_t others = licensed - 1;
  Share share;
  share.divisions = std::min(layout.divisions.size() / 4, others / 10);
  share.departments = std::min(layout.departments.size() * 3 / 5, others / 2 - share.divisions);
  share.circles = std::min(others - share.divisions - share.departments,
                           layout.teams.end - layout.communities.begin);
  share.departments = std::min(others - share.divisions - share.circles, layout.departments.size());
  share.divisions = others - share.departments - share.circles;
  return share;
}

// Adds assignments to one group after another, no SKU twice to the same.
class GroupAssigner {
 public:
  GroupAssigner(const Options& options, const Catalog& catalog)
      : catalog_(catalog), skus_(options.skus), random_(options.seed, Stream::kLicensing, 0) {}

  std::vector<Assignment> Take() { return std::move(assignments_); }

  void AssignToAllStaff() {
    for (uint32_t sku : {0u, 1u}) {
      Add(0, sku);
      assignments_.back().time = 0;
      assignments_.back().priority = 0;
    }
  }
  void AssignToDivision(uint32_t group) { Add(group, skus_.AddOn(random_)); }
  void AssignToDepartment(uint32_t group) {
    Add(group, skus_.Suite(random_));
    if (random_.Chance(150'000)) Add(group, skus_.AddOn(random_));
  }
  void AssignToCircle(uint32_t group) {
    Add(group, FirstOfCircle());
    const uint32_t dice = random_.Below(100);
    if (dice < 20) Add(group, skus_.AddOn(random_));
    if (dice < 5) Add(group, skus_.AddOn(random_));
  }

 private:
  // One add-on after the other, then any.
  uint32_t FirstOfCircle() {
    const uint32_t sku = skus_.add_ons_begin() + circles_++;
    if (sku < catalog_.skus.size()) return sku;
    return random_.Chance(100'000) ? skus_.Suite(random_) : skus_.AddOn(random_);
  }

  void Add(uint32_t group, uint32_t sku) {
    for (auto last = assignments_.rbegin(); last != assignments_.rend() && last->principal == group;
         ++last) {
      if (last->sku == sku) return;
    }
    assignments_.push_back(DrawAssignment(catalog_, group, sku, kDisabledInGroups, random_));
  }

  const Catalog& catalog_;
  SkuPicker skus_;
  Random random_;
  uint32_t circles_ = 0;
  std::vector<Assignment> assignments_;
};

}  // namespace

Assignment DrawAssignment(const Catalog& catalog, uint32_t principal, uint32_t sku,
                          uint32_t disabled_chance, Random& random) {
  Assignment assignment{principal, sku, PickPriority(random), PickTime(random, 0), {}};
  if (random.Chance(disabled_chance)) {
    assignment.disabled = PickDisabled(catalog, catalog.skus[sku], random);
  }
  return assignment;
}

std::vector<Assignment> AssignToGroups(const Options& options, const Layout& layout,
                                       const Roster& roster, const Catalog& catalog) {
  const Share share = ShareOut(options.licensed_groups, layout);
  std::vector<uint32_t> divisions, departments;
  Spread(layout.divisions, share.divisions, divisions);
  Spread(layout.departments, share.departments, departments);
  GroupAssigner assigner(options, catalog);
  assigner.AssignToAllStaff();
  for (uint32_t division : divisions) assigner.AssignToDivision(division);
  for (uint32_t department : departments) assigner.AssignToDepartment(department);
  const uint64_t members = options.users / 2;
  for (uint32_t circle :
       ChooseCircles(CirclesBySize(layout, roster), share.circles, members, roster)) {
    assigner.AssignToCircle(circle);
  }
  return assigner.Take();
}

std::vector<Assignment> AssignToUsers(const Options& options, const Catalog& catalog) {
  const SkuPicker skus(options.skus);
  std::vector<Assignment> assignments;
  for (uint32_t user = 0; user < options.users; ++user) {
    Random random(options.seed, Stream::kDirect, user);
    if (!random.Chance(10'000)) continue;
    const uint32_t sku = random.Chance(200'000) ? skus.Suite(random) : skus.AddOn(random);
    assignments.push_back(DrawAssignment(catalog, user, sku, kDisabledDirectly, random));
    const uint32_t second = skus.AddOn(random);
    if (second == sku || !random.Chance(100'000)) continue;
    assignments.push_back(DrawAssignment(catalog, user, second, kDisabledDirectly, random));
  }
  return assignments;
}

}  // namespace seatwise::workload
