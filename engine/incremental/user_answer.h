// What one user has, as versions of a tenant keep it for each.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/prefetch.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/seat_book.h"

namespace seatwise {

// In which queues of seats a user stands. Immutable.
struct SeatEntries : RefCounted {
  std::vector<SeatEntry> list;
};

// The outcome of a user: nothing, one of the user's own, or the number of one in the table of the
// version (live_answers.h). As small as a pointer; a copy counts an outcome only if it is an own
// one. Different objects may be used by different threads.
class UserOutcome {
 public:
  UserOutcome() = default;
  // No reference: nothing.
  explicit UserOutcome(Ref<Outcome> own) : word_(reinterpret_cast<uintptr_t>(own.get())) {
    if (own) own->Share();
  }
  static UserOutcome Numbered(uint32_t number) {
    UserOutcome outcome;
    outcome.word_ = uintptr_t{number} << 1 | 1;
    return outcome;
  }

  UserOutcome(const UserOutcome& other) : word_(other.word_) {
    if (own() != nullptr) own()->Share();
  }
  UserOutcome(UserOutcome&& other) noexcept : word_(std::exchange(other.word_, 0)) {}
  UserOutcome& operator=(UserOutcome other) noexcept {
    std::swap(word_, other.word_);
    return *this;
  }
  ~UserOutcome() {
    if (own() != nullptr) Ref<Outcome>::Adopt(own());  // Which lets go of it.
  }

  bool has_number() const { return (word_ & 1) != 0; }
  // If it has one.
  uint32_t number() const { return static_cast<uint32_t>(word_ >> 1); }
  // nullptr if it has a number, or is nothing.
  const Outcome* own() const {
    return has_number() ? nullptr : reinterpret_cast<const Outcome*>(word_);
  }

  // The same object or number.
  friend bool operator==(const UserOutcome&, const UserOutcome&) = default;

 private:
  static_assert(alignof(Outcome) > 1, "the last bit says that it is a number");

  uintptr_t word_ = 0;  // A pointer, or twice the number and one.
};

// Nothing without claims, no entries where no seat is scarce.
struct UserAnswer {
  UserOutcome outcome;
  Ref<SeatEntries> entries;

  friend bool operator==(const UserAnswer&, const UserAnswer&) = default;

  // Fetches what a copy writes to.
  void Prefetch() const {
    PrefetchLineToWrite(outcome.own());
    entries.Prefetch();
  }
};

}  // namespace seatwise
