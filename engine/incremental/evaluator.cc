#include "engine/incremental/evaluator.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace seatwise {

Evaluator::Evaluator(const LiveFacts& facts, const TraitTable& traits, OutcomeTable& known)
    : facts_(facts),
      traits_(traits),
      known_(known),
      reader_(facts),
      shapes_(facts.catalog()),
      watch_(facts.catalog().skus()),
      granting_(shapes_, traits, watch_),
      judge_(shapes_, traits, nullptr),
      licenses_(shapes_),
      demanded_(facts.catalog().skus()) {}

void Evaluator::Load(uint32_t user) {
  claims_ = reader_.Of(user);
  shapes_.Clear();
  places_.clear();
  for (const LiveClaim& claim : claims_) {
    shapes_.Add(*claim.shape);
    places_.push_back({claim.priority, user, claim.since, claim.joined});
  }
  NumberClaims(claims_.empty() ? Traits{0} : TraitsOfUser(facts_, traits_, user));
  order_.assign(numbers_.begin(), numbers_.begin() + static_cast<std::ptrdiff_t>(claims_.size()));
  std::sort(order_.begin(), order_.end(), [&](uint32_t x, uint32_t y) {
    const int by_times = CompareTimes(places_[x], places_[y]);
    return by_times != 0 ? by_times < 0 : x < y;
  });
}

void Evaluator::NumberClaims(Traits traits) {
  while (numbers_.size() < claims_.size()) {
    numbers_.push_back(static_cast<ShapeNo>(numbers_.size()));
  }
  list_ = {.shapes = absl::MakeConstSpan(numbers_).first(claims_.size()), .traits = traits};
}

Ref<Outcome> Evaluator::OutcomeOf(Traits traits, absl::Span<const ClaimShape* const> claims,
                                  absl::Span<const uint64_t> granted) {
  if (claims.empty()) return {};
  nobodys_.clear();
  shapes_.Clear();
  for (const ClaimShape* claim : claims) {
    nobodys_.push_back({.shape = claim});
    shapes_.Add(*claim);
  }
  claims_ = nobodys_;
  NumberClaims(traits);
  granted_.assign(granted.begin(), granted.end());
  return MakeOutcome();
}

bool Evaluator::StandsAt(absl::Span<const SeatEntry> entries) const {
  return std::all_of(entries.begin(), entries.end(), [&](const SeatEntry& entry) {
    const auto turn = std::lower_bound(order_.begin(), order_.end(), entry.place,
                                       [&](uint32_t claim, const QueuePlace& place) {
                                         return CompareTimes(places_[claim], place) < 0;
                                       });
    return turn != order_.end() && places_[*turn] == entry.place;
  });
}

bool Evaluator::AsksForTracked(const SeatSource& seats) const {
  return std::any_of(claims_.begin(), claims_.end(), [&](const LiveClaim& claim) {
    const auto& items = claim.shape->items;
    return std::any_of(items.begin(), items.end(),
                       [&](const ShapeItem& item) { return seats.IsTracked(item.sku); });
  });
}

void Evaluator::Grant(const SeatSource& seats) {
  watch_.Begin(seats);
  granted_.assign(GrantWords(claims_.size()), 0);
  granting_.Load(list_, order_, absl::MakeSpan(granted_));
  for (size_t turn = 0; turn < order_.size(); ++turn) {
    watch_.SetPlace(places_[order_[turn]]);
    granting_.Offer(turn);
  }
}

Ref<Outcome> Evaluator::Evaluate(const SeatSource& seats) {
  Grant(seats);
  if (claims_.empty()) return {};
  Ref<Outcome> outcome =
      known_.Find({.traits = list_.traits, .claims = shapes_, .granted = granted_});
  if (!outcome) {
    outcome = MakeOutcome();
    known_.Add(outcome);
  }
  if (outcome->waits) NoteWaiting(*outcome);
  return outcome;
}

Ref<Outcome> Evaluator::MakeOutcome() {
  auto outcome = std::make_unique<Outcome>();
  outcome->traits = list_.traits;
  outcome->traits_version = traits_.version();
  outcome->claims.reserve(claims_.size());
  for (const LiveClaim& claim : claims_) outcome->claims.push_back(claim.Hold());
  outcome->granted.assign(granted_.begin(), granted_.end());
  shapes_.NumberPlans();
  const auto items = judge_.Items(list_, granted_);
  outcome->items.assign(items.begin(), items.end());
  outcome->waits = std::any_of(items.begin(), items.end(), [](ViolationMask mask) {
    return Contains(mask, ViolationCode::kCount);
  });
  for (size_t claim = 0; claim < claims_.size(); ++claim) {
    outcome->any_rejected = outcome->any_rejected || !IsGranted(granted_, claim);
  }
  AddLicenses(*outcome);
  MarkDemand(*outcome);
  return Ref<Outcome>::Adopt(outcome.release());
}

void Evaluator::AddLicenses(Outcome& outcome) {
  outcome.words = facts_.catalog().words();
  const absl::Span<const LicenseDraft> drafts = licenses_.Make(list_.shapes, granted_);
  outcome.licenses.reserve(drafts.size());
  const auto unions = std::count_if(drafts.begin(), drafts.end(),
                                    [](const LicenseDraft& draft) { return draft.is_union; });
  outcome.unions.reserve(static_cast<size_t>(unions) * outcome.words);  // Nothing moves any more.
  for (const LicenseDraft& draft : drafts) {
    PlanBits plans;
    if (draft.is_union) {
      plans = licenses_.unions()[draft.enabled_plans];
      plans = {&*outcome.unions.insert(outcome.unions.end(), plans.begin(), plans.end()),
               plans.size()};
    } else {
      plans = shapes_.plan_set(draft.enabled_plans);
    }
    outcome.licenses.push_back(
        {.sku = draft.sku, .held = draft.held, .rejected = draft.rejected, .plans = plans.data()});
  }
  const Catalog& catalog = facts_.catalog();
  std::sort(outcome.licenses.begin(), outcome.licenses.end(),
            [&](const LiveOutcomeLicense& x, const LiveOutcomeLicense& y) {
              return catalog.sku(x.sku).id < catalog.sku(y.sku).id;
            });
}

void Evaluator::MarkDemand(Outcome& outcome) {
  for (ShapeNo claim : list_.shapes) {
    if (NeverPasses(shapes_, traits_, claim, list_.traits)) continue;
    for (const ShapeItem& item : shapes_.items(claim)) demanded_[item.sku] = 1;
  }
  for (LiveOutcomeLicense& license : outcome.licenses) {
    license.may_pass = demanded_[license.sku] != 0;
    demanded_[license.sku] = 0;
  }
}

void Evaluator::FindEntries(const SeatSource& seats, const Outcome& outcome) {
  Grant(seats);
  if (outcome.waits) NoteWaiting(outcome);
}

void Evaluator::NoteWaiting(const Outcome& outcome) {
  std::vector<size_t> first_item;  // By claim.
  size_t items = 0;
  for (const LiveClaim& claim : claims_) {
    first_item.push_back(items);
    items += claim.shape->items.size();
  }
  for (uint32_t claim : order_) {
    watch_.SetPlace(places_[claim]);
    const auto& shape_items = claims_[claim].shape->items;
    for (size_t i = 0; i < shape_items.size(); ++i) {
      if (!Contains(outcome.items[first_item[claim] + i], ViolationCode::kCount)) continue;
      watch_.Note(shape_items[i].sku, SeatEntry::Kind::kWaiting);
    }
  }
}

}  // namespace seatwise
