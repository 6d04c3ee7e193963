// Rows of the page that `seatwise report html` writes: messages of the API as JSON objects, by
// name, with the sentences that the terminal shows. Any thread.
//
// Times are text as in files (UTC), a price is a decimal number in text. What is absent, empty or
// false is left out, so that a page of many rows stays small. Text may still hold markup:
// html_page.h escapes the JSON as a whole.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "cli/names.h"

namespace seatwise::v1 {
class ExplainLicenseResponse;
class GetGroupStatusResponse;
class GetTenantStatusResponse;
class SeatUsageRow;
class ViolationCause;
}  // namespace seatwise::v1

namespace seatwise::cli {

// How a pasted command begins and ends: "seatwise", " --db data --tenant contoso".
struct CommandPlace {
  std::string program;
  std::string flags;
};

// How commands begin and end, for the page to make more of them.
std::string CommandRow(const CommandPlace& place);

// All counts of a tenant, by the fields' names.
std::string TenantRow(const v1::GetTenantStatusResponse& status, absl::string_view tenant_id,
                      absl::string_view display_name);

// The seats of one SKU, with at most `most_subscriptions` of what was bought.
std::string SeatRow(const v1::SeatUsageRow& row, int most_subscriptions);

// The seats of all SKUs together, also of those that the page leaves out. One thread.
class SeatTotals {
 public:
  void Add(const v1::SeatUsageRow& row);
  std::string ToJson() const;

 private:
  int64_t skus_ = 0;
  int64_t short_ = 0;  // SKUs with demand that no seat covers.
  int64_t usable_ = 0;
  int64_t available_ = 0;
  int64_t waiting_ = 0;
  int64_t subscriptions_ = 0;
};

// One cause: the sentence, who, and what would heal it.
std::string CauseRow(const v1::ViolationCause& cause, const Names& names,
                     const CommandPlace& place);

// One group, as `names` calls it.
std::string GroupRow(const v1::GetGroupStatusResponse& group, const Names& names);

// One user: each SKU that is asked for, each claim, and why it is rejected.
std::string UserRow(const v1::ExplainLicenseResponse& explained);

}  // namespace seatwise::cli
