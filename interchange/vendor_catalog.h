// Microsoft's public catalog "Product names and service plan identifiers for licensing" as the
// catalog part of an interchange folder.
//
// The CSV is taken as it is downloaded (Product_Display_Name, String_Id, GUID, Service_Plan_Name,
// Service_Plan_Id, Service_Plans_Included_Friendly_Names) or in a renamed form
// (product_display_name, string_id, sku_guid, service_plan_name, service_plan_id,
// service_plan_display_name); other columns are ignored. The download has its flaws, and these are
// put right and counted: stray and no-break spaces, upper-case GUIDs, Windows-1252 bytes, rows
// given twice, several spellings of one name (the most frequent wins, then the first by bytes).
// Keys are the GUIDs, since names repeat.
//
// The source does not say which plans are for companies, which need a unique address and which
// retain data: all plans come out as for users, without either mark.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/model/facts.h"
#include "interchange/read_report.h"

namespace seatwise {

// Paths of the input files.
struct VendorCatalogInput {
  std::string catalog;
  // conflict_group, service_plan_id: plans of one group exclude each other. May be "" for none.
  std::string conflicts;
  // dependent_plan_id, requires_any_of_ids ('|' between). May be "" for none.
  std::string requirements;
};

struct VendorCatalog {
  Facts facts;  // plans, skus, conflicts and requirements, each sorted by id; nothing else.

  // What was put right or left out.
  int64_t repeated_rows = 0;          // Pairs of SKU and plan that had been given before.
  int64_t respelled_names = 0;        // Names other than the one kept for the same GUID.
  int64_t reencoded_cells = 0;        // Cells that were Windows-1252.
  int64_t conflicts_left_out = 0;     // Plans of conflict groups that are not in the catalog.
  int64_t requirements_left_out = 0;  // Requirements of or for plans that are not in the catalog.
};

// nullopt iff !report.ok(). Files are named in the report by their paths.
std::optional<VendorCatalog> ReadVendorCatalog(const VendorCatalogInput& input, ReadReport& report);

}  // namespace seatwise
