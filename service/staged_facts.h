// An import that is staged, as facts. Chunks are kept as they came, so facts have the places at
// which the caller sent them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "service/errors.h"
#include "service/import_note.h"
#include "service/staged_chunk.h"
#include "service/tenant.h"
#include "storage/bulk_load.h"

namespace seatwise {

// Where a fact is in the import.
struct FactPlace {
  int64_t chunk = 0;  // From 1.
  int index = 0;      // In the chunk, from 0.

  // "chunks[3].facts[17].user".
  std::string Path(FactKind kind) const;
};

class StagedFacts {
 public:
  // `tenant` outlives it; `note` is that of the import.
  StagedFacts(Tenant& tenant, absl::string_view import_id, ImportNote note)
      : tenant_(tenant), import_id_(import_id), note_(std::move(note)) {}

  const ImportNote& note() const { return note_; }

  // Calls visit(place, fact) for each fact that can be read as one, in the order of the places, and
  // adds what is wrong with the others to `errors`. Ends with the first visit that fails.
  using Visit = absl::FunctionRef<absl::Status(const FactPlace&, Fact)>;
  absl::Status ForEach(FieldErrors& errors, Visit visit) const;
  // Only those of one kind. What is no fact of any kind is of the first one.
  absl::Status ForEachOf(FactKind kind, FieldErrors& errors, Visit visit) const;

  // The memberships, many at a time, with the place of each.
  using VisitMemberships = absl::FunctionRef<absl::Status(absl::Span<const FactPlace>,
                                                          absl::Span<const MembershipView>)>;
  absl::Status ForEachMembership(FieldErrors& errors, VisitMemberships visit) const;

 private:
  using VisitChunk = absl::FunctionRef<absl::Status(const RawChunk&)>;
  absl::Status ForEachChunk(ImportNote::Range range, VisitChunk visit) const;
  absl::Status ForEachChunkWith(FactKind kind, VisitChunk visit) const;
  absl::Status VisitFacts(const RawChunk& chunk, std::optional<FactKind> only, FieldErrors& errors,
                          Visit visit) const;

  Tenant& tenant_;
  const std::string import_id_;
  const ImportNote note_;
};

}  // namespace seatwise
