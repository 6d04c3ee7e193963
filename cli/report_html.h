// `seatwise report html OUT.html`: a tenant as one page, in one file.
#pragma once

#include <memory>

#include "cli/remote_verb.h"

namespace seatwise::cli {

std::unique_ptr<RemoteVerb> MakeReportHtmlWord();

}  // namespace seatwise::cli
