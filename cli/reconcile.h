// The verb `reconcile`: from a folder of facts to who gets which license.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeReconcileVerb();

}  // namespace seatwise::cli
