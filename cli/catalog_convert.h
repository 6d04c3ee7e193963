// The verb `catalog convert`: a vendor's list of products as files of a folder of facts.
#pragma once

#include <memory>

#include "cli/verb.h"

namespace seatwise::cli {

std::unique_ptr<Verb> MakeCatalogConvertVerb();

}  // namespace seatwise::cli
