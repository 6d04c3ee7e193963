// An engine that keeps a tenant up to date by computing it anew: the slowest that is right. It
// shows that the judge can be satisfied, and, broken on purpose, that it cannot be fooled. Test
// only.
#pragma once

#include "tests/histories/engine_under_test.h"

namespace seatwise::histories {

// Answers what `derive` does, after every step.
IncrementalEngine AnewBy(DeriveFacts derive);

// By the batch engine.
IncrementalEngine BatchAgain();

}  // namespace seatwise::histories
