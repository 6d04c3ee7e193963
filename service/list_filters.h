// Filters that lists have in common: ids of a request as numbers of a live state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"
#include "engine/model/facts_view.h"

namespace seatwise {

// Nothing for an empty id; NOT_FOUND with its name in `tenant` if there is none.
absl::StatusOr<std::optional<SkuNo>> SkuFilter(const LiveState& live, absl::string_view tenant,
                                               const std::string& sku_id);
absl::StatusOr<std::optional<uint32_t>> GroupFilter(const LiveState& live, absl::string_view tenant,
                                                    const std::string& group_id);

// Puts the names of a user, read from the facts, into a row that has fields for them.
template <typename Row>
absl::Status AddUserNames(const FactsView& facts, absl::string_view id, Row& row) {
  absl::StatusOr<std::optional<Fact>> user = facts.Find(UserId(id));
  if (!user.ok()) return user.status();
  if (!*user) return absl::OkStatus();
  row.set_user_principal_name(std::get<User>(**user).user_principal_name);
  row.set_display_name(std::get<User>(**user).display_name);
  return absl::OkStatus();
}

}  // namespace seatwise
