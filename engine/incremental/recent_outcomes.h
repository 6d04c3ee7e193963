// Outcomes that were made lately, for versions of a tenant to share.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "base/mutex.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/ref.h"

namespace seatwise {

// Of outcomes with hashes that fall together the last one stays. All versions with the same catalog
// have one: it is not copied with them, so that a change does not pay for a version of it. Few, so
// that what is pushed out is mostly still in the cache. Any thread.
class RecentOutcomes {
 public:
  static constexpr size_t kPlaces = 512;

  // The last one that was added, if it was with this very hash.
  Ref<Outcome> At(uint64_t hash) const {
    MutexLock lock(&mutex_);
    const Place& place = places_[hash % kPlaces];
    return place.hash == hash ? place.outcome : Ref<Outcome>();
  }
  void Add(uint64_t hash, Ref<Outcome> outcome) {
    MutexLock lock(&mutex_);
    Place& place = places_[hash % kPlaces];
    place.hash = hash;
    std::swap(place.outcome, outcome);  // The one before is dropped when the lock is.
  }

 private:
  struct Place {
    uint64_t hash = 0;
    Ref<Outcome> outcome;
  };

  mutable Mutex mutex_;
  std::array<Place, kPlaces> places_ SEATWISE_GUARDED_BY(mutex_);
};

}  // namespace seatwise
