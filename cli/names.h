// What things are called: people read names, programs read ids.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"

namespace seatwise::cli {

// The names of one tenant's things, printable. A thing without a name is called by its id, and so
// is one that does not exist. Any thread may read.
class Names {
 public:
  Names() = default;
  explicit Names(const Facts& facts);

  // Tells the name of one more thing. One thread, while nobody reads.
  void Add(const seatwise::Sku& sku);
  void Add(const ServicePlan& plan);
  void Add(const seatwise::Group& group);
  void Add(const seatwise::User& user);

  bool Knows(const GroupId& id) const { return groups_.contains(id); }
  bool Knows(const UserId& id) const { return users_.contains(id); }

  // The part number, else the display name.
  std::string Sku(const SkuId& id) const;
  // The name, else the display name.
  std::string Plan(const PlanId& id) const;
  // "a, b and c", and "a or b".
  std::string Plans(const std::vector<PlanId>& ids) const;
  std::string AnyPlan(const PlanIdSet& ids) const;
  // The display name.
  std::string Group(const GroupId& id) const;
  // The display name, else the user principal name.
  std::string User(const UserId& id) const;

  // "Sales" for a group, "directly" for a user: where a claim comes from.
  std::string Source(const Principal& source) const;

 private:
  template <typename IdType>
  using NameOf = absl::flat_hash_map<IdType, std::string>;

  NameOf<SkuId> skus_;
  NameOf<PlanId> plans_;
  NameOf<GroupId> groups_;
  NameOf<UserId> users_;
};

}  // namespace seatwise::cli
