// How many facts of each kind a tenant may have.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "absl/status/statusor.h"
#include "engine/model/change.h"
#include "engine/model/change_index.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts_view.h"

namespace seatwise {

// The limit of a kind (limits.h). Settings, which are always there, have none to reach.
size_t MaxFacts(FactKind kind);

// By kind: the first change that puts a new fact for which there is no room, if any. What the set
// deletes makes room, what goes along with it does not. Looks at each change only if the stored
// facts and all puts together are more than the limit. Fails if the view does.
absl::StatusOr<std::array<std::optional<size_t>, kFactKinds>> FindOverflows(
    const ChangeSet& changes, const ChangeIndex& index, const FactsView& stored);

}  // namespace seatwise
