// The facts of one tenant as arrays: what the batch engine reads. Users, groups, SKUs and plans are
// numbers in the order of their ids' bytes. Names, rules and attributes are not here: no answer
// depends on them. Made by ColumnsBuilder (columns_builder.h); immutable; reads from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "base/time.h"
#include "engine/model/catalog.h"
#include "engine/model/facts.h"
#include "engine/model/id_table.h"
#include "engine/model/location.h"
#include "engine/model/plan_bits.h"

namespace seatwise {

// Positions in the order of the ids' bytes.
using UserNo = uint32_t;
using GroupNo = uint32_t;

// A group directly in a group.
struct GroupEdge {
  GroupNo parent = 0;
  GroupNo child = 0;
  Time added_at;

  friend bool operator==(const GroupEdge&, const GroupEdge&) = default;
};

// An assignment of a principal that is known from the context.
struct AssignmentRow {
  SkuNo sku = 0;
  uint32_t plans = 0;  // A number in Columns::plan_sets: the item's plans (C1).
  // All plans that the assignment disables, also those that are not in the SKU now: a number in
  // Columns::plan_sets. Says what `plans` will be when the SKU changes; the batch engine ignores
  // it.
  uint32_t disabled = 0;
  int32_t priority = 0;
  Time assigned_at;

  friend bool operator==(const AssignmentRow&, const AssignmentRow&) = default;
};

// One proxy address of a user that belongs to somebody else (K3).
struct ClashRow {
  UserNo user = 0;
  UserNo owner = 0;
  std::string address;  // In ASCII lower case.

  friend bool operator==(const ClashRow&, const ClashRow&) = default;
};

// Lists of different lengths, end to end: list i is items[first[i]] to items[first[i + 1] - 1].
// `first` has one entry more than there are lists.
template <typename Place, typename T>
absl::Span<const T> ListAt(const std::vector<Place>& first, const std::vector<T>& items, size_t i) {
  return absl::MakeConstSpan(items).subspan(first[i], first[i + 1] - first[i]);
}

struct Columns {
  TenantSettings settings;
  Catalog catalog;

  IdTable users;
  IdTable groups;
  std::vector<Location> usage_location;  // By user, as stored: the default is not filled in.
  std::vector<ClashRow> clashes;         // By (user, address).

  // Users directly in groups: lists by user, ascending by group, each group once.
  std::vector<uint32_t> first_membership;
  std::vector<GroupNo> membership_group;
  std::vector<Time> membership_added_at;

  // Groups directly in groups, by (parent, child), each pair once.
  std::vector<GroupEdge> edges;

  // Assignments: lists by user and by group, ascending by SKU, each SKU once.
  std::vector<uint32_t> first_direct;
  std::vector<AssignmentRow> direct;
  std::vector<uint32_t> first_inherited;
  std::vector<AssignmentRow> inherited;
  PlanSetTable plan_sets;

  // The location that K1 and K2 look at; may be empty.
  Location LocationOf(UserNo user) const {
    return usage_location[user].empty() ? settings.default_usage_location : usage_location[user];
  }
  // The groups that a user is directly in.
  absl::Span<const GroupNo> GroupsOf(UserNo user) const {
    return ListAt(first_membership, membership_group, user);
  }
  // When the user was added to each of GroupsOf.
  absl::Span<const Time> AddedAt(UserNo user) const {
    return ListAt(first_membership, membership_added_at, user);
  }
  absl::Span<const AssignmentRow> DirectOf(UserNo user) const {
    return ListAt(first_direct, direct, user);
  }
  absl::Span<const AssignmentRow> AssignmentsOf(GroupNo group) const {
    return ListAt(first_inherited, inherited, group);
  }
  // The addresses of a user that clash.
  absl::Span<const ClashRow> ClashesOf(UserNo user) const;
};

}  // namespace seatwise
