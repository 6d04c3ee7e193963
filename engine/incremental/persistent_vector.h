// A vector of which every copy is a version of its own: copying costs nothing, and a change copies
// only the way to what it changes.
//
//   root      [ . . ]            Set(5) in a copy makes a new root, a new inner node and a new
//   leaf; inner   [. .] [. .]          the other leaves and inner nodes are shared with the
//   original. leaves  01 23 45 67
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/prefetch.h"
#include "engine/incremental/ref.h"

namespace seatwise {

// A radix tree. Like an int: a version may be read by any number of threads as long as none changes
// that very object; copies are independent, also across threads. What one version owns alone is
// changed in place, so filling a new vector copies nothing. T is default-constructible and cheap to
// copy: a number, or a Ref.
template <typename T>
class PersistentVector {
 public:
  PersistentVector() = default;
  PersistentVector(const PersistentVector& other)
      : root_(other.root_), height_(other.height_), size_(other.size_) {
    if (root_ != nullptr) root_->Share();
  }
  PersistentVector(PersistentVector&& other) noexcept
      : root_(std::exchange(other.root_, nullptr)),
        height_(std::exchange(other.height_, 0)),
        size_(std::exchange(other.size_, 0)) {}
  PersistentVector& operator=(PersistentVector other) noexcept {
    std::swap(root_, other.root_);
    std::swap(height_, other.height_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~PersistentVector() { Release(root_, height_); }

  class Builder;

  uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // `index` is below size(). The reference is valid until this version changes or is gone.
  const T& operator[](uint32_t index) const {
    SEATWISE_DCHECK(index < size_);
    const Node* node = root_;
    for (uint32_t level = height_; level > 0; --level) {
      node = static_cast<const Inner*>(node)->children[Slot(index, level)];
    }
    return static_cast<const Leaf*>(node)->values[index % kLeafValues];
  }

  // Fetches the value, and all that stands on the way to it, into the cache: the ways into several
  // vectors are waited for at the same time. `index` may be beyond the end.
  void Prefetch(uint32_t index) const {
    if (index >= size_) return;
    const Node* node = root_;
    for (uint32_t level = height_; level > 0; --level) {
      node = static_cast<const Inner*>(node)->children[Slot(index, level)];
    }
    PrefetchLine(&static_cast<const Leaf*>(node)->values[index % kLeafValues]);
  }

  // Fetches what setting the value in a copy writes to: the counts of all that copied nodes share.
  // After Prefetch has done its work.
  void PrefetchForSet(uint32_t index) const {
    if (index >= size_) return;
    const Node* node = root_;
    for (uint32_t level = height_; level > 0; --level) {
      const Inner* inner = static_cast<const Inner*>(node);
      for (const Node* child : inner->children) PrefetchLineToWrite(child);
      node = inner->children[Slot(index, level)];
    }
    PrefetchShared(*static_cast<const Leaf*>(node));
  }

  void Set(uint32_t index, T value) { Mutable(index) = std::move(value); }

  // For a change in place. Valid until the next change of this version, or copy of it.
  T& Mutable(uint32_t index) {
    SEATWISE_DCHECK(index < size_);
    Node** place = &root_;
    uint32_t level = height_;
    while (level > 0 && (*place)->IsUnique()) {
      place = &static_cast<Inner*>(*place)->children[Slot(index, level--)];
    }
    Leaf* leaf = (*place)->IsUnique() ? static_cast<Leaf*>(*place) : CopyWay(place, level, index);
    return leaf->values[index % kLeafValues];
  }

  void PushBack(T value) {
    Resize(size_ + 1);
    Mutable(size_ - 1) = std::move(value);
  }

  // New values are T(). Only grows.
  void Resize(uint32_t size) {
    SEATWISE_CHECK(size >= size_) << "a vector that shrinks from " << size_ << " to " << size;
    const uint64_t leaves = (uint64_t{size} + kLeafValues - 1) / kLeafValues;
    for (uint64_t leaf = (uint64_t{size_} + kLeafValues - 1) / kLeafValues; leaf < leaves; ++leaf) {
      AddLeaf(leaf);
    }
    size_ = size;
  }

  // Calls visit(index, value) for all, ascending.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (uint32_t begin = 0; begin < size_; begin += kLeafValues) {
      const T* values = &(*this)[begin];
      const uint32_t count = std::min<uint32_t>(kLeafValues, size_ - begin);
      for (uint32_t i = 0; i < count; ++i) visit(begin + i, values[i]);
    }
  }

