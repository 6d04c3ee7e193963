#include "engine/model/columns_from_facts.h"

#include <utility>
#include <vector>

#include "base/check.h"
#include "engine/model/columns_builder.h"

namespace seatwise {
namespace {

void AddUsers(const Facts& facts, ColumnsBuilder& builder, Executor& executor) {
  StringColumn ids;
  std::vector<Location> locations;
  std::vector<Time> created_at;
  AddressColumn addresses;
  for (const User& user : facts.users) {
    for (const std::string& address : user.proxy_addresses) {
      addresses.address.Add(address);
      addresses.user.push_back(static_cast<uint32_t>(ids.size()));
    }
    ids.Add(user.id.value());
    locations.push_back(user.usage_location);
    created_at.push_back(user.created_at);
  }
  SEATWISE_CHECK(
      builder.SetUsers(std::move(ids), locations, created_at, addresses, executor).empty())
      << "a user twice";
}

void AddGroups(const Facts& facts, ColumnsBuilder& builder) {
  StringColumn ids;
  for (const Group& group : facts.groups) ids.Add(group.id.value());
  SEATWISE_CHECK(builder.SetGroups(std::move(ids)).empty()) << "a group twice";
}

void AddMemberships(const Facts& facts, ColumnsBuilder& builder) {
  MembershipBatch batch;
  for (const Membership& membership : facts.memberships) {
    const GroupNo group = builder.groups().Find(membership.group.value()).value();
    if (const auto* user = std::get_if<UserId>(&membership.member)) {
      batch.user.push_back(builder.users().Find(user->value()).value());
      batch.group.push_back(group);
      batch.added_at.push_back(membership.added_at);
    } else {
      const GroupNo child =
          builder.groups().Find(std::get<GroupId>(membership.member).value()).value();
      builder.AddEdge({.parent = group, .child = child, .added_at = membership.added_at});
    }
  }
  builder.AddMemberships(std::move(batch));
}

void AddAssignments(const Facts& facts, ColumnsBuilder& builder) {
  for (const Assignment& assignment : facts.assignments) {
    const SkuNo sku = builder.catalog().FindSku(assignment.sku.value()).value();
    const std::vector<uint64_t> disabled = builder.catalog().BitsOf(assignment.disabled_plans);
    if (const auto* user = std::get_if<UserId>(&assignment.principal)) {
      builder.AddDirect(builder.users().Find(user->value()).value(), sku, disabled,
                        assignment.priority, assignment.assigned_at);
    } else {
      const GroupId& group = std::get<GroupId>(assignment.principal);
      builder.AddInherited(builder.groups().Find(group.value()).value(), sku, disabled,
                           assignment.priority, assignment.assigned_at);
    }
  }
}

}  // namespace

Columns ColumnsFromFacts(const Facts& facts) {
  ColumnsBuilder builder(facts.settings, Catalog::Build(facts));
  InlineExecutor executor;
  AddUsers(facts, builder, executor);
  AddGroups(facts, builder);
  AddMemberships(facts, builder);
  AddAssignments(facts, builder);
  SEATWISE_CHECK(builder.Finish(executor).empty()) << "a key twice";
  return std::move(builder).Take();
}

}  // namespace seatwise
