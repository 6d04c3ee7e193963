#include "cli/impact_rows.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cli/field_value.h"
#include "cli/records.h"
#include "engine/model/ids.h"
#include "google/protobuf/repeated_field.h"

namespace seatwise::cli {
namespace {

constexpr size_t kFlushBytes = 1 << 18;

bool Held(bool there, const v1::LicenseValue& value) {
  return there && value.state() != v1::EffectiveLicense::ERROR;
}

std::string StateOf(bool there, const v1::LicenseValue& value) {
  return there ? EnumWordOf(*v1::EffectiveLicense::State_descriptor(), value.state()) : "";
}

std::vector<std::string> Without(const v1::LicenseValue& all, const v1::LicenseValue& less) {
  std::vector<std::string> plans;
  std::ranges::set_difference(all.enabled_plan_ids(), less.enabled_plan_ids(),
                              std::back_inserter(plans));
  return plans;
}

std::vector<std::string> Codes(const google::protobuf::RepeatedField<int>& codes) {
  std::vector<std::string> words;
  for (const int code : codes) {
    words.push_back(EnumWordOf(*v1::ViolationCode_descriptor(), code));
  }
  return words;
}

// A row behind its user, which comes first.
Record RowOf(const v1::ImpactRows::Run& run, const Names& names) {
  const bool held_before = Held(run.has_before(), run.before());
  const bool held_after = Held(run.has_after(), run.after());
  const char* change = held_before == held_after ? "LicenseChanged"
                       : held_after              ? "LicenseGained"
                                                 : "LicenseLost";
  return {change,
          run.sku_id(),
          names.Sku(SkuId(run.sku_id())),
          "",
          StateOf(run.has_before(), run.before()),
          StateOf(run.has_after(), run.after()),
          Without(run.after(), run.before()),
          Without(run.before(), run.after())};
}

Record RowOf(const v1::ViolationChange& row, const Names& names) {
  const char* change = row.codes_before().empty()  ? "ViolationAppeared"
                       : row.codes_after().empty() ? "ViolationCleared"
                                                   : "ViolationChanged";
  return {change,
          row.sku_id(),
          names.Sku(SkuId(row.sku_id())),
          row.source().group_id(),
          Codes(row.codes_before()),
          Codes(row.codes_after()),
          "",
          ""};
}

Record RowOf(const v1::DataAtRisk& row) {
  return {
      "DataAtRisk", "", "", "",
      "",           "", "", std::vector<std::string>(row.plan_ids().begin(), row.plan_ids().end())};
}

// "ana," in front of the rest of a row.
std::string UserCell(const std::string& user) {
  std::string cell = RecordCsv({user});
  cell.back() = ',';
  return cell;
}

}  // namespace

std::string ImpactRowsHeader() {
  return "user_id,change,sku_id,sku,source_id,before,after,plans_gained,plans_lost\n";
}

bool WriteImpactRows(const v1::ImpactRows& rows, const Names& names,
                     absl::FunctionRef<bool(const std::string&)> write) {
  std::string text;
  const auto add = [&](const std::string& user, absl::string_view rest) {
    absl::StrAppend(&text, UserCell(user), rest);
    if (text.size() < kFlushBytes) return true;
    const bool open = write(text);
    text.clear();
    return open;
  };
  for (const v1::ImpactRows::Run& run : rows.licenses()) {
    const std::string rest = RecordCsv(RowOf(run, names));
    for (const std::string& user : run.user_ids()) {
      if (!add(user, rest)) return false;
    }
  }
  for (const v1::ViolationChange& row : rows.violations()) {
    if (!add(row.user_id(), RecordCsv(RowOf(row, names)))) return false;
  }
  for (const v1::DataAtRisk& row : rows.data_at_risk()) {
    if (!add(row.user_id(), RecordCsv(RowOf(row)))) return false;
  }
  return text.empty() || write(text);
}

}  // namespace seatwise::cli
