#include "cli/violation_message.h"

#include <optional>
#include <vector>

#include "base/status_macros.h"
#include "engine/model/location.h"
#include "seatwise/v1/license.pb.h"

namespace seatwise::cli {
namespace {

template <typename Ids>
std::vector<PlanId> Plans(const Ids& ids) {
  std::vector<PlanId> plans;
  for (const std::string& id : ids) plans.emplace_back(id);
  return plans;
}

ProhibitedInUsageLocation From(const v1::Violation::ProhibitedInUsageLocation& message) {
  return {.plans = Plans(message.plan_ids()),
          .location = Location::Parse(message.location()).value_or(Location())};
}

Uniqueness From(const v1::Violation::Uniqueness& message) {
  Uniqueness violation = {.plans = Plans(message.plan_ids()), .clashes = {}};
  for (const auto& clash : message.clashes()) {
    violation.clashes.push_back(
        {.address = clash.address(), .owner = UserId(clash.owner_user_id())});
  }
  return violation;
}

MutuallyExclusive From(const v1::Violation::MutuallyExclusive& message) {
  MutuallyExclusive violation;
  for (const auto& exclusion : message.exclusions()) {
    Exclusion& added = violation.exclusions.emplace_back();
    added.plan = PlanId(exclusion.plan_id());
    added.other = PlanId(exclusion.other_plan_id());
    for (const auto& source : exclusion.sources()) {
      added.sources.push_back(
          {.sku = SkuId(source.sku_id()), .source = SourceFrom(source.source())});
    }
  }
  return violation;
}

Dependency From(const v1::Violation::Dependency& message) {
  Dependency violation;
  for (const auto& unmet : message.unmet()) {
    const std::vector<PlanId> any_of = Plans(unmet.any_of_ids());
    violation.unmet.push_back(
        {.plan = PlanId(unmet.plan_id()), .any_of = PlanIdSet(any_of.begin(), any_of.end())});
  }
  return violation;
}

Other From(const v1::Violation::Other& message) {
  Other violation;
  for (const auto& failed : message.failed()) {
    FailedItem& added = violation.failed.emplace_back();
    added.sku = SkuId(failed.sku_id());
    for (const int code : failed.codes()) {
      // The API counts from 1.
      if (code >= 1 && code <= kViolationCodes) {
        added.codes.push_back(static_cast<ViolationCode>(code - 1));
      }
    }
  }
  return violation;
}

}  // namespace

Principal SourceFrom(const v1::Source& message) {
  if (message.has_group_id()) return GroupId(message.group_id());
  return UserId(message.user_id());
}

absl::StatusOr<Violation> ViolationFrom(const v1::Violation& message) {
  switch (message.violation_case()) {
    case v1::Violation::kUsageLocationMissing:
      return UsageLocationMissing();
    case v1::Violation::kProhibitedInUsageLocation:
      return From(message.prohibited_in_usage_location());
    case v1::Violation::kUniqueness:
      return From(message.uniqueness());
    case v1::Violation::kMutuallyExclusive:
      return From(message.mutually_exclusive());
    case v1::Violation::kDependency:
      return From(message.dependency());
    case v1::Violation::kCount:
      return Count{.place = message.count().place()};
    case v1::Violation::kOther:
      return From(message.other());
    case v1::Violation::VIOLATION_NOT_SET:
      break;
  }
  return absl::InternalError("the server names a violation that this program does not know");
}

absl::Status NeedNames(const Violation& violation, RemoteNames& names) {
  if (const auto* uniqueness = std::get_if<Uniqueness>(&violation)) {
    std::vector<UserId> owners;
    for (const AddressClash& clash : uniqueness->clashes) owners.push_back(clash.owner);
    return names.Need(owners);
  }
  if (const auto* exclusive = std::get_if<MutuallyExclusive>(&violation)) {
    for (const Exclusion& exclusion : exclusive->exclusions) {
      for (const PlanSource& source : exclusion.sources) {
        SEATWISE_RETURN_IF_ERROR(names.Need(source.source));
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace seatwise::cli
