#include "cli/history_text.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/field_value.h"
#include "cli/message_names.h"
#include "cli/names.h"
#include "cli/records.h"
#include "cli/text.h"
#include "cli/time_text.h"
#include "cli/tree.h"
#include "engine/model/fact_key.h"
#include "seatwise/v1/explain_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

using Entry = v1::LicenseHistoryEntry;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kMostPlansNamed = 3;
constexpr int kMostCauses = 6;

std::string CellText(const RecordValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return Printable(*text);
  if (const auto* number = std::get_if<int64_t>(&value)) return Grouped(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    return Printable(absl::StrJoin(*list, ";"));
  }
  return "";
}

std::string OrNone(std::string text) { return text.empty() ? "none" : text; }

// The message of whatever kind a fact is; null if it is absent.
const Message* InnerOf(const v1::Fact& fact) {
  std::vector<const FieldDescriptor*> set;
  fact.GetReflection()->ListFields(fact, &set);
  return set.empty() ? nullptr : &fact.GetReflection()->GetMessage(fact, set.front());
}

// "usage_location: none → US, units: 3 → 5".
std::string Differences(const v1::Fact& before, const v1::Fact& after) {
  const Message* old_fact = InnerOf(before);
  const Message* new_fact = InnerOf(after);
  if (old_fact == nullptr || new_fact == nullptr) return "";
  std::vector<std::string> differences;
  const google::protobuf::Descriptor& type = *new_fact->GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (old_fact->GetDescriptor() != &type) break;
    const std::string was = CellText(ValueOf(*old_fact, field));
    const std::string is = CellText(ValueOf(*new_fact, field));
    if (was == is) continue;
    differences.push_back(absl::StrCat(field.name(), ": ", OrNone(was), " → ", OrNone(is)));
  }
  return absl::StrJoin(differences, ", ");
}

class History {
 public:
  History(const v1::ListLicenseHistoryResponse& history, const Style& style)
      : history_(history), style_(style), names_(NamesFrom(history.names())) {}

  std::string Draw() const {
    std::string text;
    for (const Entry& entry : history_.entries()) {
      absl::StrAppend(&text, text.empty() ? "" : "\n", Heading(entry), "\n",
                      RenderTree(NodesOf(entry), style_.columns()));
    }
    return text;
  }

 private:
  std::string Heading(const Entry& entry) const;
  std::vector<TreeNode> NodesOf(const Entry& entry) const;
  std::string ChangeText(const Entry::Change& change) const;
  std::string CauseText(const Entry::FactChange& cause) const;
  std::string FactName(const std::string& name) const;
  std::string MemberName(const MembershipKey& membership) const {
    const auto* user = std::get_if<UserId>(&membership.member);
    return user != nullptr ? names_.User(*user) : names_.Source(membership.member);
  }
  // "+A −B": plans that came and went.
  std::string PlansText(const Entry::Change& change) const;

  const v1::ListLicenseHistoryResponse& history_;
  const Style& style_;
  const Names names_;
};

std::string History::Heading(const Entry& entry) const {
  const FieldDescriptor& time = *Entry::descriptor()->FindFieldByName("commit_time");
  const std::string method = entry.method().substr(entry.method().rfind('/') + 1);
  return absl::StrCat(style_.Paint(Ink::kStrong, absl::StrCat("revision ", entry.revision())), "  ",
                      TimeForReader(CellText(ValueOf(entry, time)), style_), "  by ",
                      Printable(entry.actor()), "  ", style_.Paint(Ink::kFaint, Printable(method)));
}

std::string History::PlansText(const Entry::Change& change) const {
  const auto& was = change.before().enabled_plan_ids();
  const auto& is = change.after().enabled_plan_ids();
  const std::set<std::string> before(was.begin(), was.end());
  const std::set<std::string> after(is.begin(), is.end());
  const auto listed = [&](const std::set<std::string>& from, const std::set<std::string>& in,
                          absl::string_view sign) {
    std::vector<std::string> only;
    for (const std::string& plan : from) {
      if (!in.contains(plan)) only.push_back(absl::StrCat(sign, names_.Plan(PlanId(plan))));
    }
    if (only.size() <= kMostPlansNamed) return absl::StrJoin(only, " ");
    return absl::StrCat(sign, Counted(static_cast<int64_t>(only.size()), "plan"));
  };
  const std::vector<std::string> parts = {listed(after, before, "+"), listed(before, after, "−")};
  return absl::StrCat(parts[0], !parts[0].empty() && !parts[1].empty() ? " " : "", parts[1]);
}

