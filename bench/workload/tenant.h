// A generated tenant in memory, before it is written: numbers instead of ids. Users, groups, SKUs
// and plans are numbered from 0; times are seconds of the timeline.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace seatwise::workload {

// A direct membership of a user.
struct Join {
  uint32_t group;
  uint32_t time;
};

// Whose groups are drawn from the seed again each time they are asked for: remembering 50 M of them
// would cost more memory than drawing them costs time.
class JoinSource {
 public:
  virtual ~JoinSource() = default;

  // The direct memberships of a user, at least one, no group twice, the same at every call. Valid
  // until the next call; one thread at a time.
  virtual absl::Span<const Join> JoinsOf(uint32_t user) = 0;
};

// `member`, a group, is a member of `group`.
struct Nesting {
  uint32_t group;
  uint32_t member;
  uint32_t time;
};

struct Plan {
  bool company = false;  // applies_to Company.
  bool unique_address = false;
  bool retains_data = false;
};

inline constexpr int64_t kUnlimited = -1;

struct Sku {
  std::vector<uint32_t> plans;  // Ascending.
  int64_t overage = 0;          // Or kUnlimited.
};

struct Requirement {
  uint32_t plan;
  std::vector<uint32_t> any_of;
};

struct Prohibition {
  uint32_t plan;
  absl::string_view location;
};

struct Catalog {
  std::vector<Plan> plans;
  std::vector<Sku> skus;
  std::vector<std::pair<uint32_t, uint32_t>> conflicts;
  std::vector<Requirement> requirements;
  std::vector<Prohibition> prohibitions;
};

struct Assignment {
  uint32_t principal;  // A user or a group, depending on the list it is in.
  uint32_t sku;
  int32_t priority;
  uint32_t time;
  std::vector<uint32_t> disabled;  // Plans, ascending.
};

struct Assignments {
  std::vector<Assignment> to_groups;
  std::vector<Assignment> to_users;  // By user ascending.
};

enum class SubscriptionStatus { kEnabled, kWarning, kSuspended, kLockedOut, kDeleted };

struct Subscription {
  uint32_t sku;
  int64_t units;
  SubscriptionStatus status = SubscriptionStatus::kEnabled;
  bool self_service = false;
};

}  // namespace seatwise::workload
