// Reads one record of a snapshot as a message.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "storage/record_format.h"
#include "storage/store.h"

namespace seatwise {

// The record of a key; nullopt if there is none. Errors of Snapshot::Get and DecodeMessage.
template <typename Message>
absl::StatusOr<std::optional<Message>> ReadRecord(const Snapshot& snapshot, TenantNumber tenant,
                                                  absl::string_view key) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<std::string> value, snapshot.Get(tenant, key));
  if (!value) return std::nullopt;
  SEATWISE_ASSIGN_OR_RETURN(Message message, Decoded<Message>(*value));
  return message;
}

// The same, where another record promises that it is there: DATA_LOSS if it is not. `what`: "a
// user's names".
template <typename Message>
absl::StatusOr<Message> MustReadRecord(const Snapshot& snapshot, TenantNumber tenant,
                                       absl::string_view key, absl::string_view what) {
  SEATWISE_ASSIGN_OR_RETURN(std::optional<Message> message,
                            ReadRecord<Message>(snapshot, tenant, key));
  if (!message) return RecordError(what, "is missing");
  return *std::move(message);
}

}  // namespace seatwise
