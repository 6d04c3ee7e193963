#include "service/impact.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/model/catalog.h"
#include "engine/model/derived_view.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"

namespace seatwise {
namespace {

constexpr size_t kDefaultSample = 100;
constexpr int32_t kMostSample = 1000;

bool Held(const std::optional<LicenseValue>& value) {
  return value.has_value() && value->state != LicenseState::kError;
}

// One claim item of a user, comparable across versions.
struct Item {
  bool inherited = false;
  uint32_t principal = 0;
  absl::string_view sku;
  ViolationMask violations = 0;

  auto Key() const { return std::tie(inherited, principal, sku); }
};

// Works out an impact, part by part.
class Impacts {
 public:
  Impacts(const LicenseDelta& delta, const LiveState& before, const LiveState& after,
          size_t sample_size)
      : delta_(delta), before_(before), after_(after), sample_size_(sample_size) {}

  v1::Impact Make() && {
    CountLicenses();
    CompareSeats();
    for (auto& [id, sku] : skus_) *impact_.add_skus() = std::move(sku);
    FindUsers();
    SampleLicenses();
    for (const uint32_t user : users_) CompareItems(user);
    AddViolations();
    return std::move(impact_);
  }

 private:
  v1::SkuImpact& SkuOf(const SkuId& id) {
    v1::SkuImpact& sku = skus_[id];
    sku.set_sku_id(id.value());
    return sku;
  }

  void CountLicenses() {
    for (const LicenseDelta::Run& run : delta_.runs) {
      const auto users = static_cast<int64_t>(run.users.size());
      v1::SkuImpact& sku = SkuOf(run.sku);
      if (!Held(run.before) && Held(run.after)) {
        sku.set_gained(sku.gained() + users);
        impact_.set_licenses_gained(impact_.licenses_gained() + users);
      } else if (Held(run.before) && !Held(run.after)) {
        sku.set_lost(sku.lost() + users);
        impact_.set_licenses_lost(impact_.licenses_lost() + users);
      } else {
        sku.set_changed(sku.changed() + users);
        impact_.set_licenses_changed(impact_.licenses_changed() + users);
      }
    }
  }

  void CompareSeats() {
    absl::btree_map<SkuId, std::pair<std::optional<SeatUsage>, std::optional<SeatUsage>>> seats;
    for (SeatUsage& usage : before_.Seats()) seats[usage.sku].first = usage;
    for (SeatUsage& usage : after_.Seats()) seats[usage.sku].second = usage;
    for (const auto& [id, usage] : seats) {
      if (usage.first == usage.second && !skus_.contains(id)) continue;
      v1::SkuImpact& sku = SkuOf(id);
      if (usage.first.has_value()) *sku.mutable_seats_before() = ToProto(*usage.first);
      if (usage.second.has_value()) *sku.mutable_seats_after() = ToProto(*usage.second);
    }
  }

  void FindUsers() {
    for (const LicenseDelta::Run& run : delta_.runs) {
      users_.insert(users_.end(), run.users.begin(), run.users.end());
    }
    std::sort(users_.begin(), users_.end());
    users_.erase(std::unique(users_.begin(), users_.end()), users_.end());
    impact_.set_users_affected(static_cast<int64_t>(users_.size()));
  }

  absl::string_view IdOf(uint32_t user) const {
    const absl::string_view id = after_.UserIdOf(user);
    return id.empty() ? before_.UserIdOf(user) : id;
  }

  void SampleLicenses() {
    using Row = std::tuple<absl::string_view, const LicenseDelta::Run*>;
    std::vector<Row> rows;
    for (const LicenseDelta::Run& run : delta_.runs) {
      for (const uint32_t user : run.users) rows.emplace_back(IdOf(user), &run);
    }
    // Runs are sorted by SKU, and lie side by side.
    const auto end = rows.begin() + static_cast<ptrdiff_t>(std::min(sample_size_, rows.size()));
    std::partial_sort(rows.begin(), end, rows.end());
    for (auto row = rows.begin(); row != end; ++row) {
      const auto& [user, run] = *row;
      v1::LicenseChange& change = *impact_.add_sample();
      change.set_user_id(std::string(user));
      change.set_sku_id(run->sku.value());
      if (run->before.has_value()) *change.mutable_before() = ToProto(*run->before);
      if (run->after.has_value()) *change.mutable_after() = ToProto(*run->after);
    }
  }

