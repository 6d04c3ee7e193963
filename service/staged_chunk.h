// A chunk of an import as it came over the wire: which facts there are, and memberships, which nine
// of ten facts are, read without making messages of them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/model/fact_key.h"
#include "storage/bulk_load.h"

namespace seatwise {

// A fact that is not taken apart.
struct RawFact {
  absl::string_view message;     // A v1.Fact.
  std::optional<FactKind> kind;  // Nothing if it is none.
  // The field of the message that is set, a v1.Member for a membership; nothing if there is more in
  // the message.
  absl::string_view content;
};

// Views into the bytes that were read.
struct RawChunk {
  int64_t number = 0;
  std::vector<RawFact> facts;
};

// Reads a v1.ImportRequest.Chunk. INVALID_ARGUMENT for other bytes; what is in the facts is not
// looked at.
absl::StatusOr<RawChunk> ReadChunk(absl::string_view bytes);

// Reads a v1.Member that says a group, a user or group in it, and a time or none, which becomes the
// Unix epoch. Nothing for one that says anything else, or anything wrong: that is for
// facts_from_proto.h. Whether ids are well-formed is not looked at. Views into the content.
std::optional<MembershipView> ReadMember(absl::string_view content);

}  // namespace seatwise
