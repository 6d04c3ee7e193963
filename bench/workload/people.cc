#include "bench/workload/people.h"

#include "bench/workload/random.h"
#include "bench/workload/timeline.h"

namespace seatwise::workload {

namespace {

// Half of all users came with four migrations at the start, on Saturdays at 02:00.
uint32_t PickCreated(Random& random) {
  if (random.Chance(500'000)) return (6 + 7 * random.Below(4)) * kDaySeconds + 2 * 3600;
  return PickTime(random, 0);
}

std::vector<uint32_t> PickHomes(uint64_t seed, uint32_t departments,
                                const WeightedPicker& location) {
  Random random(seed, Stream::kStructure, 1);
  std::vector<uint32_t> homes;
  for (uint32_t i = 0; i < departments; ++i) homes.push_back(location.Pick(random));
  return homes;
}

}  // namespace

const std::vector<absl::string_view>& Locations() {
  static const auto* const kLocations = new std::vector<absl::string_view>{
      "US", "DE", "IN", "GB", "FR", "BR", "JP", "CA", "ES", "IT", "PL", "NL", "AU", "MX", "CH",
      "SE", "AT", "BE", "SG", "ZA", "CZ", "DK", "NO", "PT", "KR", "AE", "CN", "EG", "VN", "NZ"};
  return *kLocations;
}

People::People(uint64_t seed, uint32_t departments)
    : seed_(seed),
      weights_(ZipfWeights(departments, 6)),
      department_(weights_),
      location_(ZipfWeights(Locations().size(), 2)),
      homes_(PickHomes(seed, departments, location_)) {}

Person People::Of(uint32_t user) const {
  Random random(seed_, Stream::kPerson, user);
  Person person;
  person.department = department_.Pick(random);
  person.created = PickCreated(random);
  person.staff = random.Chance(970'000);
  person.guest = !person.staff && random.Chance(800'000);
  person.enabled = random.Chance(980'000);
  person.location = LocationOf(person, random);
  return person;
}

absl::string_view People::LocationOf(const Person& person, Random& random) const {
  if (random.Chance(10'000)) return "";
  const bool at_home = random.Chance(850'000);
  return Locations()[at_home ? homes_[person.department] : location_.Pick(random)];
}

}  // namespace seatwise::workload
