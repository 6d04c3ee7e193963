// The form in which facts change (engine/incremental/live_facts.h), of small tenants. Test only.
#pragma once

#include "absl/strings/string_view.h"
#include "engine/incremental/live_facts.h"
#include "engine/incremental/load_live_facts.h"
#include "engine/model/facts.h"
#include "engine/model/memory_facts.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise::histories {

// Users and groups are numbered in the order of their ids.
inline LiveFacts LiveFactsOf(const Facts& facts) {
  const Facts sorted = MemoryFacts(facts).ToFacts();
  Numbers numbers;
  for (const User& user : sorted.users) numbers.users[user.id] = numbers.next.user++;
  for (const Group& group : sorted.groups) numbers.groups[group.id] = numbers.next.group++;
  return LoadLiveFacts(LoadFacts(sorted, numbers));
}

// The same for the text form of tests/worlds/parse_tenant.h.
inline LiveFacts LiveFactsOf(absl::string_view tenant) {
  return LiveFactsOf(worlds::ParseTenant(tenant));
}

}  // namespace seatwise::histories
