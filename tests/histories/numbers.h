// Which number each user and group of a tenant has, by the rule of engine/model/numbers.h. Test
// only.
#pragma once

#include <cstdint>
#include <map>

#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/numbers.h"
#include "engine/model/validated_change_set.h"

namespace seatwise::histories {

// The numbers of what exists.
struct Numbers {
  std::map<UserId, uint32_t> users;
  std::map<GroupId, uint32_t> groups;
  NextNumbers next;

  // Numbers what the changes bring, forgets what they take away.
  void Apply(const ValidatedChangeSet& changes);

  friend bool operator==(const Numbers&, const Numbers&) = default;
};

// Numbers as a tenant with a past may have them: in any order, with gaps. The same for the same
// seed.
Numbers AnyNumbers(const Facts& facts, uint64_t seed);

}  // namespace seatwise::histories
