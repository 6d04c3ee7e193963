#include "service/staged_facts.h"

#include <deque>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/time.h"
#include "google/protobuf/arena.h"
#include "seatwise/v1/fact.pb.h"
#include "service/facts_from_proto.h"

namespace seatwise {
namespace {

std::string PathAt(const FactPlace& place) {
  return absl::StrCat("chunks[", place.chunk, "].facts[", place.index, "]");
}

// Facts of one chunk as values.
class FactReader {
 public:
  FactReader(absl::string_view tenant, FieldErrors& errors) : tenant_(tenant), errors_(errors) {}

  // Nothing, and an error, for what cannot be read as a fact.
  std::optional<Fact> Read(const FactPlace& place, absl::string_view bytes) {
    auto& message = *google::protobuf::Arena::CreateMessage<v1::Fact>(&arena_);
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      errors_.Add(v1::MALFORMED, PathAt(place), "is no message of type seatwise.v1.Fact");
      return std::nullopt;
    }
    // Paths are for the few that are wrong.
    FieldErrors found;
    InputFact input = Read(message, "", found);
    if (found.empty()) return std::move(input.fact);
    Read(message, PathAt(place), errors_);
    return std::nullopt;
  }

 private:
  InputFact Read(const v1::Fact& message, const std::string& path, FieldErrors& errors) const {
    // Times that are left out are the Unix epoch, as in files.
    return FactOf(message, {.tenant = tenant_, .path = path, .within = {}, .absent_time = Time{}},
                  errors);
  }

  const absl::string_view tenant_;
  FieldErrors& errors_;
  google::protobuf::Arena arena_;
};

}  // namespace

std::string FactPlace::Path(FactKind kind) const {
  const auto* field = v1::Fact::descriptor()->FindFieldByNumber(static_cast<int>(kind) + 1);
  return absl::StrCat(PathAt(*this), ".", field->name());
}

absl::Status StagedFacts::ForEachChunk(ImportNote::Range range, VisitChunk visit) const {
  return tenant_.staging().ForEachChunk(
      import_id_, range.begin, range.end, [&](absl::string_view bytes) -> absl::Status {
        const absl::StatusOr<RawChunk> chunk = ReadChunk(bytes);
        if (!chunk.ok()) return absl::DataLossError("a staged chunk cannot be read");
        return visit(*chunk);
      });
}

absl::Status StagedFacts::ForEachChunkWith(FactKind kind, VisitChunk visit) const {
  for (const ImportNote::Range& range : note_.ChunksWith(kind)) {
    SEATWISE_RETURN_IF_ERROR(ForEachChunk(range, visit));
  }
  return absl::OkStatus();
}

absl::Status StagedFacts::VisitFacts(const RawChunk& chunk, std::optional<FactKind> only,
                                     FieldErrors& errors, Visit visit) const {
  FactReader reader(tenant_.id(), errors);
  FactPlace place{.chunk = chunk.number};
  for (const RawFact& raw : chunk.facts) {
    if (!only || raw.kind.value_or(FactKind::kTenantSettings) == only) {
      std::optional<Fact> fact = reader.Read(place, raw.message);
      if (fact) SEATWISE_RETURN_IF_ERROR(visit(place, *std::move(fact)));
    }
    ++place.index;
  }
  return absl::OkStatus();
}

absl::Status StagedFacts::ForEach(FieldErrors& errors, Visit visit) const {
  return ForEachChunk({0, note_.chunks()}, [&](const RawChunk& chunk) {
    return VisitFacts(chunk, std::nullopt, errors, visit);
  });
}

absl::Status StagedFacts::ForEachOf(FactKind kind, FieldErrors& errors, Visit visit) const {
  return ForEachChunkWith(
      kind, [&](const RawChunk& chunk) { return VisitFacts(chunk, kind, errors, visit); });
}

absl::Status StagedFacts::ForEachMembership(FieldErrors& errors, VisitMemberships visit) const {
  return ForEachChunkWith(FactKind::kMembership, [&](const RawChunk& chunk) -> absl::Status {
    FactReader reader(tenant_.id(), errors);
    std::deque<Fact> facts;  // Those that views cannot be read of.
    std::vector<FactPlace> places;
    std::vector<MembershipView> rows;
    FactPlace place{.chunk = chunk.number, .index = -1};
    for (const RawFact& raw : chunk.facts) {
      ++place.index;
      if (raw.kind != FactKind::kMembership) continue;
      std::optional<MembershipView> row = ReadMember(raw.content);
      if (!row) {
        std::optional<Fact> fact = reader.Read(place, raw.message);
        if (!fact) continue;
        row = ViewOf(std::get<Membership>(facts.emplace_back(*std::move(fact))));
      }
      places.push_back(place);
      rows.push_back(*row);
    }
    return visit(places, rows);
  });
}

}  // namespace seatwise