  // Calls visit(index, before, now) for each index at which the values of two versions differ,
  // ascending; where a version does not reach so far its value is T(). What the versions share is
  // not looked at.
  template <typename Visit>
  void ForEachDifference(const PersistentVector& before, Visit visit) const {
    const uint32_t height = std::max(height_, before.height_);
    Compare({before.root_, before.height_}, {root_, height_}, height, 0, visit);
  }

  // Values of a leaf: few where a copied leaf has to share each of its values, since the counts of
  // these lie far apart.
  static constexpr uint32_t kLeafValues =
      std::is_trivially_copyable_v<T> ? (sizeof(T) <= 8 ? 32 : 16) : 4;

 private:
  // Few, since a copied node has to count up each child, and most of these are cold; but each level
  // is waited for. A change takes 4 % less on preset M and 7 % less on XL with 8 than with 4.
  static constexpr uint32_t kFanOutBits = 3;
  static constexpr uint32_t kFanOut = 1 << kFanOutBits;

  struct Node : RefCounted {};
  struct Leaf : Node {
    std::array<T, kLeafValues> values{};
  };
  struct Inner : Node {
    std::array<Node*, kFanOut> children{};
  };

  static uint32_t Slot(uint32_t index, uint32_t level) {
    return index / kLeafValues >> (kFanOutBits * (level - 1)) & (kFanOut - 1);
  }
  // How many leaves a tree of this height can have.
  static uint64_t Room(uint32_t height) { return uint64_t{1} << (kFanOutBits * height); }

  static void PrefetchShared(const Leaf& leaf) {
    if constexpr (requires(const T& value) { value.Prefetch(); }) {
      for (const T& value : leaf.values) value.Prefetch();
    }
  }
  static Leaf* Copy(const Leaf& leaf) {
    PrefetchShared(leaf);
    return new Leaf(leaf);
  }
  // Shares all children but `except`, if that is one.
  static Inner* Copy(const Inner& inner, const Node* except = nullptr) {
    for (const Node* child : inner.children) PrefetchLineToWrite(child);
    for (const Node* child : inner.children) {
      if (child != nullptr && child != except) child->Share();
    }
    return new Inner(inner);
  }

  // Puts a copy of the way from the shared node at `place` to a leaf there, and answers the leaf.
  // What is copied next is not shared before: an atomic instruction less, twice for each node.
  static Leaf* CopyWay(Node** place, uint32_t height, uint32_t index) {
    Node* const shared = *place;
    for (uint32_t level = height; level > 0; --level) {
      const Inner* inner = static_cast<const Inner*>(*place);
      Inner* copy = Copy(*inner, inner->children[Slot(index, level)]);
      *place = copy;
      place = &copy->children[Slot(index, level)];
    }
    Leaf* leaf = Copy(*static_cast<const Leaf*>(*place));
    *place = leaf;
    Release(shared, height);
    return leaf;
  }

  // The inner node at `place` as one that only this version has.
  static Inner* Own(Node*& place, uint32_t height) {
    if (!place->IsUnique()) {
      Node* copy = Copy(*static_cast<const Inner*>(place));
      Release(place, height);
      place = copy;
    }
    return static_cast<Inner*>(place);
  }

