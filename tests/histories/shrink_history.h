// Makes a history that fails as small as it can be. Test only.
#pragma once

#include <functional>

#include "tests/histories/history.h"

namespace seatwise::histories {

// Takes away steps, changes and facts, and makes first steps part of the start, as long as `fails`
// stays true; `fails(history)` must be true at the start. Gives up on getting smaller after
// `most_tries` calls of `fails`.
History ShrinkHistory(History history, const std::function<bool(const History&)>& fails,
                      int most_tries = 20'000);

}  // namespace seatwise::histories
