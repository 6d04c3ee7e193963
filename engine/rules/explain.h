// The details behind a user's violations (section 6): which plans, addresses, owners, SKUs and
// sources are at fault. Lists are sorted by ids, whatever the order of numbers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "engine/model/catalog.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/location.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/granting.h"
#include "engine/rules/shape.h"

namespace seatwise {

// A user's claims and what became of them.
struct JudgedClaims {
  absl::Span<const ShapeNo> claims;
  absl::Span<const uint64_t> granted;
  absl::Span<const ViolationMask> items;  // Of every item, as Judge::Items gives them.
};

// The user whose claims are explained, and what their details name.
class ExplainedUser {
 public:
  virtual ~ExplainedUser() = default;

  virtual UserId id() const = 0;
  // The location that K1 and K2 look at.
  virtual Location location() const = 0;
  // The addresses that belong to somebody else (K3), sorted.
  virtual std::vector<AddressClash> Clashes() const = 0;
  // The group that a shape names.
  virtual GroupId IdOfGroup(uint32_t group) const = 0;
  // O8; asked only for items with COUNT.
  virtual int64_t PlaceOf(SkuNo sku) const = 0;
};

// Explains the claims of one user.
template <Shapes Collection>
class Explainer {
 public:
  Explainer(const Collection& shapes, const JudgedClaims& judged, const ExplainedUser& user)
      : shapes_(shapes),
        catalog_(shapes.catalog()),
        judged_(judged),
        user_(user),
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
      ClaimItem row{.user = user_.id(),
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
    const PlanBits plans = shapes_.plan_set(item.plans);
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
        return Count{.place = user_.PlaceOf(item.sku)};
      case ViolationCode::kOther:
        break;
    }
    return DescribeOther(claim, masks);
  }

  Violation DescribeProhibited(PlanBits plans) const {
    const Location location = user_.location();
    return ProhibitedInUsageLocation{.plans = IdsIn(plans, catalog_.prohibited_in(location)),
                                     .location = location};
  }

  Violation DescribeUniqueness(PlanBits plans) const {
    return Uniqueness{.plans = IdsIn(plans, catalog_.unique_address_plans()),
                      .clashes = user_.Clashes()};
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
    std::sort(detail.exclusions.begin(), detail.exclusions.end(),
              [](const Exclusion& x, const Exclusion& y) {
                return std::tie(x.plan, x.other) < std::tie(y.plan, y.other);
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
    std::sort(detail.unmet.begin(), detail.unmet.end());
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
    std::sort(detail.failed.begin(), detail.failed.end(),
              [](const FailedItem& x, const FailedItem& y) { return x.sku < y.sku; });
    return detail;
  }

  // The items, of granted claims and of this one, that enable `plan`.
  std::vector<PlanSource> SourcesOf(size_t claim, PlanNo plan) const {
    std::vector<PlanSource> sources;
    for (size_t i = 0; i < judged_.claims.size(); ++i) {
      if (i != claim && !IsGranted(judged_.granted, i)) continue;
      for (const ShapeItem& item : shapes_.items(judged_.claims[i])) {
        if (!Contains(shapes_.plan_set(item.plans), plan)) continue;
        sources.push_back(
            {.sku = catalog_.sku(item.sku).id, .source = SourceOf(judged_.claims[i])});
      }
    }
    std::sort(sources.begin(), sources.end());
    return sources;
  }

  Principal SourceOf(ShapeNo number) const {
    const Shape& shape = shapes_[number];
    if (shape.direct()) return user_.id();
    return user_.IdOfGroup(shape.group);
  }

  std::vector<PlanId> IdsIn(PlanBits plans, PlanBits also) const {
    std::vector<PlanId> ids;
    ForEachCommon(plans, also, [&](PlanNo plan) { ids.push_back(catalog_.plan(plan).id); });
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  const Collection& shapes_;
  const Catalog& catalog_;
  const JudgedClaims& judged_;
  const ExplainedUser& user_;
  std::vector<uint64_t> enabled_;     // E.
  std::vector<uint64_t> with_claim_;  // E and P of the claim at hand.
};

// One ClaimItem for each item, sorted like Derived::items.
template <Shapes Collection>
std::vector<ClaimItem> ExplainClaims(const Collection& shapes, const JudgedClaims& judged,
                                     const ExplainedUser& user) {
  return Explainer<Collection>(shapes, judged, user).All();
}

}  // namespace seatwise
