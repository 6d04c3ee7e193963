#include "service/delta_sum.h"

#include <algorithm>
#include <optional>

namespace seatwise {

void DeltaSum::Add(const LicenseDelta& delta) {
  for (const LicenseDelta::Run& run : delta.runs) {
    const auto number = [&](const std::optional<LicenseValue>& value) {
      return value.has_value() ? values_.NumberOf(run.sku, *value) : kNoLicense;
    };
    const Change change{number(run.before), number(run.after)};
    const uint32_t sku =
        skus_.try_emplace(run.sku, static_cast<uint32_t>(skus_.size())).first->second;
    for (const uint32_t user : run.users) {
      const auto [known, is_new] = changes_.try_emplace({sku, user}, change);
      if (!is_new) known->second.after = change.after;
    }
  }
}

LicenseDelta DeltaSum::Take() && {
  UsersByChange users;
  for (const auto& [key, change] : changes_) {
    if (change.before != change.after) users[{change.before, change.after}].push_back(key.second);
  }
  for (auto& [change, of] : users) std::sort(of.begin(), of.end());
  return DeltaOf(std::move(users), values_);
}

}  // namespace seatwise
