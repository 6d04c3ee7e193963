// What is known of a staged import without reading it: kept as its note, and renewed with each
// chunk.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "engine/model/fact_key.h"
#include "service/staged_chunk.h"

namespace seatwise {

// Value type.
class ImportNote {
 public:
  // Of an import without chunks.
  ImportNote() = default;
  // Of one that has become a revision, whose chunks are gone: it stays so that its finish can be
  // repeated.
  static ImportNote Finished();

  // The note as it is kept, and back. Anything else reads as the note of an import without chunks.
  std::string Encode() const;
  static ImportNote Decode(absl::string_view encoded);

  // Adds the next chunk.
  void Add(const RawChunk& chunk);

  bool finished() const { return finished_; }
  int64_t facts() const { return facts_; }
  uint32_t chunks() const { return runs_.empty() ? 0 : runs_.back().end; }

  // The chunks in which facts of a kind may be, as ascending ranges of their numbers from 0.
  struct Range {
    uint32_t begin = 0;
    uint32_t end = 0;

    friend bool operator==(const Range&, const Range&) = default;
  };
  std::vector<Range> ChunksWith(FactKind kind) const;

 private:
  // Chunks behind each other with facts of the same kinds.
  struct Run {
    uint32_t end = 0;    // How many chunks there are up to its end.
    uint32_t kinds = 0;  // Bit n: kind n.
  };

  bool finished_ = false;
  int64_t facts_ = 0;
  std::vector<Run> runs_;
};

}  // namespace seatwise
