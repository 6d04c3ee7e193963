// The facts of a case, from its folder in/ (semantics section 10). Test only.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "engine/model/facts.h"

namespace seatwise::cases {

// Dies on what is not well-formed. Names, texts and prices are not read: nothing derives from them.
Facts ReadCaseFacts(const std::string& folder);

// The value of a key of a flat JSON object, without quotes; "" if the key is absent.
std::string JsonValue(absl::string_view json, absl::string_view key);

}  // namespace seatwise::cases
