#include "service/derived_to_proto.h"

#include <string>
#include <variant>

namespace seatwise {
namespace {

template <typename Repeated>
void AddIds(const std::vector<PlanId>& plans, Repeated* ids) {
  for (const PlanId& plan : plans) ids->Add(std::string(plan.value()));
}

template <typename Repeated>
void AddIds(const PlanIdSet& plans, Repeated* ids) {
  ids->Reserve(static_cast<int>(plans.size()));
  for (const PlanId& plan : plans) ids->Add(std::string(plan.value()));
}

// Fills the details of one kind.
struct DetailFiller {
  v1::Violation& out;

  void operator()(const UsageLocationMissing&) { out.mutable_usage_location_missing(); }

  void operator()(const ProhibitedInUsageLocation& violation) {
    auto& details = *out.mutable_prohibited_in_usage_location();
    AddIds(violation.plans, details.mutable_plan_ids());
    details.set_location(violation.location.ToString());
  }

  void operator()(const Uniqueness& violation) {
    auto& details = *out.mutable_uniqueness();
    AddIds(violation.plans, details.mutable_plan_ids());
    for (const AddressClash& clash : violation.clashes) {
      auto& added = *details.add_clashes();
      added.set_address(clash.address);
      added.set_owner_user_id(clash.owner.value());
    }
  }

  void operator()(const MutuallyExclusive& violation) {
    auto& details = *out.mutable_mutually_exclusive();
    for (const Exclusion& exclusion : violation.exclusions) {
      auto& added = *details.add_exclusions();
      added.set_plan_id(exclusion.plan.value());
      added.set_other_plan_id(exclusion.other.value());
      for (const PlanSource& source : exclusion.sources) {
        auto& added_source = *added.add_sources();
        added_source.set_sku_id(source.sku.value());
        *added_source.mutable_source() = ToProto(source.source);
      }
    }
  }

  void operator()(const Dependency& violation) {
    auto& details = *out.mutable_dependency();
    for (const PlanRequirement& requirement : violation.unmet) {
      auto& added = *details.add_unmet();
      added.set_plan_id(requirement.plan.value());
      AddIds(requirement.any_of, added.mutable_any_of_ids());
    }
  }

  void operator()(const Count& violation) { out.mutable_count()->set_place(violation.place); }

  void operator()(const Other& violation) {
    auto& details = *out.mutable_other();
    for (const FailedItem& failed : violation.failed) {
      auto& added = *details.add_failed();
      added.set_sku_id(failed.sku.value());
      for (ViolationCode code : failed.codes) added.add_codes(ToProto(code));
    }
  }
};

}  // namespace

v1::EffectiveLicense::State ToProto(LicenseState state) {
  switch (state) {
    case LicenseState::kActive:
      return v1::EffectiveLicense::ACTIVE;
    case LicenseState::kActiveWithError:
      return v1::EffectiveLicense::ACTIVE_WITH_ERROR;
    case LicenseState::kDisabled:
      return v1::EffectiveLicense::DISABLED;
    case LicenseState::kError:
      return v1::EffectiveLicense::ERROR;
  }
  return v1::EffectiveLicense::STATE_UNSPECIFIED;
}

v1::ViolationCode ToProto(ViolationCode code) {
  switch (code) {
    case ViolationCode::kUsageLocationMissing:
      return v1::USAGE_LOCATION_MISSING;
    case ViolationCode::kProhibitedInUsageLocation:
      return v1::PROHIBITED_IN_USAGE_LOCATION_VIOLATION;
    case ViolationCode::kUniqueness:
      return v1::UNIQUENESS_VIOLATION;
    case ViolationCode::kMutuallyExclusive:
      return v1::MUTUALLY_EXCLUSIVE_VIOLATION;
    case ViolationCode::kDependency:
      return v1::DEPENDENCY_VIOLATION;
    case ViolationCode::kCount:
      return v1::COUNT_VIOLATION;
    case ViolationCode::kOther:
      return v1::OTHER;
  }
  return v1::VIOLATION_CODE_UNSPECIFIED;
}

v1::EffectiveLicense ToProto(const License& license) {
  v1::EffectiveLicense out;
  out.set_sku_id(license.sku.value());
  out.set_state(ToProto(license.state));
  AddIds(license.enabled_plans, out.mutable_enabled_plan_ids());
  return out;
}

v1::LicenseValue ToProto(const LicenseValue& value) {
  v1::LicenseValue out;
  out.set_state(ToProto(value.state));
  AddIds(value.enabled_plans, out.mutable_enabled_plan_ids());
  return out;
}

v1::Source ToProto(const Principal& source) {
  v1::Source out;
  if (IsDirect(source)) {
    out.set_user_id(PrincipalIdValue(source));
  } else {
    out.set_group_id(PrincipalIdValue(source));
  }
  return out;
}

v1::Violation ToProto(const Violation& violation) {
  v1::Violation out;
  std::visit(DetailFiller{out}, violation);
  return out;
}

v1::ClaimItem ToProto(const ClaimItem& item) {
  v1::ClaimItem out;
  *out.mutable_source() = ToProto(item.source);
  out.set_sku_id(item.sku.value());
  out.set_granted(item.granted);
  for (const Violation& violation : item.violations) {
    out.add_codes(ToProto(CodeOf(violation)));
    *out.add_violations() = ToProto(violation);
  }
  return out;
}

v1::SeatUsage ToProto(const SeatUsage& seats) {
  v1::SeatUsage out;
  out.set_sku_id(seats.sku.value());
  out.set_usable(seats.usable);
  out.set_parked(seats.parked);
  if (seats.capacity == kUnlimited) {
    out.set_unlimited_capacity(true);
  } else {
    out.set_capacity(seats.capacity);
  }
  out.set_consumed(seats.consumed);
  out.set_available(seats.available());
  out.set_waiting(seats.waiting);
  out.set_overrun(seats.overrun());
  out.set_off(seats.off());
  return out;
}

void AddCodes(ViolationMask codes, v1::ClaimItem& item) {
  for (int code = 0; code < kViolationCodes; ++code) {
    if (Contains(codes, static_cast<ViolationCode>(code))) {
      item.add_codes(ToProto(static_cast<ViolationCode>(code)));
    }
  }
}

}  // namespace seatwise
