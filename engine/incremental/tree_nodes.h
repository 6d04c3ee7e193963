// The nodes that a PersistentTree (persistent_tree.h) consists of: how they are made, copied,
// shared and destroyed. Nobody else needs this file.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

#include "absl/types/span.h"
#include "base/prefetch.h"
#include "engine/incremental/ref.h"

namespace seatwise::tree_internal {

struct Node : RefCounted {
  uint16_t count = 0;     // Keys of a leaf, children of an inner node.
  uint16_t capacity = 0;  // Of a leaf: how many keys its memory can hold.
};

// Keys in order, in memory that is as long as it must be.
template <typename Key>
struct Leaf : Node {
  static_assert(std::is_trivially_copyable_v<Key> && alignof(Key) <= 8);
  static constexpr size_t kMax = std::clamp<size_t>(384 / sizeof(Key), 8, 96);

  Key* keys() { return reinterpret_cast<Key*>(this + 1); }
  const Key* keys() const { return reinterpret_cast<const Key*>(this + 1); }

  static Leaf* Make(size_t capacity, absl::Span<const Key> keys) {
    void* memory = ::operator new(sizeof(Leaf) + capacity * sizeof(Key));
    Leaf* leaf = new (memory) Leaf;
    leaf->capacity = static_cast<uint16_t>(capacity);
    leaf->count = static_cast<uint16_t>(keys.size());
    std::uninitialized_copy(keys.begin(), keys.end(), leaf->keys());
    return leaf;
  }
  static void Free(Leaf* leaf) { ::operator delete(leaf); }

  absl::Span<const Key> span() const { return {keys(), count}; }
};

// Children of equal height, at least one, each not empty.
template <typename Key>
struct Inner : Node {
  static constexpr size_t kMax = 16;

  std::array<Node*, kMax> child{};
  std::array<uint32_t, kMax> size{};  // Keys below the child.
  std::array<Key, kMax> low{};        // The smallest of them: always a key that is in the tree.

  uint32_t total() const {
    uint32_t sum = 0;
    for (size_t i = 0; i < count; ++i) sum += size[i];
    return sum;
  }

  void InsertChild(size_t at, Node* node, uint32_t keys, const Key& smallest) {
    for (size_t i = count; i > at; --i) Move(i - 1, i);
    child[at] = node;
    size[at] = keys;
    low[at] = smallest;
    ++count;
  }
  void RemoveChild(size_t at) {
    for (size_t i = at + 1; i < count; ++i) Move(i, i - 1);
    --count;
  }
  // Takes over what stands from `begin` in `other`, which must not release it any more.
  void TakeFrom(const Inner& other, size_t begin) {
    for (size_t i = begin; i < other.count; ++i) {
      InsertChild(count, other.child[i], other.size[i], other.low[i]);
    }
  }

