// What a step of a scenario states, and how a statement is read; scenario.h describes its form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "tests/golden/words.h"

namespace seatwise::golden {

// `Count`, `Count(place 1)`.
struct ExpectedViolation {
  ViolationCode code = ViolationCode::kOther;
  std::optional<std::string> details;  // As describe.h writes them; nullopt: not stated.
};

// What one rejected claim reports for a SKU.
struct ExpectedRejection {
  std::vector<ExpectedViolation> violations;  // All of them, in display order.
  std::optional<std::string> source;          // nullopt: the only rejected claim.
};

// `E3 Error Count(place 1) by staff and Dependency by board`.
struct ExpectedLicense {
  SkuId sku;
  LicenseState state = LicenseState::kError;
  std::optional<PlanIdSet> plans;  // nullopt: not stated.
  std::vector<ExpectedRejection> rejections;
};

// All licenses of a user, by SKU.
struct ExpectedUser {
  UserId user;
  std::vector<ExpectedLicense> licenses;
};

// O4.
struct ExpectedUse {
  UserId user;
  PlanIdSet plans;
};

// The seats of a SKU; all that is not optional must be as it stands here.
struct ExpectedSeats {
  SkuId sku;
  int64_t consumed = 0;
  int64_t capacity = 0;
  bool off = false;
  int64_t waiting = 0;
  int64_t overrun = 0;
  std::optional<int64_t> usable;
  std::optional<int64_t> parked;
  std::optional<int64_t> available;
};

// How a group fares; nullopt: it is not licensed.
struct ExpectedGroup {
  GroupId group;
  std::optional<GroupStatus> status;
};

// The step leaves all that is derived as it was.
struct NothingChanges {};

// One statement.
struct Expectation {
  int line = 0;
  std::string text;  // As it stands in the file.
  std::variant<ExpectedUser, ExpectedUse, ExpectedSeats, ExpectedGroup, NothingChanges> what;
};

// Whether this is a statement of what follows, and not a fact.
bool IsExpectation(absl::string_view statement);

// Reads one statement to its end; mistakes are reported through `words`.
Expectation ReadExpectation(Words& words);

}  // namespace seatwise::golden
