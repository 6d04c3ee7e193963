// Canonical lower-case GUIDs (version 4) as ids of the things in a generated tenant.
#pragma once

#include <array>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace seatwise::workload {

enum class GuidKind : uint64_t { kUser = 1, kGroup, kSku, kPlan, kSubscription };

// 8-4-4-4-12 hexadecimal digits.
struct Guid {
  std::array<char, 36> text;

  absl::string_view view() const { return {text.data(), text.size()}; }
};

// The id of thing number `index` (below 2^62) of a kind. Different numbers of one kind always get
// different ids, whose byte order has nothing to do with the order of the numbers.
Guid MakeGuid(uint64_t seed, GuidKind kind, uint64_t index);

}  // namespace seatwise::workload