 private:
  void Move(size_t from, size_t to) {
    child[to] = child[from];
    size[to] = size[from];
    low[to] = low[from];
  }
};

// Drops a reference to a node of this height (0: a leaf). Recursion as deep as the tree is high.
template <typename Key>
void Release(Node* node, uint32_t height) {
  if (!node->Drop()) return;
  if (height == 0) {
    Leaf<Key>::Free(static_cast<Leaf<Key>*>(node));
    return;
  }
  Inner<Key>* inner = static_cast<Inner<Key>*>(node);
  for (size_t i = 0; i < inner->count; ++i) Release<Key>(inner->child[i], height - 1);
  delete inner;
}

template <typename Key>
void ShareChildren(const Inner<Key>& inner) {
  for (size_t i = 0; i < inner.count; ++i) PrefetchLineToWrite(inner.child[i]);
  for (size_t i = 0; i < inner.count; ++i) inner.child[i]->Share();
}

// The inner node at `place` as one that only this tree has.
template <typename Key>
Inner<Key>* OwnInner(Node*& place, uint32_t height) {
  Inner<Key>* inner = static_cast<Inner<Key>*>(place);
  if (inner->IsUnique()) return inner;
  ShareChildren(*inner);
  Inner<Key>* copy = new Inner<Key>(*inner);
  Release<Key>(place, height);
  place = copy;
  return copy;
}

// Puts the leaf at `place` with `key` at position `at` there instead; it must have room.
template <typename Key>
void InsertIntoLeaf(Node*& place, size_t at, const Key& key) {
  Leaf<Key>* leaf = static_cast<Leaf<Key>*>(place);
  const bool unique = leaf->IsUnique();
  if (!unique || leaf->count == leaf->capacity) {
    // A leaf that grows in place will probably grow again.
    const size_t need = leaf->count + size_t{1};
    const size_t capacity = unique ? std::min(Leaf<Key>::kMax, need + need / 2) : need;
    Leaf<Key>* copy = Leaf<Key>::Make(capacity, leaf->span());
    Release<Key>(place, 0);
    place = leaf = copy;
  }
  std::copy_backward(leaf->keys() + at, leaf->keys() + leaf->count, leaf->keys() + leaf->count + 1);
  leaf->keys()[at] = key;
  ++leaf->count;
}

template <typename Key>
void EraseFromLeaf(Node*& place, size_t at) {
  Leaf<Key>* leaf = static_cast<Leaf<Key>*>(place);
  if (!leaf->IsUnique()) {
    Leaf<Key>* copy = Leaf<Key>::Make(leaf->count, leaf->span());
    Release<Key>(place, 0);
    place = leaf = copy;
  }
  std::copy(leaf->keys() + at + 1, leaf->keys() + leaf->count, leaf->keys() + at);
  --leaf->count;
}

// A new right half of a leaf or of an inner node; what is at `place` keeps the left half.
template <typename Key>
Node* SplitLeaf(Node*& place) {
  Leaf<Key>* leaf = static_cast<Leaf<Key>*>(place);
  const size_t half = leaf->count / 2;
  Node* right = Leaf<Key>::Make(Leaf<Key>::kMax, leaf->span().subspan(half));
  if (leaf->IsUnique()) {
    leaf->count = static_cast<uint16_t>(half);
  } else {
    Node* left = Leaf<Key>::Make(Leaf<Key>::kMax, leaf->span().first(half));
    Release<Key>(place, 0);
    place = left;
  }
  return right;
}
template <typename Key>
Node* SplitInner(Node*& place, uint32_t height) {
  Inner<Key>* left = OwnInner<Key>(place, height);
  Inner<Key>* right = new Inner<Key>;
  const size_t half = left->count / 2;
  right->TakeFrom(*left, half);
  left->count = static_cast<uint16_t>(half);
  return right;
}

template <typename Key>
const Key& FirstKey(const Node* node, uint32_t height) {
  if (height > 0) return static_cast<const Inner<Key>*>(node)->low[0];
  return static_cast<const Leaf<Key>*>(node)->keys()[0];
}
template <typename Key>
uint32_t KeysBelow(const Node* node, uint32_t height) {
  return height > 0 ? static_cast<const Inner<Key>*>(node)->total() : node->count;
}

// Appends the keys or children of `right`, which is released, to the node at `left`. There must be
// room for them.
template <typename Key>
void Append(Node*& left, Node* right, uint32_t height) {
  if (height > 0) {
    Inner<Key>* into = OwnInner<Key>(left, height);
    const Inner<Key>* from = static_cast<Inner<Key>*>(right);
    ShareChildren(*from);
    into->TakeFrom(*from, 0);
  } else {
    const Leaf<Key>* a = static_cast<Leaf<Key>*>(left);
    const Leaf<Key>* b = static_cast<Leaf<Key>*>(right);
    Leaf<Key>* both = Leaf<Key>::Make(size_t{a->count} + b->count, a->span());
    std::copy(b->keys(), b->keys() + b->count, both->keys() + both->count);
    both->count = both->capacity;
    Release<Key>(left, 0);
    left = both;
  }
  Release<Key>(right, height);
}

}  // namespace seatwise::tree_internal
