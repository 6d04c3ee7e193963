#include "engine/rules/explain.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace seatwise {
namespace {

// Explains the claims of one user.
class Explainer {
 public:
  Explainer(const ShapeTable& shapes, const JudgedClaims& judged,
            absl::FunctionRef<int64_t(SkuNo)> place_of)
      : shapes_(shapes),
        columns_(shapes.columns()),
        catalog_(shapes.catalog()),
        judged_(judged),
        place_of_(place_of),
        enabled_(catalog_.words()) {
    for (size_t claim = 0; claim < judged.claims.size(); ++claim) {
      if (IsGranted(judged.granted, claim)) {
        UnionInto(absl::MakeSpan(enabled_), shapes.plans(judged.claims[claim]));
      }
    }
  }

  std::vector<ClaimItem> All() {
    std::vector<ClaimItem> all;
    size_t first_item = 0;
    for (size_t claim = 0; claim < judged_.claims.size(); ++claim) {
      const size_t count = shapes_[judged_.claims[claim]].item_count;
      AddClaim(claim, judged_.items.subspan(first_item, count), all);
      first_item += count;
    }
    std::sort(all.begin(), all.end(), [](const ClaimItem& a, const ClaimItem& b) {
      return std::tie(a.source, a.sku) < std::tie(b.source, b.sku);
    });
    return all;
  }

 private:
  void AddClaim(size_t claim, absl::Span<const ViolationMask> masks, std::vector<ClaimItem>& all) {
    const ShapeNo shape = judged_.claims[claim];
    with_claim_ = enabled_;
    UnionInto(absl::MakeSpan(with_claim_), shapes_.plans(shape));
    const absl::Span<const ShapeItem> items = shapes_.items(shape);
    for (size_t i = 0; i < items.size(); ++i) {
      ClaimItem row{.user = UserId(columns_.users[judged_.user]),
                    .source = SourceOf(shape),
                    .sku = catalog_.sku(items[i].sku).id,
                    .granted = IsGranted(judged_.granted, claim),
                    .violations = {}};
      for (int code = 0; code < kViolationCodes; ++code) {
        if (!Contains(masks[i], static_cast<ViolationCode>(code))) continue;
        row.violations.push_back(
            Describe(static_cast<ViolationCode>(code), claim, items[i], masks));
      }
      all.push_back(std::move(row));
    }
  }

  Violation Describe(ViolationCode code, size_t claim, const ShapeItem& item,
                     absl::Span<const ViolationMask> masks) {
    const PlanBits plans = columns_.plan_sets[item.plans];
    switch (code) {
      case ViolationCode::kUsageLocationMissing:
        return UsageLocationMissing{};
      case ViolationCode::kProhibitedInUsageLocation:
        return DescribeProhibited(plans);
      case ViolationCode::kUniqueness:
        return DescribeUniqueness(plans);
      case ViolationCode::kMutuallyExclusive:
        return DescribeExclusions(claim, plans);
      case ViolationCode::kDependency:
        return DescribeDependency(plans);
      case ViolationCode::kCount:
        return Count{.place = place_of_(item.sku)};
      case ViolationCode::kOther:
        break;
    }
    return DescribeOther(claim, masks);
  }

  Violation DescribeProhibited(PlanBits plans) const {
    const Location location = columns_.LocationOf(judged_.user);
    return ProhibitedInUsageLocation{.plans = IdsIn(plans, catalog_.prohibited_in(location)),
                                     .location = location};
  }

  Violation DescribeUniqueness(PlanBits plans) const {
    Uniqueness detail{.plans = IdsIn(plans, catalog_.unique_address_plans()), .clashes = {}};
    for (const ClashRow& clash : columns_.ClashesOf(judged_.user)) {
      detail.clashes.push_back(
          {.address = clash.address, .owner = UserId(columns_.users[clash.owner])});
    }
    return detail;
  }

  Violation DescribeExclusions(size_t claim, PlanBits plans) const {
    MutuallyExclusive detail;
    ForEachCommon(plans, catalog_.plans_with_conflicts(), [&](PlanNo plan) {
      ForEachCommon(catalog_.conflicts_of(plan), with_claim_, [&](PlanNo other) {
        detail.exclusions.push_back({.plan = catalog_.plan(plan).id,
                                     .other = catalog_.plan(other).id,
                                     .sources = SourcesOf(claim, other)});
      });
    });
    return detail;
  }

  Violation DescribeDependency(PlanBits plans) const {
    Dependency detail;
    ForEachCommon(plans, catalog_.plans_with_requirements(), [&](PlanNo plan) {
      for (const RequirementRow& requirement : catalog_.requirements_of(plan)) {
        const PlanBits any_of = catalog_.any_of(requirement.any_of);
        if (Intersects(any_of, with_claim_)) continue;
        detail.unmet.push_back({.plan = catalog_.plan(plan).id, .any_of = catalog_.IdsOf(any_of)});
      }
    });
    return detail;
  }

  // K7: the items of the claim with a violation of their own.
  Violation DescribeOther(size_t claim, absl::Span<const ViolationMask> masks) const {
    Other detail;
    const absl::Span<const ShapeItem> items = shapes_.items(judged_.claims[claim]);
    for (size_t i = 0; i < items.size(); ++i) {
      FailedItem failed{.sku = catalog_.sku(items[i].sku).id, .codes = {}};
      for (int code = 0; code < static_cast<int>(ViolationCode::kOther); ++code) {
        if (Contains(masks[i], static_cast<ViolationCode>(code))) {
          failed.codes.push_back(static_cast<ViolationCode>(code));
        }
      }
      if (!failed.codes.empty()) detail.failed.push_back(std::move(failed));
    }
    return detail;
  }

  // The items, of granted claims and of this one, that enable `plan`.
  std::vector<PlanSource> SourcesOf(size_t claim, PlanNo plan) const {
    std::vector<PlanSource> sources;
    for (size_t i = 0; i < judged_.claims.size(); ++i) {
      if (i != claim && !IsGranted(judged_.granted, i)) continue;
      for (const ShapeItem& item : shapes_.items(judged_.claims[i])) {
        if (!Contains(columns_.plan_sets[item.plans], plan)) continue;
        sources.push_back(
            {.sku = catalog_.sku(item.sku).id, .source = SourceOf(judged_.claims[i])});
      }
    }
    std::sort(sources.begin(), sources.end());
    return sources;
  }

  Principal SourceOf(ShapeNo number) const {
    const Shape& shape = shapes_[number];
    if (shape.direct()) return UserId(columns_.users[judged_.user]);
    return GroupId(columns_.groups[shape.group]);
  }

  std::vector<PlanId> IdsIn(PlanBits plans, PlanBits also) const {
    std::vector<PlanId> ids;
    ForEachCommon(plans, also, [&](PlanNo plan) { ids.push_back(catalog_.plan(plan).id); });
    return ids;
  }

  const ShapeTable& shapes_;
  const Columns& columns_;
  const Catalog& catalog_;
  const JudgedClaims& judged_;
  absl::FunctionRef<int64_t(SkuNo)> place_of_;
  std::vector<uint64_t> enabled_;     // E.
  std::vector<uint64_t> with_claim_;  // E and P of the claim at hand.
};

}  // namespace

std::vector<ClaimItem> ExplainClaims(const ShapeTable& shapes, const JudgedClaims& judged,
                                     absl::FunctionRef<int64_t(SkuNo)> place_of) {
  return Explainer(shapes, judged, place_of).All();
}

}  // namespace seatwise
