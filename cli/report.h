// `seatwise report`: what operators read.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeReportVerb();

}  // namespace seatwise::cli
