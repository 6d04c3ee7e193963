// A user of Columns, as explanations need it.
#pragma once

#include <vector>

#include "engine/model/columns.h"
#include "engine/model/derived.h"
#include "engine/model/ids.h"
#include "engine/model/location.h"
#include "engine/rules/explain.h"

namespace seatwise {

// All but the place. Refers to the columns.
class UserInColumns : public ExplainedUser {
 public:
  UserInColumns(const Columns& columns, UserNo user) : columns_(columns), user_(user) {}

  UserId id() const override { return UserId(columns_.users[user_]); }
  Location location() const override { return columns_.LocationOf(user_); }
  std::vector<AddressClash> Clashes() const override {
    std::vector<AddressClash> clashes;
    for (const ClashRow& clash : columns_.ClashesOf(user_)) {
      clashes.push_back({.address = clash.address, .owner = UserId(columns_.users[clash.owner])});
    }
    return clashes;
  }
  GroupId IdOfGroup(uint32_t group) const override { return GroupId(columns_.groups[group]); }

 protected:
  const Columns& columns_;
  const UserNo user_;
};

}  // namespace seatwise
