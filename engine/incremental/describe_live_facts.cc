#include "engine/incremental/describe_live_facts.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/incremental/asked_plans.h"
#include "engine/incremental/claim_reader.h"
#include "engine/incremental/live_addresses.h"
#include "engine/model/ids.h"
#include "engine/model/plan_words.h"

namespace seatwise {
namespace {

std::string PlanText(const PlanIdSet& ids) {
  return absl::StrJoin(
      ids, ",", [](std::string* out, const PlanId& id) { absl::StrAppend(out, id.value()); });
}

std::string PlanText(const Catalog& catalog, PlanBits plans) {
  return PlanText(catalog.IdsOf(plans));
}
std::string PlanText(const Catalog& catalog, FewPlans plans) {
  return PlanText(IdsOf(catalog, plans));
}

std::string Sorted(std::vector<std::string> lines, absl::string_view separator) {
  std::sort(lines.begin(), lines.end());
  return absl::StrJoin(lines, separator);
}

std::string DescribeShape(const Catalog& catalog, const ClaimShape& shape) {
  std::vector<std::string> items;
  for (size_t i = 0; i < shape.items.size(); ++i) {
    const ShapeItem& item = shape.items[i];
    if (i > 0 && shape.items[i - 1].sku >= item.sku) items.push_back("OUT OF ORDER");
    items.push_back(
        absl::StrCat(catalog.sku(item.sku).id.value(), ":", PlanText(catalog, shape.plans(item))));
  }
  std::vector<std::string> needs;
  for (uint32_t need = 0; need < shape.asked->need_count; ++need) {
    needs.push_back(absl::StrCat(" needs ", PlanText(catalog, shape.asked->need(need))));
  }
  if (shape.head.needs_others == needs.empty()) needs.push_back(" NEEDS DISAGREE");
  return absl::StrCat("[", Sorted(items, " "), " all ", PlanText(catalog, shape.asked->plans()),
                      " first ", catalog.sku(shape.smallest_sku).id.value(),
                      shape.head.conflicts_with_itself ? " conflicts" : "", " against ",
                      PlanText(catalog, shape.asked->conflicts()), Sorted(needs, ""),
                      shape.head.wants_unique_address ? " unique" : "", "]");
}

// What the checks find about a plan for a user with these plans.
std::string DescribePlan(const Catalog& catalog, PlanNo plan, PlanBits all, Location location) {
  std::string text = catalog.plan(plan).id.value();
  if (Contains(catalog.prohibited_in(location), plan)) absl::StrAppend(&text, " prohibited");
  std::vector<std::string> details;
  ForEachCommon(catalog.conflicts_of(plan), all, [&](PlanNo other) {
    details.push_back(absl::StrCat(" against ", catalog.plan(other).id.value()));
  });
  for (const RequirementRow& row : catalog.requirements_of(plan)) {
    details.push_back(absl::StrCat(" requires ", PlanText(catalog, catalog.any_of(row.any_of))));
  }
  return absl::StrCat(text, Sorted(details, ""));
}

std::string DescribeLinks(const std::vector<GroupLink>& links) {
  return absl::StrJoin(links, " ", [](std::string* out, const GroupLink& link) {
    absl::StrAppend(out, link.group, "@", link.added_at.micros);
  });
}

std::string DescribeRow(const Catalog& catalog, const LiveAssignment& row) {
  return absl::StrCat(catalog.sku(row.sku).id.value(), " priority ", row.priority, " @",
                      row.assigned_at.micros, " without ",
                      row.disabled ? PlanText(catalog, row.disabled->bits) : "");
}

std::string DescribeTree(const PersistentTree<uint32_t>& tree) {
  std::vector<uint32_t> numbers;
  tree.ForEach([&](uint32_t number) { numbers.push_back(number); });
  return absl::StrJoin(numbers, " ");
}

std::string DescribeRecord(const LiveFacts& facts, uint32_t number) {
  const UserRecord& user = *facts.users[number];
  std::string text = absl::StrCat(
      "user ", number, " ", user.id(), user.account().blocked ? " blocked" : "",
      user.account().guest ? " guest" : "", " created ", user.created_at().micros, " in");
  for (size_t i = 0; i < user.groups().size(); ++i) {
    absl::StrAppend(&text, " ", user.groups()[i], "@", user.added_at()[i].micros);
    if (!facts.members[user.groups()[i]].Contains(number)) absl::StrAppend(&text, " NOT LISTED");
  }
  for (size_t i = 0; i < user.addresses(); ++i) {
    const std::vector<uint32_t> holders = HoldersOf(facts, user.address(i));
    absl::StrAppend(&text, " ", user.address(i), " of ", absl::StrJoin(holders, ","));
  }
  std::vector<std::string> rows;
  for (const DirectAssignment& row : user.direct()) {
    rows.push_back(DescribeRow(facts.catalog(), row.assignment));
  }
  absl::StrAppend(&text, "; ", Sorted(rows, "; "));
  if (facts.FindUser(user.id()) != number) absl::StrAppend(&text, " NOT FOUND");
  if (user.address_clash() != FindAddressClash(facts, number)) absl::StrAppend(&text, " WRONG");
  return absl::StrCat(text, "\n  ", DescribeUser(facts, number), "\n");
}

std::string DescribeGroup(const LiveFacts& facts, uint32_t number) {
  const GroupRecord& group = *facts.groups[number];
  std::string text =
      absl::StrCat("group ", number, " ", group.id.value(), " members ",
                   DescribeTree(facts.members[number]), " children ", DescribeLinks(group.children),
                   " parents ", DescribeLinks(group.parents), " carriers ");
  if (facts.carriers[number]) {
    for (const LiveCarrier& carrier : facts.carriers[number]->list) {
      absl::StrAppend(&text, carrier.licensed, "@", carrier.reached_at.micros, " ");
    }
  }
  std::vector<std::string> rows;
  for (const LiveAssignment& row : group.assignments) {
    rows.push_back(DescribeRow(facts.catalog(), row));
  }
  absl::StrAppend(&text, Sorted(rows, "; "));
  if (facts.FindGroup(group.id.value()) != number) absl::StrAppend(&text, " NOT FOUND");
  if (facts.shapes[number]) {
    for (const Ref<ClaimShape>& shape : facts.shapes[number]->list) {
      absl::StrAppend(&text, "\n  ", shape->head.priority, "@", shape->head.assigned_at.micros,
                      DescribeShape(facts.catalog(), *shape));
    }
  }
  return absl::StrCat(text, "\n");
}

std::string DescribeSku(const LiveFacts& facts, SkuNo sku) {
  const Catalog& catalog = facts.catalog();
  const SeatSupply& supply = facts.products.supply(sku);
  return absl::StrCat(
      "sku ", catalog.sku(sku).id.value(), " plans ", PlanText(catalog, catalog.user_plans(sku)),
      " usable ", supply.usable, " parked ", supply.parked, " overage ", supply.overage, " groups ",
      DescribeTree(facts.sources[sku].groups), " users ", DescribeTree(facts.sources[sku].users));
}

}  // namespace

std::string DescribeUser(const LiveFacts& facts, uint32_t user) {
  const Catalog& catalog = facts.catalog();
  const Location location = facts.LocationOf(user);
  std::string text = absl::StrCat("location ", location.ToString());
  for (const AddressClash& clash : ClashesOf(facts, user)) {
    absl::StrAppend(&text, " ", clash.address, " is of ", clash.owner.value());
  }
  std::vector<uint64_t> all(catalog.words());
  ClaimReader reader(facts);
  for (const LiveClaim& claim : reader.Of(user)) {
    const Shape& head = claim.shape->head;
    absl::StrAppend(&text, "; ", head.direct() ? "direct" : facts.GroupIdOf(head.group), " ",
                    claim.priority, " since ", claim.since.micros, " joined ", claim.joined.micros,
                    DescribeShape(catalog, *claim.shape));
    UnionInto(absl::MakeSpan(all), claim.shape->asked->plans());
  }
  std::vector<std::string> plans;
  ForEachPlan(all,
              [&](PlanNo plan) { plans.push_back(DescribePlan(catalog, plan, all, location)); });
  return absl::StrCat(text, "; ", Sorted(plans, ", "));
}

std::string DescribeLiveFacts(const LiveFacts& facts) {
  std::string text =
      absl::StrCat(facts.settings.nested_groups ? "nested " : "",
                   facts.settings.assignment_mode == AssignmentMode::kGroupAtomic ? "atomic " : "",
                   facts.settings.default_usage_location.ToString(), " next ", facts.next.user, " ",
                   facts.next.group, " count ", facts.user_count, " ", facts.group_count,
                   " addresses ", facts.addresses.size(), " hashes ", facts.user_hashes.size(), " ",
                   facts.group_hashes.size(), "\n");
  facts.ForEachUserFrom("", [&](uint32_t number, absl::string_view) {
    absl::StrAppend(&text, DescribeRecord(facts, number));
    return true;
  });
  facts.ForEachGroupFrom("", [&](uint32_t number, absl::string_view) {
    absl::StrAppend(&text, DescribeGroup(facts, number));
    return true;
  });
  std::vector<std::string> skus;
  for (SkuNo sku = 0; sku < facts.catalog().skus(); ++sku) {
    if (facts.catalog().sku(sku).id.empty()) continue;
    skus.push_back(DescribeSku(facts, sku));
  }
  return absl::StrCat(text, Sorted(skus, "\n"), "\n");
}

}  // namespace seatwise
