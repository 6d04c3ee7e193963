// `seatwise subscription`: what was bought.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeSubscriptionVerb();

}  // namespace seatwise::cli
