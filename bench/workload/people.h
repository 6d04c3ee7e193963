// The users of a generated tenant: who they are, as far as the rest of the tenant depends on it.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "bench/workload/weighted_picker.h"

namespace seatwise::workload {

struct Person {
  uint32_t department;         // Below People::departments().
  absl::string_view location;  // Two letters; empty for 1 % of the users.
  uint32_t created;            // Seconds of the timeline; half of the users come in four waves.
  bool staff;                  // In the all-staff group: 97 %.
  bool guest;                  // Most of the others.
  bool enabled;                // 98 %.
};

// Draws each person from the seed and the user's number alone, so nobody needs to be remembered.
// Immutable after construction; any thread.
class People {
 public:
  // `departments` at least 1. Their sizes follow a Zipf law.
  People(uint64_t seed, uint32_t departments);

  uint32_t departments() const { return static_cast<uint32_t>(homes_.size()); }
  Person Of(uint32_t user) const;
  // The share of all users that department number d has, in arbitrary units.
  const std::vector<uint64_t>& department_weights() const { return weights_; }

 private:
  absl::string_view LocationOf(const Person& person, Random& random) const;

  uint64_t seed_;
  std::vector<uint64_t> weights_;
  WeightedPicker department_;
  WeightedPicker location_;
  std::vector<uint32_t> homes_;  // Where a department has most of its people.
};

// The locations in use, by falling number of users.
const std::vector<absl::string_view>& Locations();

}  // namespace seatwise::workload
