#include "service/plan_token.h"

#include <cstdint>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/sha256.h"

namespace seatwise {
namespace {

// So that no two lists of texts read alike.
void AddText(Sha256& sha, absl::string_view text) {
  sha.Add(absl::StrCat(text.size(), ":"));
  sha.Add(text);
}

void AddValue(Sha256& sha, const std::optional<LicenseValue>& value) {
  if (!value.has_value()) {
    AddText(sha, "none");
    return;
  }
  AddText(sha, LicenseStateName(value->state));
  sha.Add(absl::StrCat(value->enabled_plans.size(), " plans"));
  for (const PlanId& plan : value->enabled_plans) AddText(sha, plan.value());
}

}  // namespace

std::string PlanToken(const LicenseDelta& delta, const LiveState& before, const LiveState& after) {
  Sha256 sha;
  for (const LicenseDelta::Run& run : delta.runs) {
    AddText(sha, run.sku.value());
    AddValue(sha, run.before);
    AddValue(sha, run.after);
    sha.Add(absl::StrCat(run.users.size(), " users"));
    for (const uint32_t user : run.users) {
      const absl::string_view id = after.UserIdOf(user);
      AddText(sha, id.empty() ? before.UserIdOf(user) : id);
    }
  }
  return absl::BytesToHexString(sha.Finish());
}

bool IsPlanToken(absl::string_view token) {
  if (token.size() != 64) return false;
  for (const char c : token) {
    if (!absl::ascii_isdigit(c) && !(c >= 'a' && c <= 'f')) return false;
  }
  return true;
}

}  // namespace seatwise
