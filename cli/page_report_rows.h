// Rows of the reports on the page that `seatwise report html` writes, as page_rows.h has rows of
// the rest. What a column of the terminal is made of is a member here; amounts of money are texts
// as the terminal shows them. Any thread.
#pragma once

#include <string>
#include <vector>

#include "cli/names.h"

namespace seatwise::v1 {
class BlockedOrGuestLicense;
class CostRow;
class DoubleAssignment;
class LicenseChangeGroup;
class OverlappingSkus;
class RedundantAssignment;
class Renewal;
class SeatForecast;
}  // namespace seatwise::v1

namespace seatwise::cli {

// What one SKU costs: one row for each currency.
std::vector<std::string> CostRows(const v1::CostRow& row, const Names& names);

// What users hold by one group, or with no `group_id` directly: one row for each currency.
std::vector<std::string> GroupCostRows(const v1::CostRow& row, const Names& names);

// What users with one value of an attribute hold, or with no `value` those without it: one row for
// each currency.
std::vector<std::string> AttributeCostRows(const v1::CostRow& row, const std::string& attribute);

// Licenses that differ in the same way; `gained` and `lost` count plans, and name them if they are
// few.
std::string ChangeRow(const v1::LicenseChangeGroup& row, const Names& names);

// A subscription with its date.
std::string RenewalRow(const v1::Renewal& row, const Names& names);

// When a SKU runs out. `full` says that no seat is free now; neither that nor `runs_out_at` that it
// is not foreseen.
std::string ForecastRow(const v1::SeatForecast& row, const Names& names);

// A user with a SKU directly and by groups; `added` names the plans if they are few, `plans` counts
// them.
std::string DoubleRow(const v1::DoubleAssignment& row, const Names& names);

// An assignment to a user, or with `group` to one.
std::string RedundantRow(const v1::RedundantAssignment& row, const Names& names);

// A SKU that adds nothing to another.
std::string OverlapRow(const v1::OverlappingSkus& row, const Names& names);

// A license of a blocked account or a guest.
std::string BlockedRow(const v1::BlockedOrGuestLicense& row, const Names& names);

}  // namespace seatwise::cli
