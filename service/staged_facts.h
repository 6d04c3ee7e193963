// An import that is staged, as facts. Chunks are kept as they came, so facts have the places at
// which the caller sent them.
#pragma once

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "service/errors.h"
#include "service/tenant.h"

namespace seatwise {

// Where a fact is in the import.
struct FactPlace {
  int64_t chunk = 0;  // From 1.
  int index = 0;      // In the chunk, from 0.

  // "chunks[3].facts[17].user".
  std::string Path(FactKind kind) const;
};

// What there is, at a look.
struct StagedSummary {
  int64_t chunks = 0;
  int64_t facts = 0;
  bool in_order = true;  // What a fact names comes before it, by kinds.
};

class StagedFacts {
 public:
  // `tenant` outlives it.
  StagedFacts(Tenant& tenant, absl::string_view import_id)
      : tenant_(tenant), import_id_(import_id) {}

  absl::StatusOr<StagedSummary> Summarize() const;

  // Calls visit(place, fact) for each fact that can be read as one, in the order of the places, and
  // adds what is wrong with the others to `errors`. Ends with the first visit that fails.
  using Visit = absl::FunctionRef<absl::Status(const FactPlace&, Fact)>;
  absl::Status ForEach(FieldErrors& errors, Visit visit) const;
  // Only those of one kind.
  absl::Status ForEachOf(FactKind kind, FieldErrors& errors, Visit visit) const;

 private:
  Tenant& tenant_;
  const std::string import_id_;
};

}  // namespace seatwise