  // `number` is that of the first leaf that is not there.
  void AddLeaf(uint64_t number) {
    if (root_ == nullptr) {
      root_ = new Leaf;
      return;
    }
    if (number == Room(height_)) {
      Inner* root = new Inner;
      root->children[0] = root_;
      root_ = root;
      ++height_;
    }
    Node** place = &root_;
    for (uint32_t level = height_; level > 0; --level) {
      if (*place == nullptr) *place = new Inner;
      const uint32_t slot =
          static_cast<uint32_t>(number >> (kFanOutBits * (level - 1))) & (kFanOut - 1);
      place = &Own(*place, level)->children[slot];
    }
    *place = new Leaf;
  }

  // A part of a version.
  struct Part {
    const Node* node = nullptr;
    uint32_t height = 0;

    // A tree that is less high than the other one is its first child.
    Part Child(uint32_t slot, uint32_t level) const {
      if (node == nullptr) return {};
      if (height < level) return slot == 0 ? *this : Part{};
      return {static_cast<const Inner*>(node)->children[slot], height - 1};
    }
    const auto& values() const { return static_cast<const Leaf*>(node)->values; }
  };

  // Recursion as deep as the higher tree.
  template <typename Visit>
  static void Compare(const Part& before, const Part& now, uint32_t level, uint64_t first,
                      Visit& visit) {
    if (before.node == now.node) return;
    if (level > 0) {
      const uint64_t width = uint64_t{kLeafValues} << (kFanOutBits * (level - 1));
      for (uint32_t slot = 0; slot < kFanOut; ++slot) {
        Compare(before.Child(slot, level), now.Child(slot, level), level - 1, first + slot * width,
                visit);
      }
      return;
    }
    const T nothing{};
    for (uint32_t i = 0; i < kLeafValues; ++i) {
      const T& was = before.node == nullptr ? nothing : before.values()[i];
      const T& is = now.node == nullptr ? nothing : now.values()[i];
      if (!(was == is)) visit(static_cast<uint32_t>(first + i), was, is);
    }
  }

  // Recursion as deep as the tree is high.
  static void Release(Node* node, uint32_t height) {
    if (node == nullptr || !node->Drop()) return;
    if (height == 0) {
      delete static_cast<Leaf*>(node);
      return;
    }
    for (Node* child : static_cast<Inner*>(node)->children) Release(child, height - 1);
    delete static_cast<Inner*>(node);
  }

  Node* root_ = nullptr;  // A leaf if height_ is 0; nullptr if there are no values.
  uint32_t height_ = 0;
  uint32_t size_ = 0;
};

// Makes a new vector leaf by leaf: any thread any leaf, each leaf once.
template <typename T>
class PersistentVector<T>::Builder {
 public:
  explicit Builder(uint32_t size)
      : size_(size), nodes_((uint64_t{size} + kLeafValues - 1) / kLeafValues) {}
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  size_t leaves() const { return nodes_.size(); }
  // The values from number * kLeafValues on, T() so far. Those beyond the size stay so.
  std::array<T, kLeafValues>& MakeLeaf(size_t number) {
    Leaf* leaf = new Leaf;
    nodes_[number] = leaf;
    return leaf->values;
  }
  // When there are all leaves; at the end.
  PersistentVector Take() && {
    PersistentVector vector;
    vector.size_ = size_;
    while (nodes_.size() > 1) {
      std::vector<Node*> inner((nodes_.size() + kFanOut - 1) / kFanOut);
      for (size_t i = 0; i < nodes_.size(); ++i) {
        if (i % kFanOut == 0) inner[i / kFanOut] = new Inner;
        static_cast<Inner*>(inner[i / kFanOut])->children[i % kFanOut] = nodes_[i];
      }
      nodes_ = std::move(inner);
      ++vector.height_;
    }
    if (!nodes_.empty()) vector.root_ = nodes_[0];
    return vector;
  }

 private:
  const uint32_t size_;
  std::vector<Node*> nodes_;
};

}  // namespace seatwise
