#include "tests/golden/describe.h"

#include <algorithm>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"

namespace seatwise::golden {
namespace {

template <typename List, typename ToText>
std::string Join(const List& list, absl::string_view separator, ToText text) {
  return absl::StrJoin(list, separator,
                       [&](std::string* out, const auto& element) { *out += text(element); });
}

template <typename Ids>
std::string Names(const Ids& ids) {
  return Join(ids, ",", [](const auto& id) { return id.value(); });
}

std::string DetailsOf(const UsageLocationMissing&) { return ""; }

std::string DetailsOf(const ProhibitedInUsageLocation& violation) {
  return absl::StrCat(Names(violation.plans), " in ", violation.location.ToString());
}

std::string DetailsOf(const Uniqueness& violation) {
  return absl::StrCat(Names(violation.plans), ": ",
                      Join(violation.clashes, "; ", [](const AddressClash& clash) {
                        return absl::StrCat(clash.address, " of ", clash.owner.value());
                      }));
}

std::string DetailsOf(const MutuallyExclusive& violation) {
  return Join(violation.exclusions, "; ", [](const Exclusion& exclusion) {
    return absl::StrCat(exclusion.plan.value(), " against ", exclusion.other.value(), " of ",
                        Join(exclusion.sources, ", ", [](const PlanSource& source) {
                          return absl::StrCat(source.sku.value(), " by ",
                                              SourceName(source.source));
                        }));
  });
}

std::string DetailsOf(const Dependency& violation) {
  return Join(violation.unmet, "; ", [](const PlanRequirement& requirement) {
    return absl::StrCat(requirement.plan.value(), " needs ", Names(requirement.any_of));
  });
}

std::string DetailsOf(const Count& violation) { return absl::StrCat("place ", violation.place); }

std::string DetailsOf(const Other& violation) {
  return Join(violation.failed, "; ", [](const FailedItem& item) {
    return absl::StrCat(item.sku.value(), " ", Join(item.codes, ",", [](ViolationCode code) {
                          return std::string(ShortName(code));
                        }));
  });
}

std::string DescribeRejection(const ClaimItem& item) {
  return absl::StrCat(Join(item.violations, " ",
                           [](const Violation& violation) {
                             const std::string details = Details(violation);
                             return absl::StrCat(ShortName(CodeOf(violation)),
                                                 details.empty() ? "" : "(", details,
                                                 details.empty() ? "" : ")");
                           }),
                      " by ", SourceName(item.source));
}

std::string DescribeLicense(const Derived& derived, const License& license) {
  std::string text = absl::StrCat(license.sku.value(), " ", LicenseStateName(license.state));
  if (license.held() || !license.enabled_plans.empty()) {
    absl::StrAppend(&text, " [", Names(license.enabled_plans), "]");
  }
  const std::string rejections =
      Join(Rejected(derived, license), " and ",
           [](const ClaimItem* item) { return DescribeRejection(*item); });
  return absl::StrCat(text, rejections.empty() ? "" : " ", rejections);
}

std::string CapacityText(const SeatUsage& seats) {
  return seats.capacity == kUnlimited ? "unlimited" : absl::StrCat(seats.capacity);
}

}  // namespace

absl::string_view ShortName(ViolationCode code) {
  return absl::StripSuffix(ViolationName(code), "Violation");
}

std::string Details(const Violation& violation) {
  return std::visit([](const auto& v) { return DetailsOf(v); }, violation);
}

std::string SourceName(const Principal& source) {
  return IsDirect(source) ? "direct" : PrincipalIdValue(source);
}

std::vector<const ClaimItem*> Rejected(const Derived& derived, const License& license) {
  std::vector<const ClaimItem*> items;
  for (const ClaimItem& item : derived.items) {
    if (item.user == license.user && item.sku == license.sku && !item.granted) {
      items.push_back(&item);
    }
  }
  return items;
}

std::vector<const License*> LicensesOf(const Derived& derived, const UserId& user) {
  std::vector<const License*> licenses;
  for (const License& license : derived.licenses) {
    if (license.user == user) licenses.push_back(&license);
  }
  return licenses;
}

PlanIdSet EffectivePlans(const Derived& derived, const UserId& user) {
  PlanIdSet plans;
  for (const License* license : LicensesOf(derived, user)) {
    const bool works = std::any_of(
        derived.seats.begin(), derived.seats.end(),
        [&](const SeatUsage& seats) { return seats.sku == license->sku && !seats.off(); });
    if (!license->held() || !works) continue;
    plans.insert(license->enabled_plans.begin(), license->enabled_plans.end());
  }
  return plans;
}

std::string DescribeUser(const Derived& derived, const UserId& user) {
  const std::string licenses = Join(LicensesOf(derived, user), ", ", [&](const License* license) {
    return DescribeLicense(derived, *license);
  });
  return absl::StrCat(user.value(), ": ", licenses.empty() ? "nothing" : licenses);
}

std::string DescribeUse(const UserId& user, const PlanIdSet& plans) {
  return absl::StrCat(user.value(), " uses ", plans.empty() ? "nothing" : Names(plans));
}

std::string DescribeSeats(const SeatUsage& seats) {
  std::string text = absl::StrCat(seats.sku.value(), " ", seats.consumed, "/", CapacityText(seats));
  if (seats.off()) absl::StrAppend(&text, " off");
  if (seats.waiting != 0) absl::StrAppend(&text, " waiting ", seats.waiting);
  if (seats.overrun() != 0) absl::StrAppend(&text, " overrun ", seats.overrun());
  return text;
}

std::string DescribeAllOf(const SeatUsage& seats) {
  return absl::StrCat(DescribeSeats(seats), " usable ", seats.usable, " parked ", seats.parked,
                      " available ", seats.available());
}

std::string DescribeGroup(const GroupStatus& status) {
  return absl::StrCat("group ", status.group.value(), ": ", status.members, " members, ",
                      status.fully_licensed, " licensed, ", status.with_errors, " with errors");
}

}  // namespace seatwise::golden
