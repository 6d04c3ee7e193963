#include "service/license_comparison.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/model/plan_bits.h"

namespace seatwise {
namespace {

PlanIdSet PlansOf(const Catalog& catalog, PlanBits bits) {
  PlanIdSet plans;
  ForEachPlan(bits, [&](PlanNo plan) { plans.insert(catalog.plan(plan).id); });
  return plans;
}

// Users with the same answer share the bits of their plans, so an address stands for a set.
class LiveReader final : public LicenseReader {
 public:
  LiveReader(const LiveState& state, LicenseValues& values) : state_(state), values_(values) {}

  uint32_t end() const override { return state_.next_numbers().user; }
  void Read(uint32_t user, std::vector<uint32_t>& licenses) override {
    if (state_.UserIdOf(user).empty()) return;
    state_.ForEachLicense(user, [&](const LiveLicense& license) {
      auto [known, is_new] = known_.try_emplace(
          {license.sku, license.state, license.enabled_plans.data()}, kNoLicense);
      if (is_new) {
        const Catalog& catalog = state_.catalog();
        known->second = values_.NumberOf(catalog.sku(license.sku).id,
                                         {license.state, PlansOf(catalog, license.enabled_plans)});
      }
      licenses.push_back(known->second);
    });
  }

 private:
  const LiveState& state_;
  LicenseValues& values_;
  absl::flat_hash_map<std::tuple<SkuNo, LicenseState, const uint64_t*>, uint32_t> known_;
};

class DerivedReader final : public LicenseReader {
 public:
  DerivedReader(const DerivedView& view, absl::Span<const uint32_t> user_number,
                LicenseValues& values)
      : view_(view), values_(values) {
    for (UserNo user = 0; user < user_number.size(); ++user) {
      if (place_.size() <= user_number[user]) place_.resize(user_number[user] + 1, kNoLicense);
      place_[user_number[user]] = user;
    }
  }

  uint32_t end() const override { return static_cast<uint32_t>(place_.size()); }
  void Read(uint32_t user, std::vector<uint32_t>& licenses) override {
    if (user >= place_.size() || place_[user] == kNoLicense) return;
    view_.ForEachLicense(place_[user], place_[user] + 1, [&](const LicenseRow& row) {
      auto [known, is_new] =
          known_.try_emplace({row.sku, row.state, row.enabled_plans}, kNoLicense);
      if (is_new) {
        const Catalog& catalog = view_.columns().catalog;
        known->second =
            values_.NumberOf(catalog.sku(row.sku).id,
                             {row.state, PlansOf(catalog, view_.PlanSet(row.enabled_plans))});
      }
      licenses.push_back(known->second);
    });
  }

 private:
  const DerivedView& view_;
  LicenseValues& values_;
  std::vector<UserNo> place_;  // By stored number.
  absl::flat_hash_map<std::tuple<SkuNo, LicenseState, uint32_t>, uint32_t> known_;
};

// A tenant without users.
class NothingReader final : public LicenseReader {
 public:
  uint32_t end() const override { return 0; }
  void Read(uint32_t, std::vector<uint32_t>&) override {}
};

// Collects users by how one license of theirs changed.
class RunCollector {
 public:
  explicit RunCollector(const LicenseValues& values) : values_(values) {}

  // Users come ascending. Both lists are emptied.
  void Add(uint32_t user, std::vector<uint32_t>& before, std::vector<uint32_t>& after) {
    DropCommon(before, after);
    for (const uint32_t old : before) {
      // A user has few licenses that differ.
      const auto same_sku = [&](uint32_t now) {
        return now != kNoLicense && values_.entry(now).sku == values_.entry(old).sku;
      };
      const auto partner = std::find_if(after.begin(), after.end(), same_sku);
      const uint32_t now =
          partner == after.end() ? kNoLicense : std::exchange(*partner, kNoLicense);
      users_[{old, now}].push_back(user);
    }
    for (const uint32_t now : after) {
      if (now != kNoLicense) users_[{kNoLicense, now}].push_back(user);
    }
    before.clear();
    after.clear();
  }

  LicenseDelta Take() && { return DeltaOf(std::move(users_), values_); }

 private:
  static void DropCommon(std::vector<uint32_t>& before, std::vector<uint32_t>& after) {
    if (before == after) {  // The usual case, as long as both sides list alike.
      before.clear();
      after.clear();
      return;
    }
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    std::vector<uint32_t> gone;
    std::vector<uint32_t> come;
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                        std::back_inserter(gone));
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                        std::back_inserter(come));
    before.swap(gone);
    after.swap(come);
  }

  const LicenseValues& values_;
  UsersByChange users_;
};

std::optional<LicenseValue> ValueOf(uint32_t number, const LicenseValues& values) {
  if (number == kNoLicense) return std::nullopt;
  return values.entry(number).value;
}

}  // namespace

LicenseDelta DeltaOf(UsersByChange users, const LicenseValues& values) {
  LicenseDelta delta;
  for (auto& [change, of] : users) {
    const uint32_t known = change.first == kNoLicense ? change.second : change.first;
    delta.runs.push_back({.sku = values.entry(known).sku,
                          .before = ValueOf(change.first, values),
                          .after = ValueOf(change.second, values),
                          .users = std::move(of)});
  }
  std::sort(delta.runs.begin(), delta.runs.end());
  return delta;
}

uint32_t LicenseValues::NumberOf(const SkuId& sku, const LicenseValue& value) {
  std::string bytes = absl::StrCat(sku.value(), ";", static_cast<int>(value.state));
  // No id has a semicolon in it.
  for (const PlanId& plan : value.enabled_plans) absl::StrAppend(&bytes, ";", plan.value());
  const auto [known, is_new] =
      numbers_.try_emplace(std::move(bytes), static_cast<uint32_t>(entries_.size()));
  if (is_new) entries_.push_back({sku, value});
  return known->second;
}

std::unique_ptr<LicenseReader> ReadLive(const LiveState& state, LicenseValues& values) {
  return std::make_unique<LiveReader>(state, values);
}

std::unique_ptr<LicenseReader> ReadDerived(const DerivedView& view,
                                           absl::Span<const uint32_t> user_number,
                                           LicenseValues& values) {
  return std::make_unique<DerivedReader>(view, user_number, values);
}

LicenseDelta DifferenceOf(LicenseReader& before, LicenseReader& after,
                          const LicenseValues& values) {
  RunCollector collector(values);
  std::vector<uint32_t> old;
  std::vector<uint32_t> now;
  const uint32_t end = std::max(before.end(), after.end());
  for (uint32_t user = 0; user < end; ++user) {
    before.Read(user, old);
    after.Read(user, now);
    collector.Add(user, old, now);
  }
  return std::move(collector).Take();
}

LicenseDelta WholeDelta(const LiveState& state) {
  LicenseValues values;
  NothingReader nothing;
  LiveReader all(state, values);
  return DifferenceOf(nothing, all, values);
}

}  // namespace seatwise
