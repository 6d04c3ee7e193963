#include "tests/worlds/describe_derived.h"

#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/worlds/id_text.h"

namespace seatwise::worlds {
namespace {

template <typename AnyId>
std::string Text(const AnyId& id) {
  return QuoteId(id.value());
}

template <typename Ids>
std::string IdList(const Ids& ids) {
  return absl::StrJoin(ids, ",", [](std::string* out, const auto& id) { *out += Text(id); });
}

std::string By(const Principal& source) {
  return absl::StrCat(" by ", IsDirect(source) ? "" : "group ", QuoteId(PrincipalIdValue(source)));
}

// Joins what `text` says of each element.
template <typename List, typename ToText>
std::string Join(const List& list, ToText text) {
  return absl::StrJoin(list, "; ",
                       [&](std::string* out, const auto& element) { *out += text(element); });
}

std::string Details(const UsageLocationMissing&) { return "none"; }

std::string Details(const ProhibitedInUsageLocation& violation) {
  return absl::StrCat(IdList(violation.plans), " in ", violation.location.ToString());
}

std::string Details(const Uniqueness& violation) {
  return absl::StrCat(IdList(violation.plans), ": ",
                      Join(violation.clashes, [](const AddressClash& clash) {
                        return absl::StrCat(QuoteId(clash.address), " of ", Text(clash.owner));
                      }));
}

std::string Details(const MutuallyExclusive& violation) {
  return Join(violation.exclusions, [](const Exclusion& exclusion) {
    const std::string sources =
        absl::StrJoin(exclusion.sources, ", ", [](std::string* out, const PlanSource& source) {
          absl::StrAppend(out, Text(source.sku), By(source.source));
        });
    return absl::StrCat(Text(exclusion.plan), " against ", Text(exclusion.other), " of ", sources);
  });
}

std::string Details(const Dependency& violation) {
  return Join(violation.unmet, [](const PlanRequirement& requirement) {
    return absl::StrCat(Text(requirement.plan), " needs ", IdList(requirement.any_of));
  });
}

std::string Details(const Count& violation) { return absl::StrCat("place ", violation.place); }

std::string Details(const Other& violation) {
  return Join(violation.failed, [](const FailedItem& failed) {
    return absl::StrCat(Text(failed.sku), " ",
                        absl::StrJoin(failed.codes, ",", [](std::string* out, ViolationCode code) {
                          absl::StrAppend(out, ViolationName(code));
                        }));
  });
}

template <typename Row>
std::string Lines(const std::vector<Row>& rows, std::string (*describe)(const Row&)) {
  std::string text;
  for (const Row& row : rows) absl::StrAppend(&text, describe(row), "\n");
  return text;
}

}  // namespace

std::string DescribeViolation(const Violation& violation) {
  const std::string name(ViolationName(CodeOf(violation)));
  if (std::holds_alternative<UsageLocationMissing>(violation)) return name;
  return absl::StrCat(name, "(", std::visit([](const auto& v) { return Details(v); }, violation),
                      ")");
}

std::string DescribeLicense(const License& license) {
  std::string text = absl::StrCat(Text(license.user), ": ", Text(license.sku), " ",
                                  LicenseStateName(license.state));
  if (!license.enabled_plans.empty()) absl::StrAppend(&text, " ", IdList(license.enabled_plans));
  return text;
}

std::string DescribeItem(const ClaimItem& item) {
  std::string text = absl::StrCat(Text(item.user), By(item.source), ": ", Text(item.sku),
                                  item.granted ? " Granted" : " Rejected");
  for (const Violation& violation : item.violations) {
    absl::StrAppend(&text, " ", DescribeViolation(violation));
  }
  return text;
}

std::string DescribeSeats(const SeatUsage& seats) {
  const std::string capacity =
      seats.capacity == kUnlimited ? "unlimited" : absl::StrCat(seats.capacity);
  return absl::StrCat(Text(seats.sku), ": consumed ", seats.consumed, " waiting ", seats.waiting,
                      " of usable ", seats.usable, " parked ", seats.parked, " capacity ",
                      capacity);
}

std::string DescribeGroupStatus(const GroupStatus& status) {
  return absl::StrCat("group ", Text(status.group), ": members ", status.members, " licensed ",
                      status.fully_licensed, " with errors ", status.with_errors);
}

std::string DescribeLicenses(const Derived& derived) {
  return Lines(derived.licenses, DescribeLicense);
}

std::string DescribeItems(const Derived& derived) { return Lines(derived.items, DescribeItem); }

std::string DescribeAllSeats(const Derived& derived) { return Lines(derived.seats, DescribeSeats); }

std::string DescribeGroups(const Derived& derived) {
  return Lines(derived.groups, DescribeGroupStatus);
}

std::string DescribeDerived(const Derived& derived) {
  return absl::StrCat(DescribeLicenses(derived), DescribeItems(derived), DescribeAllSeats(derived),
                      DescribeGroups(derived));
}

}  // namespace seatwise::worlds