std::string History::ChangeText(const Entry::Change& change) const {
  const auto state = [](bool exists, const v1::LicenseValue& value) {
    if (!exists) return std::string("none");
    return EnumWordOf(*v1::EffectiveLicense::State_descriptor(), value.state());
  };
  const std::string plans = PlansText(change);
  return absl::StrCat(names_.Sku(SkuId(change.sku_id())), ": ",
                      state(change.has_before(), change.before()), " → ",
                      state(change.has_after(), change.after()), plans.empty() ? "" : " ", plans);
}

// By name where people know names.
std::string History::FactName(const std::string& name) const {
  const absl::StatusOr<seatwise::FactName> parsed = ParseFactName(name, "name");
  if (!parsed.ok()) return Printable(name);
  if (const auto* assignment = std::get_if<AssignmentKey>(&parsed->key)) {
    const bool direct = IsDirect(assignment->principal);
    return absl::StrCat(names_.Sku(assignment->sku), " of ",
                        direct ? names_.User(std::get<UserId>(assignment->principal))
                               : names_.Source(assignment->principal));
  }
  if (const auto* membership = std::get_if<MembershipKey>(&parsed->key)) {
    return absl::StrCat(MemberName(*membership), " in ", names_.Group(membership->group));
  }
  if (const auto* sku = std::get_if<SkuId>(&parsed->key)) return names_.Sku(*sku);
  if (const auto* user = std::get_if<UserId>(&parsed->key)) return names_.User(*user);
  return Describe(parsed->key);
}

std::string History::CauseText(const Entry::FactChange& cause) const {
  const std::string what = FactName(cause.name());
  const absl::StatusOr<seatwise::FactName> name = ParseFactName(cause.name(), "name");
  const auto* key = name.ok() ? std::get_if<MembershipKey>(&name->key) : nullptr;
  const std::string who = key == nullptr ? "" : MemberName(*key);
  const std::string where = key == nullptr ? "" : names_.Group(key->group);
  switch (cause.kind()) {
    case Entry::FactChange::CREATED:
      return key != nullptr ? absl::StrCat("because ", who, " joined ", where)
                            : absl::StrCat("because ", what, " is new");
    case Entry::FactChange::DELETED:
      return key != nullptr ? absl::StrCat("because ", who, " left ", where)
                            : absl::StrCat("because ", what, " is gone");
    default:
      break;
  }
  const std::string differences = Differences(cause.before(), cause.after());
  return absl::StrCat("because of ", what, differences.empty() ? "" : ": ", differences);
}

std::vector<TreeNode> History::NodesOf(const Entry& entry) const {
  std::vector<TreeNode> nodes;
  for (const Entry::Change& change : entry.changes()) nodes.push_back({.text = ChangeText(change)});
  int64_t more = entry.more_causes();
  for (int i = 0; i < entry.causes_size(); ++i) {
    if (i < kMostCauses) nodes.push_back({.text = CauseText(entry.causes(i))});
    more += i < kMostCauses ? 0 : 1;
  }
  if (more > 0) nodes.push_back({.text = absl::StrCat("and ", Counted(more, "more fact"))});
  if (entry.import()) nodes.push_back({.text = "because all facts came in"});
  if (entry.causes().empty() && !entry.import()) {
    nodes.push_back({.text = absl::StrCat("because of others: a seat was taken or left (",
                                          Counted(entry.other_facts(), "fact"), " changed)")});
  }
  return nodes;
}

}  // namespace

std::string HistoryText(const v1::ListLicenseHistoryResponse& history, const Style& style) {
  return History(history, style).Draw();
}

}  // namespace seatwise::cli
