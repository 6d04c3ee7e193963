// Immutable things that versions of a tenant share, with a count of who shares them. The count lies
// in the thing itself, so a reference is as small as a pointer.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

#include "base/prefetch.h"

namespace seatwise {

// Counts the references to an object. Derive from it to be held by Ref; copies start anew.
class RefCounted {
 public:
  RefCounted() = default;
  RefCounted(const RefCounted&) {}
  RefCounted& operator=(const RefCounted&) { return *this; }

  void Share(uint32_t times = 1) const { count_.fetch_add(times, std::memory_order_relaxed); }
  // True for whoever drops the last reference, and has to destroy the object.
  bool Drop() const {
    // The last holder need not write the count, and a drop sees all that others did before theirs.
    return IsUnique() || count_.fetch_sub(1, std::memory_order_acq_rel) == 1;
  }
  // Whether the caller's is the only reference: then nobody else can get one.
  bool IsUnique() const { return count_.load(std::memory_order_acquire) == 1; }

 private:
  mutable std::atomic<uint32_t> count_{1};
};

// Holds a T, or nothing. T derives from RefCounted; if it has a static void Destroy(const T*), that
// is called at the end instead of delete. Different references may be used by different threads.
template <typename T>
class Ref {
 public:
  Ref() = default;
  // Takes over the reference that a new object is born with.
  static Ref Adopt(const T* object) {
    Ref ref;
    ref.object_ = object;
    return ref;
  }
  template <typename... Args>
  static Ref Make(Args&&... args) {
    return Adopt(new T(std::forward<Args>(args)...));
  }

  Ref(const Ref& other) : object_(other.object_) {
    if (object_ != nullptr) object_->Share();
  }
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() {
    if (object_ != nullptr && object_->Drop()) Destroy(object_);
  }

  const T* get() const { return object_; }
  const T& operator*() const { return *object_; }
  const T* operator->() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }

  // The same object, not an equal one.
  friend bool operator==(const Ref& a, const Ref& b) { return a.object_ == b.object_; }

  // Fetches the count into the cache: sharing many objects waits for memory once, not each time.
  void Prefetch() const { PrefetchLineToWrite(object_); }
  // The same for whoever only looks at the object.
  void PrefetchToRead() const { PrefetchLine(object_); }

 private:
  static void Destroy(const T* object) {
    if constexpr (requires { T::Destroy(object); }) {
      T::Destroy(object);
    } else {
      delete object;
    }
  }

  const T* object_ = nullptr;
};

// The object for changes, as one that nobody else has: a copy of it where it is shared. It was made
// by Make; not nothing.
template <typename T>
T& Own(Ref<T>& ref) {
  if (!ref->IsUnique()) ref = Ref<T>::Make(*ref);
  return const_cast<T&>(*ref);
}

}  // namespace seatwise
