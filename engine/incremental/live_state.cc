#include "engine/incremental/live_state.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/prefetch.h"
#include "engine/incremental/from_scratch.h"
#include "engine/incremental/live_addresses.h"
#include "engine/incremental/live_parts.h"
#include "engine/incremental/load_live_facts.h"
#include "engine/incremental/number_index.h"
#include "engine/incremental/prepare_parts.h"
#include "engine/incremental/user_shapes.h"
#include "engine/rules/explain.h"
#include "engine/rules/license_maker.h"

namespace seatwise {
namespace {

// A user whose claims are explained, in a version.
class UserInParts final : public ExplainedUser {
 public:
  UserInParts(const LiveParts& parts, uint32_t user) : parts_(parts), user_(user) {}

  UserId id() const override { return UserId(parts_.facts.UserIdOf(user_)); }
  Location location() const override { return parts_.facts.LocationOf(user_); }
  std::vector<AddressClash> Clashes() const override { return ClashesOf(parts_.facts, user_); }
  GroupId IdOfGroup(uint32_t group) const override {
    return GroupId(parts_.facts.GroupIdOf(group));
  }
  int64_t PlaceOf(SkuNo sku) const override {
    const auto id_of = [&](uint32_t user) { return parts_.facts.UserIdOf(user); };
    for (const SeatEntry& entry : parts_.answers.EntryListOf(user_)) {
      if (entry.sku != sku || entry.kind != SeatEntry::Kind::kWaiting) continue;
      return int64_t{parts_.seats[sku]->waiting.Rank(entry.place, PlaceOrder(id_of))} + 1;
    }
    SEATWISE_CHECK(false) << "user does not wait";
    return 0;
  }

