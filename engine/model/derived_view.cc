#include "engine/model/derived_view.h"

#include <utility>

namespace seatwise {

Derived ExpandDerived(const DerivedView& view) {
  const Columns& columns = view.columns();
  const UserNo users = static_cast<UserNo>(columns.users.size());
  Derived derived;
  view.ForEachLicense(0, users, [&](const LicenseRow& row) {
    derived.licenses.push_back(
        {.user = UserId(columns.users[row.user]),
         .sku = columns.catalog.sku(row.sku).id,
         .state = row.state,
         .enabled_plans = columns.catalog.IdsOf(view.PlanSet(row.enabled_plans))});
  });
  for (UserNo user = 0; user < users; ++user) {
    for (ClaimItem& item : view.Explain(user)) derived.items.push_back(std::move(item));
  }
  derived.seats = view.Seats();
  derived.groups = view.Groups();
  return derived;
}

}  // namespace seatwise
