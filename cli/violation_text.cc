#include "cli/violation_text.h"

#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

// One overload for each type of violation.
struct Sentences {
  const Names& names;
  const int64_t waiting;

  using Lines = std::vector<std::string>;

  Lines operator()(const UsageLocationMissing&) const {
    return {"neither the user nor the tenant has a usage location"};
  }

  Lines operator()(const ProhibitedInUsageLocation& v) const {
    return {absl::StrCat(names.Plans(v.plans), v.plans.size() == 1 ? " is" : " are",
                         " prohibited in ", v.location.ToString())};
  }

  Lines operator()(const Uniqueness& v) const {
    Lines lines;
    for (const AddressClash& clash : v.clashes) {
      lines.push_back(absl::StrCat(names.Plans(v.plans), v.plans.size() == 1 ? " needs" : " need",
                                   " the address ", Printable(clash.address), ", which belongs to ",
                                   names.User(clash.owner)));
    }
    return lines;
  }

  Lines operator()(const MutuallyExclusive& v) const {
    Lines lines;
    for (const Exclusion& exclusion : v.exclusions) {
      std::vector<std::string> sources;
      for (const PlanSource& source : exclusion.sources) {
        sources.push_back(
            absl::StrCat(names.Sku(source.sku), " (", names.Source(source.source), ")"));
      }
      lines.push_back(absl::StrCat(names.Plan(exclusion.plan), " excludes ",
                                   names.Plan(exclusion.other), " of ", Enumerated(sources)));
    }
    return lines;
  }

  Lines operator()(const Dependency& v) const {
    Lines lines;
    for (const PlanRequirement& requirement : v.unmet) {
      lines.push_back(absl::StrCat(names.Plan(requirement.plan), " requires ",
                                   names.AnyPlan(requirement.any_of), ", and nothing enables ",
                                   requirement.any_of.size() == 1 ? "it" : "either"));
    }
    return lines;
  }

  Lines operator()(const Count& v) const {
    return {absl::StrCat("no seat is free: place ", Grouped(v.place), " of ", Grouped(waiting),
                         " in the queue")};
  }

  Lines operator()(const Other& v) const {
    Lines lines;
    for (const FailedItem& failed : v.failed) {
      std::vector<std::string> codes;
      for (const ViolationCode code : failed.codes) {
        codes.emplace_back(ViolationName(code));
      }
      lines.push_back(
          absl::StrCat(names.Sku(failed.sku), " of the same group failed: ", Enumerated(codes)));
    }
    return lines;
  }
};

}  // namespace

std::vector<std::string> ViolationLines(const Violation& violation, const Names& names,
                                        int64_t waiting) {
  return std::visit(Sentences{names, waiting}, violation);
}

}  // namespace seatwise::cli
