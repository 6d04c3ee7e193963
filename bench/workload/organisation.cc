// A user draws the number of memberships first, then joins all staff and the department, then
// communities and teams until the number is reached. Sizes of teams follow from their weights.
#include "bench/workload/organisation.h"

#include <algorithm>

#include "bench/workload/random.h"
#include "bench/workload/timeline.h"

namespace seatwise::workload {

namespace {

constexpr uint32_t kAllStaff = 0;

// One circle in fifty is open to all departments.
constexpr uint32_t kTeamsPerCommunity = 50;

// How flat the head of the Zipf law is: the largest community has about 3 % of the users of L.
constexpr uint32_t kFlatHead = 30;

uint32_t SquareRoot(uint32_t value) {
  uint32_t root = 1;
  while ((root + 1) * (root + 1) <= value) ++root;
  return root;
}

}  // namespace

// A department for each hundred groups, and fewer divisions than departments.
Layout::Layout(uint32_t groups) {
  const uint32_t department_count = std::max(groups / 100, 2u);
  divisions = {1, 1 + SquareRoot(department_count)};
  departments = {divisions.end, divisions.end + department_count};
  const uint32_t circles = groups - departments.end;
  communities = {departments.end, departments.end + std::max(circles / kTeamsPerCommunity, 1u)};
  teams = {communities.end, groups};
}

Organisation::Organisation(const Options& options, const People& people)
    : options_(options),
      people_(people),
      layout_(options.groups),
      weights_(ZipfWeights(layout_.communities.size() + layout_.teams.size(), kFlatHead)),
      community_(absl::MakeConstSpan(weights_).first(layout_.communities.size())),
      team_(absl::MakeConstSpan(weights_).subspan(layout_.communities.size())),
      homes_(layout_.departments.size()) {
  PickHomes();
  if (options_.nested) {
    NestDepartments();
    NestTeams();
    AddCycles();
  }
  const uint32_t most = std::max<uint32_t>(weights_.size() / 2, 1);
  curve_.emplace(options_.memberships - nestings_.size(), options_.users, most);
}

void Organisation::PickHomes() {
  Random random(options_.seed, Stream::kStructure, 2);
  const WeightedPicker department(people_.department_weights());
  std::vector<std::vector<uint64_t>> shares(homes_.size());
  for (uint32_t team = layout_.teams.begin; team < layout_.teams.end; ++team) {
    const uint32_t home = department.Pick(random);
    homes_[home].teams.push_back(team);
    shares[home].push_back(weights_[team - layout_.communities.begin]);
  }
  for (size_t i = 0; i < homes_.size(); ++i) {
    if (!homes_[i].teams.empty()) homes_[i].pick.emplace(shares[i]);
  }
}

void Organisation::NestDepartments() {
  Random random(options_.seed, Stream::kNesting, 0);
  for (uint32_t i = 0; i < layout_.departments.size(); ++i) {
    const uint32_t division = layout_.divisions.begin + i % layout_.divisions.size();
    nestings_.push_back({division, layout_.departments.begin + i, PickTime(random, 0)});
  }
}

void Organisation::NestTeams() {
  Random random(options_.seed, Stream::kNesting, 1);
  for (uint32_t i = 0; i < homes_.size(); ++i) {
    for (uint32_t team : homes_[i].teams) {
      if (!random.Chance(200'000)) continue;
      nestings_.push_back({layout_.departments.begin + i, team, PickTime(random, 0)});
    }
  }
}

// Some nested teams contain the department that contains them, and some communities form a ring of
// three. Small teams and small communities, so that no licence reaches half of the tenant this way.
void Organisation::AddCycles() {
  Random random(options_.seed, Stream::kNesting, 2);
  const uint32_t cycles = 1 + options_.groups / 20'000;
  for (uint32_t i = 0; i < cycles && i < homes_.size(); ++i) {
    const uint32_t department = layout_.departments.end - 1 - i;
    const auto nested =
        std::find_if(nestings_.rbegin(), nestings_.rend(), [&](const Nesting& nesting) {
          return nesting.group == department && layout_.teams.contains(nesting.member);
        });
    if (nested == nestings_.rend()) continue;
    nestings_.push_back({nested->member, department, PickTime(random, 0)});
  }
  for (uint32_t i = 0; i < cycles && 3 * (i + 1) <= layout_.communities.size(); ++i) {
    const uint32_t first = layout_.communities.end - 3 * (i + 1);
    for (uint32_t step = 0; step < 3; ++step) {
      nestings_.push_back({first + step, first + (step + 1) % 3, PickTime(random, 0)});
    }
  }
}

absl::Span<const Join> Organisation::JoinsOf(uint32_t user) {
  joins_.clear();
  const Person person = people_.Of(user);
  Random random(options_.seed, Stream::kJoins, user);
  const uint32_t count = curve_->Pick(random);
  // Most join the staff the moment they are created, the others with a nightly job or later.
  if (person.staff && random.Chance(800'000)) joins_.push_back({kAllStaff, person.created});
  if (person.staff && joins_.empty()) JoinGroup(kAllStaff, person.created, random);
  if (!person.guest && joins_.size() < count) {
    JoinGroup(layout_.departments.begin + person.department, person.created, random);
  }
  while (joins_.size() < count) JoinAnotherGroup(person, random);
  return joins_;
}

bool Organisation::HasJoined(uint32_t group) const {
  return std::any_of(joins_.begin(), joins_.end(),
                     [group](const Join& join) { return join.group == group; });
}

void Organisation::JoinGroup(uint32_t group, uint32_t from, Random& random) {
  joins_.push_back({group, PickTime(random, from)});
}

// Draws again where the user is in already; who is in nearly all of a small department's teams
// takes the next circle that is left.
void Organisation::JoinAnotherGroup(const Person& person, Random& random) {
  uint32_t circle = PickCircle(person.department, random);
  for (int tries = 0; tries < 16 && HasJoined(circle); ++tries) {
    circle = PickCircle(person.department, random);
  }
  while (HasJoined(circle)) {
    circle = circle + 1 < layout_.teams.end ? circle + 1 : layout_.communities.begin;
  }
  JoinGroup(circle, person.created, random);
}

uint32_t Organisation::PickCircle(uint32_t department, Random& random) const {
  const uint32_t dice = random.Below(100);
  if (dice < 25) return layout_.communities.begin + community_.Pick(random);
  const Home& home = homes_[department];
  if (dice < 90 && home.pick.has_value()) return home.teams[home.pick->Pick(random)];
  return layout_.teams.begin + team_.Pick(random);
}

}  // namespace seatwise::workload
