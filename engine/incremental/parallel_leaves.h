// Filling a new vector on threads.
#pragma once

#include <algorithm>
#include <cstddef>

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

}  // namespace seatwise
