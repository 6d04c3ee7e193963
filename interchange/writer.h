// Writes facts as an interchange folder (semantics section 10).
#pragma once

#include <string>

#include "absl/status/status.h"
#include "engine/model/facts.h"

namespace seatwise {

// Writes tenant.json and all twelve tables into `dir`, which is made if it is missing. `facts` must
// be valid. Equal facts give equal bytes: rows are sorted by the bytes of their key columns, every
// column is there, times have their shortest form. ReadFacts gives the same facts back, apart from
// the order of rows. (An attribute whose value is empty is the same as none.)
//
// Each file appears complete or not at all, and replaces an older one in one step; after an error
// some files may be new and others old.
absl::Status WriteFacts(const Facts& facts, const std::string& dir);

// The same for the catalog alone: skus.csv, service_plans.csv, sku_plans.csv, plan_conflicts.csv,
// plan_requirements.csv and plan_prohibited_locations.csv; the last two only if they have rows.
absl::Status WriteCatalogFacts(const Facts& facts, const std::string& dir);

}  // namespace seatwise
