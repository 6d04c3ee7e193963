// Gives answers to many users.
#pragma once

#include "absl/types/span.h"
#include "base/executor.h"
#include "engine/incremental/answer_list.h"
#include "engine/incremental/live_answers.h"

namespace seatwise {

// Gives the outcomes in `lists` to their users; what else users have stays. Each list begins behind
// the one before it, each user has one answer, and pairs say what the users have in `answers` now;
// whether their numbers are good makes a difference to the time alone. Takes what pairs made.
void GiveAnswers(LiveAnswers& answers, absl::Span<const AnswerList> lists, Executor& executor);

}  // namespace seatwise
