#include "storage/store_errors.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace seatwise {

absl::Status TenantNumberError(TenantNumber tenant) {
  return absl::InvalidArgumentError(absl::StrCat(
      "tenant number ", tenant.value, " is reserved; the largest is ", kMaxTenant.value));
}

absl::Status BatchTooLargeError(const Batch& batch) {
  return absl::InvalidArgumentError(absl::StrCat("the batch holds ", batch.bytes(),
                                                 " bytes; the most is ", kMaxBatchBytes,
                                                 ": write it in parts"));
}

absl::Status StaleOwnerError(const Owner& owner, uint64_t current) {
  if (current == 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("tenant number ", owner.tenant.value, " is not open: open it to write"));
  }
  return absl::FailedPreconditionError(
      absl::StrCat("tenant number ", owner.tenant.value, " was opened again, with epoch ", current,
                   "; writes with epoch ", owner.epoch, " are refused: open it again"));
}

absl::Status PreconditionError(TenantNumber tenant, const Precondition& condition) {
  return absl::AbortedError(absl::StrCat(
      "tenant number ", tenant.value, ": key '", absl::CHexEscape(condition.key),
      condition.value ? "' does not have the value expected" : "' is expected to be absent",
      "; read again and retry"));
}

}  // namespace seatwise
