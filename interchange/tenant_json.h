// tenant.json: the tenant's settings (semantics section 10).
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "engine/model/facts.h"
#include "interchange/row_error.h"

namespace seatwise {

// Keys that are not there keep their defaults. All that is wrong is added to `errors`, with line
// and byte of the line: text that is not JSON, a key that is unknown or given twice, a value of the
// wrong type or out of range.
TenantSettings ParseTenantJson(absl::string_view json, ErrorList& errors);

// Every key, one a line.
std::string FormatTenantJson(const TenantSettings& settings);

}  // namespace seatwise
