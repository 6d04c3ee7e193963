// Goes through lists of answers (answer_list.h) by user.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "engine/incremental/answer_list.h"

namespace seatwise {

// One thread; refers to the lists. Users only ascend.
class AnswerCursor {
 public:
  static constexpr uint32_t kEnd = 0xffffffff;

  // Stands at the first user who is not before `first`. Each list begins behind the one before it.
  AnswerCursor(absl::Span<const AnswerList> lists, uint32_t first) : lists_(lists) {
    while (list_ < lists_.size() && (List().users.empty() || List().users.back() < first)) ++list_;
    if (list_ == lists_.size()) return;
    const auto& users = List().users;
    next_ =
        static_cast<size_t>(std::lower_bound(users.begin(), users.end(), first) - users.begin());
  }

  // The user at hand; kEnd behind the last one.
  uint32_t user() const { return list_ == lists_.size() ? kEnd : List().users[next_]; }

  // Which list the user at hand is in. Not at the end.
  size_t list() const { return list_; }

  // How the answer of the user at hand changed; nothing for one without an answer. Goes on to the
  // next user; not at the end.
  const OutcomePair* Take() {
    const AnswerList& list = List();
    const uint32_t pair = list.pair_of[next_++];
    while (list_ < lists_.size() && next_ == List().users.size()) {
      ++list_;
      next_ = 0;
    }
    return pair == AnswerList::kNone ? nullptr : &list.pairs[pair];
  }

  // The same of this user; also nothing for one who is not in the lists. Goes on behind the user.
  // Nobody before the user was left out.
  const OutcomePair* PairOf(uint32_t user) { return this->user() == user ? Take() : nullptr; }

 private:
  const AnswerList& List() const { return lists_[list_]; }

  const absl::Span<const AnswerList> lists_;
  size_t list_ = 0;  // Past the end behind the last user.
  size_t next_ = 0;  // In this list.
};

}  // namespace seatwise
