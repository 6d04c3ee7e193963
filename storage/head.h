// Where a tenant stands: the one record that every commit replaces.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/time.h"
#include "engine/model/fact_key.h"
#include "engine/model/numbers.h"

namespace seatwise {

// The state of a tenant that nothing was ever committed to is the default.
struct Head {
  uint64_t revision = 0;  // L1.
  Time commit_time = kMinTime;
  NextNumbers next;
  std::array<uint64_t, kFactKinds> counts = {1};  // Facts by kind: settings are always there.
  uint32_t rule_version = 0;                      // CommitMeta::rule_version; 0: never said.

  friend bool operator==(const Head&, const Head&) = default;
};

// As a stored value. Reading fails as DecodeMessage does.
std::string EncodeHead(const Head& head);
absl::StatusOr<Head> DecodeHead(absl::string_view value);

}  // namespace seatwise
