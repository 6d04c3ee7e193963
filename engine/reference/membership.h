// Section 3: who is a member of what, and since when. Test only.
#pragma once

#include <map>

#include "base/time.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"

namespace seatwise::reference {

// The members of one group, each with joined(u, g).
using Members = std::map<UserId, Time>;

// Groups without members are absent.
using MembersOfGroups = std::map<GroupId, Members>;

// By M1, or by M2 where the tenant has nested groups.
MembersOfGroups AllMembers(const Facts& facts);

}  // namespace seatwise::reference
