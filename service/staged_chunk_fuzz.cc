// Any bytes as a chunk, and as a member: what is read is what protobuf reads of them.
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "base/check.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/transfer_service.pb.h"
#include "service/staged_chunk.h"
#include "service/timestamps.h"

namespace seatwise {
namespace {

void CheckMember(absl::string_view bytes) {
  const auto row = ReadMember(bytes);
  v1::Member member;
  if (!row || !member.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  SEATWISE_CHECK(member.name().empty());
  SEATWISE_CHECK(member.group_id() == row->group);
  SEATWISE_CHECK(member.has_member_group_id() == row->member_is_group);
  SEATWISE_CHECK((row->member_is_group ? member.member_group_id() : member.user_id()) ==
                 row->member);
  SEATWISE_CHECK(FromTimestamp(member.added_at()) == row->added_at);
}

void CheckChunk(absl::string_view bytes) {
  const auto raw = ReadChunk(bytes);
  if (raw.ok()) {
    for (const RawFact& fact : raw->facts) CheckMember(fact.content);
  }
  v1::ImportRequest::Chunk chunk;
  if (!raw.ok() || !chunk.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  SEATWISE_CHECK(raw->number == chunk.number());
  SEATWISE_CHECK(raw->facts.size() == static_cast<size_t>(chunk.facts_size()));
  for (int i = 0; i < chunk.facts_size(); ++i) {
    const auto kind = raw->facts[static_cast<size_t>(i)].kind;
    SEATWISE_CHECK(static_cast<int>(chunk.facts(i).fact_case()) ==
                   (kind ? static_cast<int>(*kind) + 1 : 0));
  }
}

}  // namespace
}  // namespace seatwise

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  seatwise::CheckChunk(bytes);
  seatwise::CheckMember(bytes);
  return 0;
}
