// A vector of which every copy is a version of its own: copying costs nothing, and a change copies
// only the way to what it changes.
//
//   root        [ . . ]       Set(5) in a copy makes a new root, a new inner node
//   inner    [. .]   [. .]    and a new leaf; the other nodes are shared with
//   leaves   01 23   45 67    the original.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/prefetch.h"
#include "engine/incremental/weighted_node.h"

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
    if (root_ != nullptr) root_->Share(Node::kWhole);
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
  ~PersistentVector() { Release(root_, Node::kWhole, height_); }

  class Builder;
  class Reader;

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

  // Fetches what setting the value in a copy reads and writes: all of the nodes on the way, and the
  // counts of what the leaf shares. After Prefetch has done its work.
  void PrefetchForSet(uint32_t index) const {
    if (index >= size_) return;
    const Node* node = root_;
    for (uint32_t level = height_; level > 0; --level) {
      PrefetchBytes(node, sizeof(Inner));
      node = static_cast<const Inner*>(node)->children[Slot(index, level)];
    }
    PrefetchBytes(node, sizeof(Leaf));
    PrefetchShared(*static_cast<const Leaf*>(node));
  }

  void Set(uint32_t index, T value) { Mutable(index) = std::move(value); }

  // For a change in place. Valid until the next change of this version, or copy of it.
  T& Mutable(uint32_t index) {
    SEATWISE_DCHECK(index < size_);
    Place place{&root_, Node::kWhole};
    uint32_t level = height_;
    while (level > 0 && place.IsUnique()) place = place.inner().PlaceOf(Slot(index, level--));
    Leaf* leaf = place.IsUnique() ? static_cast<Leaf*>(*place.node) : CopyWay(place, level, index);
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

  // Empties this version as if it was gone, at less cost if few values of `heir` differ: what the
  // two share has one owner less then, of which most of it need not know. Other threads may read
  // `heir`.
  void GiveTo(const PersistentVector& heir) {
    const bool alike = height_ == heir.height_ && root_ != heir.root_;
    Release(std::exchange(root_, nullptr), Node::kWhole, height_, alike ? heir.root_ : nullptr);
    height_ = size_ = 0;
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

  // Values of a leaf: few where a copied leaf has to share each of its values, which are counted
  // one by one and lie far apart.
  static constexpr uint32_t kLeafValues =
      std::is_trivially_copyable_v<T> ? (sizeof(T) <= 8 ? 32 : 16) : 4;

 private:
  // Each level is waited for, and each copied node is written. A change takes 4 % less on preset M
  // and 9 % less on XL with 16 than with 8; with 32 nothing less, for nodes twice as large.
  static constexpr uint32_t kFanOutBits = 4;
  static constexpr uint32_t kFanOut = 1 << kFanOutBits;

  struct Inner;
  using Node = WeightedNode;
  // Where a reference to a node stands, and what it weighs.
  struct Place {
    Node** node = nullptr;
    uint64_t weight = 0;

    bool IsUnique() const { return (*node)->IsUnique(weight); }
    Inner& inner() const { return *static_cast<Inner*>(*node); }
    // Puts a new node there.
    void Put(Node* born) const {
      born->SetWeight(weight);
      *node = born;
    }
  };
  struct Leaf : Node {
    std::array<T, kLeafValues> values{};
  };
  struct Inner : WeightedParent {
    std::array<Node*, kFanOut> children{};

    Place PlaceOf(uint32_t slot) { return {&children[slot], this->each()}; }
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
  // Shares the children.
  static Inner* Copy(const Inner& inner) {
    Inner* copy = new Inner(inner);
    if (inner.Halve(*copy)) return copy;
    for (const Node* child : inner.children) PrefetchLineToWrite(child);
    for (const Node* child : inner.children) {
      if (child != nullptr) child->Share(Node::kWhole);
    }
    return copy;
  }

  // Puts a copy of the way from the shared node at `place` to a leaf there, and answers the leaf.
  static Leaf* CopyWay(Place place, uint32_t height, uint32_t index) {
    for (uint32_t level = height; level > 0; --level) {
      place = Own(place, level).PlaceOf(Slot(index, level));
    }
    Node* const shared = *place.node;
    Leaf* leaf = Copy(*static_cast<const Leaf*>(shared));
    place.Put(leaf);
    Release(shared, place.weight, 0);
    return leaf;
  }

  // The inner node at `place` as one that only this version has.
  static Inner& Own(Place place, uint32_t height) {
    if (!place.IsUnique()) {
      Node* const shared = *place.node;
      place.Put(Copy(place.inner()));
      Release(shared, place.weight, height);
    }
    return place.inner();
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
    Place place{&root_, Node::kWhole};
    for (uint32_t level = height_; level > 0; --level) {
      if (*place.node == nullptr) place.Put(new Inner);
      const uint32_t slot =
          static_cast<uint32_t>(number >> (kFanOutBits * (level - 1))) & (kFanOut - 1);
      place = Own(place, level).PlaceOf(slot);
    }
    place.Put(new Leaf);
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

  // Recursion as deep as the tree is high. `heir` is another node, which stands in the same place
  // of a version that stays, or nothing.
  static void Release(Node* node, uint64_t weight, uint32_t height, const Node* heir = nullptr) {
    if (node == nullptr || !node->Drop(weight)) return;
    if (height == 0) {
      PrefetchShared(*static_cast<Leaf*>(node));
      delete static_cast<Leaf*>(node);
      return;
    }
    Inner* inner = static_cast<Inner*>(node);
    if (heir == nullptr || !GiveChildren(*inner, height, *static_cast<const Inner*>(heir))) {
      for (const Node* child : inner->children) PrefetchLineToWrite(child);
      for (Node* child : inner->children) Release(child, inner->each(), height - 1);
    }
    delete inner;
  }

  // Lets go of the children of a node that is gone, where `heir` has all of them but a few. False,
  // and no change, if that is not so.
  static bool GiveChildren(const Inner& gone, uint32_t height, const Inner& heir) {
    uint32_t others = 0;  // Bit n: child n is another.
    for (uint32_t slot = 0; slot < kFanOut; ++slot) {
      others |= uint32_t{gone.children[slot] != heir.children[slot]} << slot;
    }
    if (std::popcount(others) > static_cast<int>(kFanOut) / 2) return false;
    const auto for_each_other = [&](auto visit) {
      for (uint32_t left = others; left != 0; left &= left - 1) {
        const int slot = std::countr_zero(left);
        visit(gone.children[slot], heir.children[slot]);
      }
    };
    // All references of the heir become heavier, also those to children of its own.
    const uint64_t each = gone.each();
    for_each_other([&](const Node*, const Node* theirs) {
      if (theirs != nullptr) theirs->Share(each);
    });
    if (!heir.Unite(gone)) {
      for_each_other([&](const Node*, const Node* theirs) {
        if (theirs != nullptr) theirs->Drop(each);
      });
      return false;
    }
    for_each_other(
        [&](Node* mine, const Node* theirs) { Release(mine, each, height - 1, theirs); });
    return true;
  }

  Node* root_ = nullptr;  // A leaf if height_ is 0; nullptr if there are no values.
  uint32_t height_ = 0;
  uint32_t size_ = 0;
};

// Reads values in an order in which neighbours follow each other: the way to a leaf is gone once.
// The vector must outlive it and not change. One thread.
template <typename T>
class PersistentVector<T>::Reader {
 public:
  explicit Reader(const PersistentVector& vector) : vector_(vector) {}

  // As PersistentVector.
  const T& operator[](uint32_t index) {
    const uint32_t first = index - index % kLeafValues;
    if (first != first_) {
      values_ = &vector_[first];
      first_ = first;
    }
    return values_[index - first];
  }

 private:
  const PersistentVector& vector_;
  uint32_t first_ = 0xffffffff;  // Of the leaf at hand.
  const T* values_ = nullptr;
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
