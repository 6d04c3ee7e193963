// Sets of service plans as bits over the plans of a tenant (bit n of the set is plan number n), in
// rows of equal length. No limit at 64 or 128: a row has as many 64-bit words as the catalog needs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/base/macros.h"
#include "absl/container/flat_hash_map.h"
#include "absl/numeric/bits.h"
#include "absl/types/span.h"

namespace seatwise {

// A set that somebody else holds. Sets are only combined with sets of the same catalog, so their
// lengths are equal.
using PlanBits = absl::Span<const uint64_t>;

// The words that `plans` bits need.
inline size_t PlanWords(size_t plans) { return (plans + 63) / 64; }

inline bool Contains(PlanBits set, uint32_t plan) {
  return (set[plan / 64] >> (plan % 64) & 1) != 0;
}

inline bool IsEmpty(PlanBits set) {
  uint64_t any = 0;
  for (uint64_t word : set) any |= word;
  return any == 0;
}

// Two words, as the smallest vector registers hold them: sets of a large catalog have 16 words.
typedef uint64_t TwoWords __attribute__((vector_size(16), aligned(8), may_alias));

inline const TwoWords& TwoWordsAt(const uint64_t* words) {
  return *reinterpret_cast<const TwoWords*>(words);
}
inline TwoWords& TwoWordsAt(uint64_t* words) { return *reinterpret_cast<TwoWords*>(words); }

// Whether a plan is in both sets.
inline bool Intersects(PlanBits a, PlanBits b) {
  ABSL_HARDENING_ASSERT(a.size() <= b.size());  // Once, where a[i] would ask each time.
  const uint64_t* x = a.data();
  const uint64_t* y = b.data();
  const uint64_t* const end = x + a.size();
  TwoWords common = {};
  for (; end - x >= 2; x += 2, y += 2) common |= TwoWordsAt(x) & TwoWordsAt(y);
  const uint64_t last = x != end ? *x & *y : 0;
  return (common[0] | common[1] | last) != 0;
}

inline void Insert(absl::Span<uint64_t> set, uint32_t plan) {
  set[plan / 64] |= uint64_t{1} << (plan % 64);
}

// Adds the plans of `set`.
inline void UnionInto(absl::Span<uint64_t> into, PlanBits set) {
  ABSL_HARDENING_ASSERT(set.size() <= into.size());
  uint64_t* x = into.data();
  const uint64_t* y = set.data();
  const uint64_t* const end = y + set.size();
  for (; end - y >= 2; x += 2, y += 2) TwoWordsAt(x) |= TwoWordsAt(y);
  if (y != end) *x |= *y;
}

// Calls visit(plan) for each plan that is in both sets, ascending.
template <typename Visit>
void ForEachCommon(PlanBits a, PlanBits b, Visit visit) {
  ABSL_HARDENING_ASSERT(a.size() <= b.size());
  const uint64_t* const x = a.data();
  const uint64_t* const y = b.data();
  for (size_t i = 0; i < a.size(); ++i) {
    for (uint64_t word = x[i] & y[i]; word != 0; word &= word - 1) {
      visit(static_cast<uint32_t>(i * 64 + static_cast<size_t>(absl::countr_zero(word))));
    }
  }
}

// Calls visit(plan) for each plan of the set, ascending.
template <typename Visit>
void ForEachPlan(PlanBits set, Visit visit) {
  ForEachCommon(set, set, visit);
}

// Equally long sets, end to end.
class PlanRows {
 public:
  PlanRows() = default;
  explicit PlanRows(size_t words) : words_(words) {}
  // `rows` empty sets.
  PlanRows(size_t words, size_t rows) : words_(words), rows_(rows), bits_(words * rows) {}

  size_t words() const { return words_; }
  size_t size() const { return rows_; }
  PlanBits operator[](size_t row) const { return {bits_.data() + row * words_, words_}; }
  absl::Span<uint64_t> Mutable(size_t row) { return {bits_.data() + row * words_, words_}; }
  // Forgets all rows but the first `rows`.
  void Shrink(size_t rows) {
    rows_ = rows;
    bits_.resize(rows * words_);
  }
  // Answers the new row's number.
  size_t Add(PlanBits set) {
    bits_.insert(bits_.end(), set.begin(), set.end());
    return rows_++;
  }

 private:
  size_t words_ = 0;
  size_t rows_ = 0;
  std::vector<uint64_t> bits_;
};

// Distinct sets, numbered in the order of their first appearance. Adding: one thread at a time.
class PlanSetTable {
 public:
  PlanSetTable() = default;
  explicit PlanSetTable(size_t words) : rows_(words) {}

  // The number of `set`, which is added if it is new.
  uint32_t Intern(PlanBits set) {
    const auto [it, is_new] =
        numbers_.try_emplace(std::vector<uint64_t>(set.begin(), set.end()), rows_.size());
    if (is_new) rows_.Add(set);
    return it->second;
  }

  size_t size() const { return rows_.size(); }
  PlanBits operator[](uint32_t number) const { return rows_[number]; }

 private:
  PlanRows rows_;
  absl::flat_hash_map<std::vector<uint64_t>, uint32_t> numbers_;
};

}  // namespace seatwise
