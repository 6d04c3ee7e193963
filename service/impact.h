// What a change does to what users have, as messages: sums for people, and all rows in parts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/plan/impact.h"
#include "seatwise/v1/impact.pb.h"
#include "service/commit.h"

namespace seatwise {

// The limit of the removal guard where a request names none, in percent (R3).
inline constexpr int32_t kRemovalLimit = 10;

// How many licenses and claim items are shown one by one: the default for 0. OUT_OF_RANGE unless
// `sample_size` is from 0 to 1,000.
absl::StatusOr<size_t> SampleSizeOf(int32_t sample_size);

// The field max_removed_percent of a request; nothing if it is absent. OUT_OF_RANGE unless it is
// from 0 to 100.
absl::StatusOr<std::optional<int32_t>> CheckRemovalLimit(std::optional<int32_t> percent);
template <typename Request>
absl::StatusOr<std::optional<int32_t>> RemovalLimitOf(const Request& request) {
  return CheckRemovalLimit(request.has_max_removed_percent()
                               ? std::optional<int32_t>(request.max_removed_percent())
                               : std::nullopt);
}

// The effect of a commit that is done or was tried, and not a replay. Takes the time of a look at
// each user that differs and each SKU.
std::shared_ptr<const Impact> ImpactOf(const CommitResult& result);

// As a message; `limit` is that of the removal guard.
v1::Impact ToProto(const Impact& impact, size_t sample_size, int32_t limit);

// Calls visit(rows) until all rows were in a message of about `bytes`, or it answers false: false
// then. Makes no more than one message at a time.
bool ForEachRows(const Impact& impact, size_t bytes,
                 absl::FunctionRef<bool(const v1::ImpactRows&)> visit);

}  // namespace seatwise
