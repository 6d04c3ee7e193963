// The plans of a SKU as a set of ids that all licenses with these plans share.
#pragma once

#include <vector>

#include "base/mutex.h"
#include "engine/model/catalog.h"
#include "engine/model/shared_plan_ids.h"

namespace seatwise {

// Those of one catalog, each made when somebody first asks for it: a tenant of which few licenses
// change holds few. Any thread.
class WholePlanIds {
 public:
  // What Catalog::user_plans of the SKU has, by id. `catalog` is the same at each call.
  SharedPlanIds Of(const Catalog& catalog, SkuNo sku) {
    MutexLock lock(&mutex_);
    if (plans_.empty()) plans_.resize(catalog.skus());
    if (plans_[sku].empty()) plans_[sku] = catalog.IdsOf(catalog.user_plans(sku));
    return plans_[sku];
  }

 private:
  Mutex mutex_;
  std::vector<SharedPlanIds> plans_ SEATWISE_GUARDED_BY(mutex_);  // By SKU.
};

}  // namespace seatwise
