// The groups of a realistic tenant and who is in them.
//
//   all staff        97 % of the users
//   division         departments                               (level 1)
//   department       its people, a fifth of its teams          (level 2)
//   community        people of all departments; the largest groups after all staff
//   team             people of its home department, and a few others (level 3)
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "bench/workload/membership_curve.h"
#include "bench/workload/options.h"
#include "bench/workload/people.h"
#include "bench/workload/tenant.h"
#include "bench/workload/weighted_picker.h"

namespace seatwise::workload {

// Numbers of groups of a kind follow one another.
struct GroupRange {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool contains(uint32_t group) const { return begin <= group && group < end; }
};

// How many groups of each kind there are. Group 0 is all staff.
struct Layout {
  explicit Layout(uint32_t groups);  // At least 10.

  GroupRange divisions;
  GroupRange departments;
  GroupRange communities;
  GroupRange teams;  // By falling size, after the communities.
};

class Organisation final : public JoinSource {
 public:
  // `options` as Resolve() makes them; `people` has a department for each of the layout and
  // outlives this object.
  Organisation(const Options& options, const People& people);

  const Layout& layout() const { return layout_; }
  // Groups that are members of groups; empty unless options.nested.
  const std::vector<Nesting>& nestings() const { return nestings_; }

  absl::Span<const Join> JoinsOf(uint32_t user) override;

 private:
  // The teams of a department and how to draw one.
  struct Home {
    std::vector<uint32_t> teams;
    std::optional<WeightedPicker> pick;
  };

  void PickHomes();
  void NestDepartments();
  void NestTeams();
  void AddCycles();

  bool HasJoined(uint32_t group) const;
  void JoinGroup(uint32_t group, uint32_t from, Random& random);
  void JoinAnotherGroup(const Person& person, Random& random);
  uint32_t PickCircle(uint32_t department, Random& random) const;

  const Options options_;
  const People& people_;
  const Layout layout_;
  const std::vector<uint64_t> weights_;  // Of communities, then teams.
  WeightedPicker community_;
  WeightedPicker team_;
  std::vector<Home> homes_;
  std::vector<Nesting> nestings_;
  std::optional<MembershipCurve> curve_;
  std::vector<Join> joins_;  // Of the user asked for last.
};

}  // namespace seatwise::workload
