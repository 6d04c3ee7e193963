// All facts of a tenant, message by message.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "seatwise/v1/transfer_service.pb.h"
#include "storage/facts_snapshot.h"

namespace seatwise {

// Calls send(message) with the facts of a snapshot, kind by kind, until one answers false; the last
// message is the complete one. Each is about 1 MiB (a fact is not cut). Memory: one message.
absl::Status ExportFacts(const FactsSnapshot& facts,
                         absl::FunctionRef<bool(const v1::ExportResponse&)> send);

}  // namespace seatwise
