// Any bytes, read as the value of a fact, are refused or are a fact that is written and read again.
#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/check.h"
#include "engine/model/facts.h"
#include "storage/head.h"
#include "storage/records.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view value(reinterpret_cast<const char*>(data), size);
  const absl::StatusOr<seatwise::Fact> fact = seatwise::DecodeFact(value);
  if (fact.ok()) SEATWISE_CHECK(*seatwise::DecodeFact(seatwise::EncodeFact(*fact)) == *fact);
  const absl::StatusOr<seatwise::Head> head = seatwise::DecodeHead(value);
  if (head.ok()) SEATWISE_CHECK(*seatwise::DecodeHead(seatwise::EncodeHead(*head)) == *head);
  return 0;
}
