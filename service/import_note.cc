#include "service/import_note.h"

#include "service/staged.pb.h"

namespace seatwise {
namespace {

// An import in the order of kinds has a dozen. One that mixes all kinds in all chunks has as few;
// whatever is in between must not make the note, which each chunk renews, a large one.
constexpr size_t kMostRuns = 100;

uint32_t BitOf(FactKind kind) { return uint32_t{1} << static_cast<int>(kind); }

}  // namespace

ImportNote ImportNote::Finished() {
  ImportNote note;
  note.finished_ = true;
  return note;
}

std::string ImportNote::Encode() const {
  service::ImportNote message;
  message.set_finished(finished_);
  message.set_facts(facts_);
  for (const Run& run : runs_) {
    auto& out = *message.add_runs();
    out.set_end(run.end);
    out.set_kinds(run.kinds);
  }
  return message.SerializeAsString();
}

ImportNote ImportNote::Decode(absl::string_view encoded) {
  service::ImportNote message;
  ImportNote note;
  if (!message.ParseFromArray(encoded.data(), static_cast<int>(encoded.size()))) return note;
  note.finished_ = message.finished();
  note.facts_ = message.facts();
  for (const auto& run : message.runs()) note.runs_.push_back({run.end(), run.kinds()});
  return note;
}

void ImportNote::Add(const RawChunk& chunk) {
  uint32_t kinds = 0;
  for (const RawFact& fact : chunk.facts) {
    // One that is none is found out with the first kind.
    kinds |= BitOf(fact.kind.value_or(FactKind::kTenantSettings));
  }
  facts_ += static_cast<int64_t>(chunk.facts.size());
  const uint32_t end = chunks() + 1;
  if (!runs_.empty() && (runs_.back().kinds == kinds || runs_.size() == kMostRuns)) {
    runs_.back() = {end, runs_.back().kinds | kinds};
  } else {
    runs_.push_back({end, kinds});
  }
}

std::vector<ImportNote::Range> ImportNote::ChunksWith(FactKind kind) const {
  std::vector<Range> ranges;
  uint32_t begin = 0;
  for (const Run& run : runs_) {
    if ((run.kinds & BitOf(kind)) != 0) {
      if (!ranges.empty() && ranges.back().end == begin) {
        ranges.back().end = run.end;
      } else {
        ranges.push_back({begin, run.end});
      }
    }
    begin = run.end;
  }
  return ranges;
}

}  // namespace seatwise
