#include "engine/plan/likely_location.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/live_parts.h"

namespace seatwise {
namespace {

constexpr size_t kMostGroups = 8;
constexpr size_t kMostUsersEach = 64;
constexpr size_t kMostLocations = 3;

// How many of the users looked at have which location of their own.
class Counts {
 public:
  explicit Counts(const LiveFacts& facts) : facts_(facts) {}

  // Answers false once so many have been looked at.
  bool Add(uint32_t user, size_t most) {
    const Location location = facts_.users[user]->usage_location();
    if (!location.empty()) ++counts_[location];
    return ++looked_at_ < most;
  }
  void StartAnew() { looked_at_ = 0; }

  std::vector<Location> MostFrequent() const {
    std::vector<std::pair<size_t, Location>> by_count;
    for (const auto& [location, count] : counts_) by_count.emplace_back(count, location);
    std::stable_sort(by_count.begin(), by_count.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Location> locations;
    for (size_t i = 0; i < std::min(by_count.size(), kMostLocations); ++i) {
      locations.push_back(by_count[i].second);
    }
    return locations;
  }

 private:
  const LiveFacts& facts_;
  size_t looked_at_ = 0;
  std::map<Location, size_t> counts_;
};

}  // namespace

std::vector<Location> LikelyLocations(const LiveState& state, uint32_t user) {
  const LiveFacts& facts = state.parts().facts;
  Counts counts(facts);
  const absl::Span<const uint32_t> groups = facts.users[user]->groups();
  for (const uint32_t group : groups.subspan(0, std::min(groups.size(), kMostGroups))) {
    counts.StartAnew();
    state.ForEachDirectMember(group,
                              [&](uint32_t member) { return counts.Add(member, kMostUsersEach); });
  }
  std::vector<Location> locations = counts.MostFrequent();
  if (locations.empty()) {
    counts.StartAnew();
    state.ForEachUserFrom("", [&](uint32_t other, absl::string_view) {
      return counts.Add(other, kMostUsersEach * kMostGroups);
    });
    locations = counts.MostFrequent();
  }
  if (locations.empty()) locations.push_back(*Location::Parse("US"));
  return locations;
}

}  // namespace seatwise