 private:
  const LiveParts& parts_;
  const uint32_t user_;
};

// The masks of all items as they are shown.
std::vector<ViolationMask> ShownMasks(const LiveParts& parts, const Outcome& outcome) {
  std::vector<ViolationMask> masks(outcome.items.begin(), outcome.items.end());
  size_t item = 0;
  for (const Ref<ClaimShape>& claim : outcome.claims) {
    for (const ShapeItem& asked : claim->items) {
      masks[item] = ShownMask(masks[item], parts.IsFull(asked.sku));
      ++item;
    }
  }
  return masks;
}

}  // namespace

LiveState::LiveState(std::unique_ptr<LiveParts> parts) : parts_(std::move(parts)) {}
LiveState::~LiveState() {
  if (const auto heir = heir_.lock()) parts_->GiveTo(heir->parts());
}

const Catalog& LiveState::catalog() const { return parts_->facts.catalog(); }
const TenantSettings& LiveState::settings() const { return parts_->facts.settings; }
NextNumbers LiveState::next_numbers() const { return parts_->facts.next; }

std::optional<uint32_t> LiveState::FindUser(absl::string_view id) const {
  const LiveFacts& facts = parts_->facts;
  const LiveAnswers& answers = parts_->answers;
  return FindText(facts.user_hashes, id, [&](uint32_t user) {
    // Who looks a user up mostly asks next what it has: the way there is fetched while the id is
    // waited for, a step each.
    facts.users.Prefetch(user);
    answers.Prefetch(user);
    if (user < facts.users.size()) PrefetchBytes(facts.users[user].get(), 2 * kCacheLine);
    answers.PrefetchNumber(user);
    answers.PrefetchOutcome(user);
    return facts.UserIdOf(user);
  });
}
std::optional<uint32_t> LiveState::FindGroup(absl::string_view id) const {
  return parts_->facts.FindGroup(id);
}
std::optional<SkuNo> LiveState::FindSku(absl::string_view id) const {
  return catalog().FindSku(id);
}

AccountFlags LiveState::AccountOf(uint32_t user) const {
  return parts_->facts.users[user]->account();
}
absl::string_view LiveState::UserIdOf(uint32_t user) const { return parts_->facts.UserIdOf(user); }
absl::string_view LiveState::GroupIdOf(uint32_t group) const {
  return parts_->facts.GroupIdOf(group);
}

size_t LiveState::user_count() const { return parts_->facts.user_count; }
size_t LiveState::group_count() const { return parts_->facts.group_count; }

void LiveState::ForEachUserFrom(absl::string_view id, VisitNumber visit) const {
  parts_->facts.ForEachUserFrom(id, visit);
}
void LiveState::ForEachGroupFrom(absl::string_view id, VisitNumber visit) const {
  parts_->facts.ForEachGroupFrom(id, visit);
}
void LiveState::ForEachDirectMember(uint32_t group, absl::FunctionRef<bool(uint32_t)> visit) const {
  parts_->facts.members[group].ForEachFromRank(0, visit);
}

void LiveState::ForEachDirectMemberFrom(uint32_t group, uint32_t user,
                                        absl::FunctionRef<bool(uint32_t)> visit) const {
  parts_->facts.members[group].ForEachFrom(user, visit);
}

void LiveState::ForEachSubgroup(uint32_t group, absl::FunctionRef<void(uint32_t)> visit) const {
  for (const GroupLink& child : parts_->facts.groups[group]->children) visit(child.group);
}

void LiveState::ForEachLicense(uint32_t user,
                               absl::FunctionRef<void(const LiveLicense&)> visit) const {
  const Outcome* outcome = parts_->answers.OutcomeOf(user);
  if (outcome == nullptr) return;
  for (const LiveOutcomeLicense& license : outcome->licenses) PrefetchLine(license.plans);
  for (const LiveOutcomeLicense& license : outcome->licenses) {
    const bool off = parts_->facts.products.supply(license.sku).off();
    visit({.sku = license.sku,
           .state = StateOf(license.held, license.rejected, off),
           .enabled_plans = outcome->plans(license)});
  }
}

std::vector<License> LiveState::LicensesOf(uint32_t user) const {
  std::vector<License> licenses;
  ForEachLicense(user, [&](const LiveLicense& license) {
    licenses.push_back({.user = UserId(UserIdOf(user)),
                        .sku = catalog().sku(license.sku).id,
                        .state = license.state,
                        .enabled_plans = catalog().IdsOf(license.enabled_plans)});
  });
  return licenses;
}

std::vector<uint64_t> LiveState::EffectivePlansOf(uint32_t user) const {
  std::vector<uint64_t> plans(catalog().words());
  ForEachLicense(user, [&](const LiveLicense& license) {
    const bool effective =
        license.state == LicenseState::kActive || license.state == LicenseState::kActiveWithError;
    if (effective) UnionInto(absl::MakeSpan(plans), license.enabled_plans);
  });
  return plans;
}

void LiveState::ForEachItem(uint32_t user, absl::FunctionRef<void(const LiveItem&)> visit) const {
  const Outcome* outcome = parts_->answers.OutcomeOf(user);
  if (outcome == nullptr) return;
  std::vector<LiveItem> items;
  size_t item = 0;
  for (const Ref<ClaimShape>& claim : outcome->claims) {
    const Shape& head = claim->head;
    for (const ShapeItem& asked : claim->items) {
      items.push_back({.direct = head.direct(),
                       .principal = head.direct() ? user : head.group,
                       .sku = asked.sku,
                       .violations = ShownMask(outcome->items[item], parts_->IsFull(asked.sku))});
      ++item;
    }
  }
  // Claims are in the order of principals already, but a group's items lie in several claims.
  std::stable_sort(items.begin(), items.end(), [&](const LiveItem& x, const LiveItem& y) {
    if (x.direct != y.direct) return x.direct;
    if (x.principal != y.principal) return GroupIdOf(x.principal) < GroupIdOf(y.principal);
    return catalog().sku(x.sku).id < catalog().sku(y.sku).id;
  });
  for (const LiveItem& row : items) visit(row);
}

std::vector<ClaimItem> LiveState::Explain(uint32_t user) const {
  const Outcome* outcome = parts_->answers.OutcomeOf(user);
  if (outcome == nullptr) return {};
  UserShapes shapes(catalog());
  std::vector<ShapeNo> numbers;
  for (const Ref<ClaimShape>& claim : outcome->claims) {
    numbers.push_back(static_cast<ShapeNo>(numbers.size()));
    shapes.Add(*claim);
  }
  shapes.NumberPlans();
  const std::vector<ViolationMask> masks = ShownMasks(*parts_, *outcome);
  return ExplainClaims(shapes, {.claims = numbers, .granted = outcome->granted, .items = masks},
                       UserInParts(*parts_, user));
}

SeatUsage LiveState::SeatsOf(SkuNo sku) const {
  const SeatSupply& supply = parts_->facts.products.supply(sku);
  SeatUsage usage{.sku = catalog().sku(sku).id,
                  .usable = supply.usable,
                  .parked = supply.parked,
                  .capacity = supply.capacity()};
  const Ref<SeatQueue>& queue = parts_->seats[sku];
  if (!queue) return usage;
  usage.consumed = queue->consumed;
  usage.waiting = parts_->IsFull(sku) ? queue->waiting.size() : 0;
  return usage;
}

std::vector<SeatUsage> LiveState::Seats() const {
  std::vector<SeatUsage> seats;
  for (SkuNo sku = 0; sku < catalog().skus(); ++sku) {
    if (!catalog().sku(sku).id.value().empty()) seats.push_back(SeatsOf(sku));
  }
  std::sort(seats.begin(), seats.end(),
            [](const SeatUsage& x, const SeatUsage& y) { return x.sku < y.sku; });
  return seats;
}

std::optional<GroupStatus> LiveState::GroupStatusOf(uint32_t group) const {
  if (!parts_->facts.shapes[group]) return std::nullopt;
  const GroupCounts& counts = parts_->groups[group];
  return GroupStatus{.group = GroupId(GroupIdOf(group)),
                     .members = counts.members,
                     .fully_licensed = int64_t{counts.members} - counts.with_errors,
                     .with_errors = counts.with_errors};
}

std::vector<GroupStatus> LiveState::Groups() const {
  std::vector<GroupStatus> groups;
  ForEachGroupFrom("", [&](uint32_t group, absl::string_view) {
    std::optional<GroupStatus> status = GroupStatusOf(group);
    if (status.has_value()) groups.push_back(*std::move(status));
    return true;
  });
  return groups;
}

ClaimCounts LiveState::Counts() const {
  ClaimCounts counts;
  parts_->answers.ForEachOutcome([&](uint32_t, const Outcome& outcome) {
    ++counts.users_with_claims;
    counts.users_with_errors += outcome.any_rejected ? 1 : 0;
    for (size_t claim = 0; claim < outcome.claims.size(); ++claim) {
      ++(IsGranted(outcome.granted, claim) ? counts.granted : counts.rejected);
    }
    if (!outcome.any_rejected) return;
    for (ViolationMask mask : ShownMasks(*parts_, outcome)) {
      for (size_t code = 0; code < kViolationCodes; ++code) {
        if (Contains(mask, static_cast<ViolationCode>(code))) ++counts.items_by_code[code];
      }
    }
  });
  return counts;
}

size_t LiveState::ApproximateBytes() const {
  // Most users share their outcome with others; entries are rare. A reference of each, and nodes.
  constexpr size_t kPerUser = 3 * sizeof(void*);
  size_t bytes = parts_->facts.ApproximateBytes() + parts_->answers.size() * kPerUser;
  parts_->seats.ForEach([&](uint32_t, const Ref<SeatQueue>& queue) {
    if (!queue) return;
    // A place stands in a tree and in the entries of its user.
    constexpr size_t kPerPlace = 3 * sizeof(SeatEntry);
    bytes += kPerPlace * (queue->takes.size() + queue->denied.size() + queue->waiting.size());
  });
  return bytes;
}

std::shared_ptr<const LiveState> LiveStateFrom(LoadedFacts facts, Executor& executor) {
  return std::make_shared<LiveState>(std::make_unique<LiveParts>(
      FromScratch(LoadLiveFacts(facts, executor), facts.columns, facts.user_number, executor)));
}

Prepared Prepare(const std::shared_ptr<const LiveState>& base, const ValidatedChangeSet& changes,
                 Executor& executor, const PrepareLimits& limits) {
  PreparedParts prepared = PrepareParts(base->parts(), changes, limits, executor);
  return {.state = std::make_shared<LiveState>(std::move(prepared.parts)),
          .delta = std::move(prepared.delta),
          .statistics = prepared.statistics};
}

Derived ExpandDerived(const LiveState& state) {
  Derived derived;
  state.ForEachUserFrom("", [&](uint32_t user, absl::string_view) {
    for (License& license : state.LicensesOf(user)) derived.licenses.push_back(std::move(license));
    for (ClaimItem& item : state.Explain(user)) derived.items.push_back(std::move(item));
    return true;
  });
  derived.seats = state.Seats();
  derived.groups = state.Groups();
  return derived;
}

}  // namespace seatwise
