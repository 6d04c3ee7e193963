#include "engine/incremental/outcome_splice.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/rules/granting.h"

namespace seatwise {

OutcomeSplice::OutcomeSplice(const Catalog& catalog, uint32_t traits_version,
                             absl::Span<const ClaimShape* const> before,
                             absl::Span<const SplicedClaim> after)
    : words_(catalog.words()),
      traits_version_(traits_version),
      after_(after.begin(), after.end()),
      new_before_(catalog.skus()),
      gone_(catalog.skus()),
      shares_(kShares) {
  for (const ClaimShape* shape : before) {
    first_item_.push_back(items_before_);
    items_before_ += shape->items.size();
    for (const ShapeItem& item : shape->items) gone_[item.sku] = 1;
  }
  for (const SplicedClaim& claim : after_) {
    items_after_ += claim.shape->items.size();
    const bool is_new = claim.was == SplicedClaim::kNew;
    for (const ShapeItem& item : claim.shape->items) {
      gone_[item.sku] = is_new ? 1 : 0;
      if (!is_new) continue;
      new_licenses_.push_back({.sku = item.sku,
                               .held = true,
                               .may_pass = true,
                               .plans = claim.shape->plans(item).data()});
    }
  }
  const auto is_before = [&](SkuNo x, SkuNo y) { return catalog.sku(x).id < catalog.sku(y).id; };
  std::sort(new_licenses_.begin(), new_licenses_.end(),
            [&](const auto& x, const auto& y) { return is_before(x.sku, y.sku); });
  for (SkuNo sku = 0; sku < new_before_.size(); ++sku) {
    for (const LiveOutcomeLicense& license : new_licenses_) {
      new_before_[sku] += is_before(license.sku, sku) ? 1 : 0;
    }
  }
}

OutcomeSplice::~OutcomeSplice() {
  for (Shares& shares : shares_) Count(shares);
}

void OutcomeSplice::Count(Shares& shares) {
  if (shares.times > 0) shares.claim->Share(shares.times);
  shares.times = 0;
}

Ref<Outcome> OutcomeSplice::Make(const Outcome& before, Traits traits, size_t begin) {
  auto outcome = std::make_unique<Outcome>();
  outcome->traits = traits;
  outcome->traits_version = traits_version_;
  outcome->waits = before.waits;
  outcome->any_rejected = before.any_rejected;
  AddClaims(before, begin, *outcome);
  AddItems(before, begin, *outcome);
  AddLicenses(before, *outcome);
  return Ref<Outcome>::Adopt(outcome.release());
}

void OutcomeSplice::AddClaim(const ClaimShape* claim, bool granted, Outcome& outcome) {
  Shares& shares = shares_[PlaceFor(claim, kShares)];
  if (shares.claim != claim) {
    Count(shares);
    shares.claim = claim;
  }
  ++shares.times;
  if (granted) MarkGranted(absl::MakeSpan(outcome.granted), outcome.claims.size());
  outcome.claims.push_back(Ref<ClaimShape>::Adopt(claim));
}

void OutcomeSplice::AddClaims(const Outcome& before, size_t begin, Outcome& outcome) {
  const size_t end = begin + first_item_.size();
  const size_t claims = before.claims.size() - first_item_.size() + after_.size();
  outcome.claims.reserve(claims);
  outcome.granted.resize(GrantWords(claims));
  const auto keep = [&](size_t claim) {
    AddClaim(before.claims[claim].get(), IsGranted(before.granted, claim), outcome);
  };
  for (size_t claim = 0; claim < begin; ++claim) keep(claim);
  for (const SplicedClaim& claim : after_) {
    const bool is_new = claim.was == SplicedClaim::kNew;
    AddClaim(claim.shape, is_new || IsGranted(before.granted, begin + claim.was), outcome);
  }
  for (size_t claim = end; claim < before.claims.size(); ++claim) keep(claim);
}

// Whoever is granted has no violations.
void OutcomeSplice::AddItems(const Outcome& before, size_t begin, Outcome& outcome) const {
  const size_t items = before.items.size() - items_before_ + items_after_;
  if (!before.any_rejected) {
    outcome.items.resize(items);
    return;
  }
  outcome.items.reserve(items);
  const auto copy = [&](size_t first, size_t count) {
    const ViolationMask* masks = before.items.data() + first;
    outcome.items.insert(outcome.items.end(), masks, masks + count);
  };
  size_t first = 0;  // Of the claims before.
  for (size_t claim = 0; claim < begin; ++claim) first += before.claims[claim]->items.size();
  copy(0, first);
  for (const SplicedClaim& claim : after_) {
    const size_t count = claim.shape->items.size();
    if (claim.was == SplicedClaim::kNew) {
      outcome.items.insert(outcome.items.end(), count, ViolationMask{0});
    } else {
      copy(first + first_item_[claim.was], count);
    }
  }
  copy(first + items_before_, before.items.size() - first - items_before_);
}

// Sets of plans lie in the claims, or in the outcome itself.
void OutcomeSplice::AddLicenses(const Outcome& before, Outcome& outcome) const {
  outcome.words = words_;
  outcome.licenses.resize(before.licenses.size() + new_licenses_.size());
  LiveOutcomeLicense* const first = outcome.licenses.data();
  LiveOutcomeLicense* next = first;
  size_t added = 0;
  const auto add_up_to = [&](size_t count) {
    while (added < count) *next++ = new_licenses_[added++];
  };
  for (const LiveOutcomeLicense& license : before.licenses) {
    if (gone_[license.sku] != 0) continue;
    add_up_to(new_before_[license.sku]);
    *next++ = license;
  }
  add_up_to(new_licenses_.size());
  outcome.licenses.resize(static_cast<size_t>(next - first));
  if (!before.unions.empty()) MoveUnions(before, outcome);
}

void OutcomeSplice::MoveUnions(const Outcome& before, Outcome& outcome) {
  outcome.unions = before.unions;
  const uint64_t* const unions = before.unions.data();
  const uint64_t* const end = unions + before.unions.size();
  for (LiveOutcomeLicense& license : outcome.licenses) {
    if (std::less_equal<>()(unions, license.plans) && std::less<>()(license.plans, end)) {
      license.plans = outcome.unions.data() + (license.plans - unions);
    }
  }
}

}  // namespace seatwise
