// Filling a new vector on threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/functional/function_ref.h"
#include "base/executor.h"
#include "engine/incremental/persistent_vector.h"

namespace seatwise {

// Splits the indexes of `vector` into as many parts as there are threads, so that no leaf belongs
// to two of them, and runs `work` on each. A part may change values of its own by
// PersistentVector::Mutable if the vector shares nothing with another version: then that writes to
// the leaf alone, and reads what is above it.
template <typename T>
void ParallelLeaves(Executor& executor, const PersistentVector<T>& vector,
                    absl::FunctionRef<void(Shard)> work) {
  constexpr size_t kLeafValues = PersistentVector<T>::kLeafValues;
  const size_t size = vector.size();
  ParallelShards(executor, (size + kLeafValues - 1) / kLeafValues, [&](Shard leaves) {
    work({.index = leaves.index,
          .begin = leaves.begin * kLeafValues,
          .end = std::min(leaves.end * kLeafValues, size)});
  });
}

// A new vector of `size` values, made by threads: each calls fill(first, values) for leaves of its
// part, ascending, with the index of a leaf's first value. What `begin` answers for the first index
// of a part is passed along, for whoever goes through a list beside.
template <typename T, typename Begin, typename Fill>
PersistentVector<T> BuildLeaves(Executor& executor, uint32_t size, Begin begin, Fill fill) {
  using Vector = PersistentVector<T>;
  typename Vector::Builder builder(size);
  ParallelShards(executor, builder.leaves(), [&](Shard leaves) {
    auto place = begin(static_cast<uint32_t>(leaves.begin * Vector::kLeafValues));
    for (size_t leaf = leaves.begin; leaf < leaves.end; ++leaf) {
      fill(place, static_cast<uint32_t>(leaf * Vector::kLeafValues), builder.MakeLeaf(leaf));
    }
  });
  return std::move(builder).Take();
}

}  // namespace seatwise
