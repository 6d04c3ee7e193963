// What every user of a tenant has.
//
//   users   [ #0 | #1 | #0 | own ]      by user: the number of an outcome, or one of its own
//   table   [ outcome | outcome ]       by number
//
// Both are shared between versions. The change of one user gives an outcome of its own to it, and
// copies the way to it (persistent_vector.h). Where a group of nearly everybody asks for other
// SKUs, outcomes change, and who has which does not: then there is another table, and the users
// stay as they are. A million users have some hundred thousand outcomes.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "base/prefetch.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/persistent_vector.h"
#include "engine/incremental/ref.h"
#include "engine/incremental/seat_book.h"
#include "engine/incremental/user_answer.h"

namespace seatwise {

// A value: copies share what is equal in them. Any number of threads may read one that none
// changes. Users are below size() wherever they are asked for.
class LiveAnswers {
 public:
  using Users = PersistentVector<UserAnswer>;
  // Nothing stands for no claims, and where nobody has the number.
  using Table = std::vector<Ref<Outcome>>;
  using Reader = Users::Reader;  // Of users(); answers are to be read with Find.

  uint32_t size() const { return users_.size(); }
  // New users have nothing. Only grows.
  void Resize(uint32_t size) { users_.Resize(size); }

  // nullptr: no claims. Valid as long as a version has it.
  const Outcome* OutcomeOf(uint32_t user) const { return Find(users_[user].outcome); }
  // In which queues the user stands.
  const Ref<SeatEntries>& EntriesOf(uint32_t user) const { return users_[user].entries; }
  absl::Span<const SeatEntry> EntryListOf(uint32_t user) const {
    const Ref<SeatEntries>& entries = EntriesOf(user);
    return entries ? absl::MakeConstSpan(entries->list) : absl::Span<const SeatEntry>();
  }

  // Gives the user an outcome of its own; no reference: nothing.
  void SetOutcome(uint32_t user, Ref<Outcome> outcome) {
    users_.Mutable(user).outcome = UserOutcome(std::move(outcome));
  }
  void SetEntries(uint32_t user, Ref<SeatEntries> entries) {
    users_.Mutable(user).entries = std::move(entries);
  }

  // Calls visit(user, outcome) for each user with claims, ascending.
  template <typename Visit>
  void ForEachOutcome(Visit visit) const {
    users_.ForEach([&](uint32_t user, const UserAnswer& answer) {
      const Outcome* outcome = Find(answer.outcome);
      if (outcome != nullptr) visit(user, *outcome);
    });
  }

  // Calls visit(user, was, is) for each user whose outcomes differ between two versions, ascending;
  // nullptr is no claims, or a user that is not there. Looks at what the two do not share; at all
  // users where they have different tables.
  template <typename Visit>
  void ForEachOtherOutcome(const LiveAnswers& before, Visit visit) const {
    const auto compare = [&](uint32_t user, const UserAnswer& was, const UserAnswer& is) {
      const Outcome* x = before.Find(was.outcome);
      const Outcome* y = Find(is.outcome);
      if (x != y) visit(user, x, y);
    };
    if (table_ == before.table_) {
      users_.ForEachDifference(before.users_, compare);
      return;
    }
    const UserAnswer nothing;
    Reader was(before.users_);
    users_.ForEach([&](uint32_t user, const UserAnswer& is) {
      compare(user, user < before.size() ? was[user] : nothing, is);
    });
  }

  // What answers refer to.
  const Users& users() const { return users_; }
  const Table& table() const { return *table_; }
  std::shared_ptr<const Table> SharedTable() const { return table_; }
  const Outcome* Find(const UserOutcome& outcome) const {
    return outcome.has_number() ? (*table_)[outcome.number()].get() : outcome.own();
  }
  // Sets what numbers stand for, or all of it.
  void SetTable(Table table) { table_ = std::make_shared<const Table>(std::move(table)); }
  void Set(Users users, Table table) {
    users_ = std::move(users);
    SetTable(std::move(table));
  }

  // Before the end: see PersistentVector::GiveTo.
  void GiveTo(const LiveAnswers& heir) { users_.GiveTo(heir.users_); }

  // Fetching in steps, each when the one before has done its work: the way to a user; what its
  // number stands for; the outcome. `user` may be beyond the end.
  void Prefetch(uint32_t user) const { users_.Prefetch(user); }
  void PrefetchNumber(uint32_t user) const {
    if (user >= size()) return;
    const UserOutcome& outcome = users_[user].outcome;
    if (outcome.has_number()) PrefetchLine(&(*table_)[outcome.number()]);
  }
  void PrefetchOutcome(uint32_t user) const {
    if (user < size()) PrefetchBytes(OutcomeOf(user), sizeof(Outcome));
  }
  // Also what setting the answer in a copy reads and writes.
  void PrefetchForSet(uint32_t user) const { users_.PrefetchForSet(user); }

 private:
  Users users_;
  std::shared_ptr<const Table> table_ = std::make_shared<const Table>();
};

}  // namespace seatwise
