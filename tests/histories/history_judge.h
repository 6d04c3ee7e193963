// The verdict over an engine that keeps a tenant up to date, on a whole history. Test only.
//
// After every step:
//   - the state is what `derive` makes of the facts, and every user and group has its number;
//   - the delta is the difference of the licenses before and after, in canonical form; all deltas
//     added up are the difference between the start and the end;
// and now and then, so that what versions share is not what they change in each other:
//   - a change that is prepared and dropped (a what-if) is right and leaves its base as it was;
//   - older versions still answer what they did, after changes of other versions made from them;
//   - prepared again from the same base, a step gives the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "tests/histories/engine_under_test.h"
#include "tests/histories/history.h"

namespace seatwise::histories {

// How a history is judged.
struct HistoryJudge {
  // What is right.
  DeriveFacts derive;
  // Of the numbers of users and groups and of the detours.
  uint64_t seed = 0;
  // Of a hundred steps, how many are followed by a detour: a what-if, a look at an old version.
  int detours = 25;

  // What the engine gets wrong.
  struct Fault {
    size_t step = 0;  // After so many steps.
    std::string text;
  };

  // The first fault on the way; nullopt if there is none.
  std::optional<Fault> Find(const IncrementalEngine& engine, const History& history) const;

  // The whole story of a fault, to be printed: the fault, where it is, and the smallest history
  // that has one, with its fault. Takes a while.
  std::string Explain(const IncrementalEngine& engine, const History& history) const;
};

}  // namespace seatwise::histories
