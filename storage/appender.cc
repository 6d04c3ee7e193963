#include "storage/appender.h"

#include "base/status_macros.h"

namespace seatwise {

absl::Status Appender::Put(absl::string_view key, absl::string_view value) {
  batch_.Put(key, value);
  return FlushIfFull();
}

absl::Status Appender::Delete(absl::string_view key) {
  batch_.Delete(key);
  return FlushIfFull();
}

absl::Status Appender::AddAll(const Batch& batch) {
  for (size_t i = 0; i < batch.size(); ++i) {
    const Batch::Write write = batch.write(i);
    SEATWISE_RETURN_IF_ERROR(write.deletion ? Delete(write.key) : Put(write.key, write.value));
  }
  return absl::OkStatus();
}

absl::Status Appender::FlushIfFull() {
  return batch_.bytes() < kFullBatchBytes ? absl::OkStatus() : Flush().status();
}

absl::StatusOr<Ticket> Appender::Flush() {
  if (batch_.empty()) return ticket_;
  SEATWISE_ASSIGN_OR_RETURN(ticket_, store_.Append(owner_, batch_, {}));
  batch_.Clear();
  return ticket_;
}

}  // namespace seatwise
