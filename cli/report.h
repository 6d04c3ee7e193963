// The verb `seatwise report`.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeReportVerb();

}  // namespace seatwise::cli
