// A tenant that can be asked, for tests of what is asked. Test only.
#pragma once

#include <memory>

#include "absl/strings/string_view.h"
#include "base/executor.h"
#include "engine/incremental/live_state.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/memory_facts.h"
#include "tests/histories/load_facts.h"
#include "tests/histories/numbers.h"
#include "tests/worlds/parse_tenant.h"

namespace seatwise {

// Facts and what follows from them. Numbers of users and groups are in no order and have gaps.
struct ServedTenant {
  explicit ServedTenant(const Facts& values)
      : facts(values),
        live(LiveStateFrom(histories::LoadFacts(values, histories::AnyNumbers(values, 7)),
                           executor)) {}
  explicit ServedTenant(absl::string_view text) : ServedTenant(worlds::ParseTenant(text)) {}

  InlineExecutor executor;
  MemoryFacts facts;
  std::shared_ptr<const LiveState> live;
};

}  // namespace seatwise
