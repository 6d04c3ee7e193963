// list, get, create, update and delete, for any kind of resource.
#pragma once

#include <memory>

#include "cli/resource_kind.h"
#include "cli/verb.h"

namespace seatwise::cli {

// The verb `seatwise NOUN ...` with its five words.
std::unique_ptr<Verb> MakeResourceVerb(ResourceKind kind);

}  // namespace seatwise::cli
