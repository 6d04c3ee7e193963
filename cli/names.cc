#include "cli/names.h"

#include "absl/strings/str_join.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

std::string FirstName(absl::string_view first, absl::string_view second, const std::string& id) {
  if (!first.empty()) return Printable(first);
  return Printable(second.empty() ? absl::string_view(id) : second);
}

template <typename Map, typename IdType>
std::string Find(const Map& names, const IdType& id) {
  const auto it = names.find(id);
  return it == names.end() ? Printable(id.value()) : it->second;
}

template <typename Map, typename Ids>
std::vector<std::string> NamesOf(const Map& names, const Ids& ids) {
  std::vector<std::string> found;
  for (const auto& id : ids) found.push_back(Find(names, id));
  return found;
}

}  // namespace

Names::Names(const Facts& facts) {
  for (const seatwise::Sku& sku : facts.skus) Add(sku);
  for (const ServicePlan& plan : facts.plans) Add(plan);
  for (const seatwise::Group& group : facts.groups) Add(group);
  for (const seatwise::User& user : facts.users) Add(user);
}

void Names::Add(const seatwise::Sku& sku) {
  skus_[sku.id] = FirstName(sku.part_number, sku.display_name, sku.id.value());
}

void Names::Add(const ServicePlan& plan) {
  plans_[plan.id] = FirstName(plan.name, plan.display_name, plan.id.value());
}

void Names::Add(const seatwise::Group& group) {
  groups_[group.id] = FirstName(group.display_name, "", group.id.value());
}

void Names::Add(const seatwise::User& user) {
  users_[user.id] = FirstName(user.display_name, user.user_principal_name, user.id.value());
}

std::string Names::Sku(const SkuId& id) const { return Find(skus_, id); }
std::string Names::Plan(const PlanId& id) const { return Find(plans_, id); }
std::string Names::Plans(const std::vector<PlanId>& ids) const {
  return Enumerated(NamesOf(plans_, ids));
}
std::string Names::AnyPlan(const PlanIdSet& ids) const {
  return absl::StrJoin(NamesOf(plans_, ids), " or ");
}
std::string Names::Group(const GroupId& id) const { return Find(groups_, id); }
std::string Names::User(const UserId& id) const { return Find(users_, id); }

std::string Names::Source(const Principal& source) const {
  const GroupId* group = std::get_if<GroupId>(&source);
  return group == nullptr ? "directly" : Group(*group);
}

}  // namespace seatwise::cli
