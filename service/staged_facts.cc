#include "service/staged_facts.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/time.h"
#include "seatwise/v1/fact.pb.h"
#include "seatwise/v1/transfer_service.pb.h"
#include "service/facts_from_proto.h"

namespace seatwise {
namespace {

// The kind of a message: the fields of Fact have the order of the kinds. Nothing if none is set.
std::optional<FactKind> KindOfMessage(const v1::Fact& fact) {
  if (fact.fact_case() == v1::Fact::FACT_NOT_SET) return std::nullopt;
  return static_cast<FactKind>(fact.fact_case() - 1);
}

absl::StatusOr<v1::ImportRequest::Chunk> Parsed(absl::string_view bytes) {
  v1::ImportRequest::Chunk chunk;
  if (!chunk.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError("a staged chunk cannot be read");
  }
  return chunk;
}

absl::Status VisitChunk(const std::string& tenant, const v1::ImportRequest::Chunk& chunk,
                        std::optional<FactKind> only, FieldErrors& errors,
                        StagedFacts::Visit visit) {
  for (int i = 0; i < chunk.facts_size(); ++i) {
    const v1::Fact& message = chunk.facts(i);
    if (only.has_value() && KindOfMessage(message) != only) continue;
    const std::string path = absl::StrCat("chunks[", chunk.number(), "].facts[", i, "]");
    const size_t errors_before = errors.count();
    // Times that are left out are the Unix epoch, as in files.
    InputFact input = FactOf(
        message, {.tenant = tenant, .path = path, .within = {}, .absent_time = Time{}}, errors);
    if (errors.count() > errors_before) continue;
    absl::Status status = visit({chunk.number(), i}, std::move(input.fact));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

std::string FactPlace::Path(FactKind kind) const {
  const auto* field = v1::Fact::descriptor()->FindFieldByNumber(static_cast<int>(kind) + 1);
  return absl::StrCat("chunks[", chunk, "].facts[", index, "].", field->name());
}

absl::StatusOr<StagedSummary> StagedFacts::Summarize() const {
  StagedSummary summary;
  FactKind latest = FactKind::kTenantSettings;
  const auto look = [&](absl::string_view bytes) -> absl::Status {
    SEATWISE_ASSIGN_OR_RETURN(const v1::ImportRequest::Chunk chunk, Parsed(bytes));
    ++summary.chunks;
    summary.facts += chunk.facts_size();
    for (const v1::Fact& fact : chunk.facts()) {
      const FactKind kind = KindOfMessage(fact).value_or(latest);
      if (kind < latest) summary.in_order = false;
      latest = kind;
    }
    return absl::OkStatus();
  };
  SEATWISE_RETURN_IF_ERROR(tenant_.staging().ForEachChunk(import_id_, look));
  return summary;
}

absl::Status StagedFacts::ForEach(FieldErrors& errors, Visit visit) const {
  return tenant_.staging().ForEachChunk(import_id_, [&](absl::string_view bytes) -> absl::Status {
    SEATWISE_ASSIGN_OR_RETURN(const v1::ImportRequest::Chunk chunk, Parsed(bytes));
    return VisitChunk(tenant_.id(), chunk, std::nullopt, errors, visit);
  });
}

absl::Status StagedFacts::ForEachOf(FactKind kind, FieldErrors& errors, Visit visit) const {
  return tenant_.staging().ForEachChunk(import_id_, [&](absl::string_view bytes) -> absl::Status {
    SEATWISE_ASSIGN_OR_RETURN(const v1::ImportRequest::Chunk chunk, Parsed(bytes));
    return VisitChunk(tenant_.id(), chunk, kind, errors, visit);
  });
}

}  // namespace seatwise
