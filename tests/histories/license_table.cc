#include "tests/histories/license_table.h"

#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/worlds/id_text.h"

namespace seatwise::histories {
namespace {

using Value = std::optional<LicenseValue>;

Value Find(const LicenseTable& table, const LicenseTable::key_type& key) {
  const auto found = table.find(key);
  return found == table.end() ? Value() : Value(found->second);
}

std::string DescribeValue(const Value& value) {
  if (!value.has_value()) return "nothing";
  std::vector<std::string> plans;
  for (const PlanId& plan : value->enabled_plans) plans.push_back(worlds::QuoteId(plan.value()));
  return absl::StrCat(LicenseStateName(value->state), plans.empty() ? "" : " ",
                      absl::StrJoin(plans, ","));
}

}  // namespace

LicenseTable LicensesOf(const Derived& derived, const Numbers& numbers) {
  LicenseTable table;
  for (const License& license : derived.licenses) {
    table[{numbers.users.at(license.user), license.sku}] = {license.state, license.enabled_plans};
  }
  return table;
}

LicenseDelta Difference(const LicenseTable& before, const LicenseTable& after) {
  std::set<LicenseTable::key_type> keys;
  for (const auto& [key, value] : before) keys.insert(key);
  for (const auto& [key, value] : after) keys.insert(key);
  std::map<std::tuple<SkuId, Value, Value>, std::vector<uint32_t>> runs;
  for (const auto& key : keys) {
    const Value was = Find(before, key);
    const Value is = Find(after, key);
    if (was != is) runs[{key.second, was, is}].push_back(key.first);
  }
  LicenseDelta delta;
  for (const auto& [run, users] : runs) {
    delta.runs.push_back({std::get<0>(run), std::get<1>(run), std::get<2>(run), users});
  }
  return delta;
}

std::string AddTo(LicenseTable& table, const LicenseDelta& delta) {
  for (const LicenseDelta::Run& run : delta.runs) {
    for (const uint32_t user : run.users) {
      const LicenseTable::key_type key = {user, run.sku};
      const Value has = Find(table, key);
      if (has != run.before) {
        return absl::StrCat("user number ", user, " has ", worlds::QuoteId(run.sku.value()), " ",
                            DescribeValue(has), " before ", DescribeDelta({{run}}));
      }
      table.erase(key);
      if (run.after.has_value()) table[key] = *run.after;
    }
  }
  return "";
}

std::string DescribeDelta(const LicenseDelta& delta) {
  std::string text;
  for (const LicenseDelta::Run& run : delta.runs) {
    absl::StrAppend(&text, worlds::QuoteId(run.sku.value()), ": ", DescribeValue(run.before),
                    " -> ", DescribeValue(run.after), ": ", absl::StrJoin(run.users, " "), "\n");
  }
  return text;
}

}  // namespace seatwise::histories