  static std::vector<Item> ItemsOf(const LiveState& state, uint32_t user) {
    std::vector<Item> items;
    if (state.UserIdOf(user).empty()) return items;
    state.ForEachItem(user, [&](const LiveItem& item) {
      items.push_back({!item.direct, item.principal, state.catalog().sku(item.sku).id.value(),
                       item.violations});
    });
    std::sort(items.begin(), items.end(),
              [](const Item& x, const Item& y) { return x.Key() < y.Key(); });
    return items;
  }

  void CompareItems(uint32_t user) {
    const std::vector<Item> old_items = ItemsOf(before_, user);
    const std::vector<Item> new_items = ItemsOf(after_, user);
    auto old_item = old_items.begin();
    auto new_item = new_items.begin();
    while (old_item != old_items.end() || new_item != new_items.end()) {
      const bool has_old = old_item != old_items.end() &&
                           (new_item == new_items.end() || old_item->Key() <= new_item->Key());
      const bool has_new = new_item != new_items.end() &&
                           (old_item == old_items.end() || new_item->Key() <= old_item->Key());
      const Item& item = has_old ? *old_item : *new_item;
      NoteItem(user, item, has_old ? old_item->violations : 0, has_new ? new_item->violations : 0);
      if (has_old) ++old_item;
      if (has_new) ++new_item;
    }
  }

  void NoteItem(uint32_t user, const Item& item, ViolationMask old_codes, ViolationMask new_codes) {
    if (old_codes == new_codes) return;
    for (int code = 0; code < kViolationCodes; ++code) {
      const auto value = static_cast<ViolationCode>(code);
      if (Contains(new_codes, value) && !Contains(old_codes, value)) ++appeared_[code];
      if (Contains(old_codes, value) && !Contains(new_codes, value)) ++cleared_[code];
    }
    if (static_cast<size_t>(impact_.violation_sample_size()) >= sample_size_) return;
    v1::ViolationChange& change = *impact_.add_violation_sample();
    change.set_user_id(std::string(IdOf(user)));
    change.set_sku_id(std::string(item.sku));
    if (item.inherited) {
      const absl::string_view group = after_.GroupIdOf(item.principal);
      change.mutable_source()->set_group_id(
          std::string(group.empty() ? before_.GroupIdOf(item.principal) : group));
    } else {
      change.mutable_source()->set_user_id(change.user_id());
    }
    for (int code = 0; code < kViolationCodes; ++code) {
      const auto value = static_cast<ViolationCode>(code);
      if (Contains(old_codes, value)) change.add_codes_before(ToProto(value));
      if (Contains(new_codes, value)) change.add_codes_after(ToProto(value));
    }
  }

  void AddViolations() {
    for (int code = 0; code < kViolationCodes; ++code) {
      if (appeared_[code] == 0 && cleared_[code] == 0) continue;
      v1::ViolationImpact& violation = *impact_.add_violations();
      violation.set_code(ToProto(static_cast<ViolationCode>(code)));
      violation.set_appeared(appeared_[code]);
      violation.set_cleared(cleared_[code]);
    }
  }

  const LicenseDelta& delta_;
  const LiveState& before_;
  const LiveState& after_;
  const size_t sample_size_;
  v1::Impact impact_;
  absl::btree_map<SkuId, v1::SkuImpact> skus_;
  std::vector<uint32_t> users_;  // Of the delta, by number.
  std::array<int64_t, kViolationCodes> appeared_ = {};
  std::array<int64_t, kViolationCodes> cleared_ = {};
};

}  // namespace

absl::StatusOr<size_t> SampleSizeOf(int32_t sample_size) {
  if (sample_size < 0 || sample_size > kMostSample) {
    return FieldError(v1::OUT_OF_RANGE, "sample_size",
                      absl::StrCat("is ", sample_size, "; give 0 to ", kMostSample));
  }
  return sample_size == 0 ? kDefaultSample : static_cast<size_t>(sample_size);
}

v1::Impact ImpactOf(const LicenseDelta& delta, const LiveState& before, const LiveState& after,
                    size_t sample_size) {
  return Impacts(delta, before, after, sample_size).Make();
}

}  // namespace seatwise
