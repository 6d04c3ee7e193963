// What users have, as the replies of LicenseService say it: from the live state straight into
// messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"
#include "engine/model/plan_bits.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "seatwise/v1/license.pb.h"
#include "seatwise/v1/license_service.pb.h"

namespace seatwise {

// Adds the ids of a set of plans, ascending.
void AddPlanIds(const Catalog& catalog, PlanBits plans,
                google::protobuf::RepeatedPtrField<std::string>* ids);

// A license of `live`.
void FillLicense(const Catalog& catalog, const LiveLicense& license, v1::EffectiveLicense& out);

// Answers for one user, who exists, all but the revision.
void FillReply(const LiveState& live, uint32_t user, const v1::GetEffectiveLicensesRequest& request,
               v1::GetEffectiveLicensesResponse& reply);

// Answers for the users from place `begin` of the request on, until all are answered or the reply
// is as large as it may be; at least one. Answers the place after the last one answered.
size_t FillBatch(const LiveState& live, const v1::BatchGetEffectiveLicensesRequest& request,
                 size_t begin, v1::BatchGetEffectiveLicensesResponse& reply);

// The most that a batch reply holds, in bytes.
inline constexpr size_t kMaxBatchReplyBytes = 3 << 20;

// The most users that a batch may ask for.
inline constexpr int kMaxBatchUsers = 1000;

}  // namespace seatwise
