// An ordered set of which every copy is a version of its own, that knows the place of each key:
// copying costs nothing, a change copies the way to one leaf, and both "how many are before this
// key?" and "which is number 17?" go down the tree once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "base/check.h"
#include "base/prefetch.h"
#include "engine/incremental/tree_nodes.h"

namespace seatwise {

// A counted B+tree. Like an int: a version may be read by any number of threads as long as none
// changes that very object; copies are independent, also across threads. What one version owns
// alone is changed in place. A small set is one block of memory of the size of its keys.
//
// Key is trivially copyable, at most 8-aligned. The order is not part of the tree: each call that
// needs it is given `less`, so that it may look things up in the version at hand (less(a, b):
// strict and total; the same order as ever for the keys that are in the tree). Calls that only look
// take any kind of `probe`, with less(key, probe), and also less(probe, key) for Contains. The tree
// compares only with keys that are in it.
template <typename Key>
class PersistentTree {
 public:
  PersistentTree() = default;
  PersistentTree(const PersistentTree& other)
      : root_(other.root_), height_(other.height_), size_(other.size_) {
    if (root_ != nullptr) root_->Share();
  }
  PersistentTree(PersistentTree&& other) noexcept
      : root_(std::exchange(other.root_, nullptr)),
        height_(std::exchange(other.height_, 0)),
        size_(std::exchange(other.size_, 0)) {}
  PersistentTree& operator=(PersistentTree other) noexcept {
    std::swap(root_, other.root_);
    std::swap(height_, other.height_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~PersistentTree() {
    if (root_ != nullptr) tree_internal::Release<Key>(root_, height_);
  }

  // The tree of `keys`, which are ascending and different.
  static PersistentTree BuildSorted(absl::Span<const Key> keys);

  uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // How many keys are smaller than `probe`: its place if it is in the tree, else where it would be.
  template <typename Probe, typename Less = std::less<>>
  uint32_t Rank(const Probe& probe, const Less& less = Less()) const;

  // Key number `rank`, counted from 0, which is below size(). The reference is valid until this
  // version changes or is gone.
  const Key& Select(uint32_t rank) const;
  // The smallest; the tree is not empty.
  const Key& First() const { return tree_internal::FirstKey<Key>(root_, height_); }

  // The key that is equal to `probe` (neither is less), or nullptr. Valid as for Select.
  template <typename Probe, typename Less = std::less<>>
  const Key* Find(const Probe& probe, const Less& less = Less()) const;
  template <typename Probe, typename Less = std::less<>>
  bool Contains(const Probe& probe, const Less& less = Less()) const {
    return Find(probe, less) != nullptr;
  }

  // False, and no change, if the key is there already.
  template <typename Less = std::less<>>
  bool Insert(const Key& key, const Less& less = Less());
  // False if the key is not there.
  template <typename Less = std::less<>>
  bool Erase(const Key& key, const Less& less = Less());

  // Calls visit(key) for all keys from number `rank` on, ascending, until one answers false.
  template <typename Visit>
  void ForEachFromRank(uint32_t rank, Visit visit) const {
    if (rank < size_) VisitFrom(root_, height_, rank, visit);
  }
  // The same from the first key that is not less than `probe`.
  template <typename Probe, typename Visit, typename Less = std::less<>>
  void ForEachFrom(const Probe& probe, Visit visit, const Less& less = Less()) const {
    if (root_ != nullptr) VisitFromProbe(root_, height_, probe, less, visit);
  }
  // Calls visit(key) for all keys, ascending.
  template <typename Visit>
  void ForEach(Visit visit) const {
    ForEachFromRank(0, [&](const Key& key) {
      visit(key);
      return true;
    });
  }

  // Fetches what a copy has to write into the cache (Ref::Prefetch).
  void Prefetch() const { PrefetchLineToWrite(root_); }
  // The same for whoever only looks for keys.
  void PrefetchToRead() const {
    if (root_ != nullptr) PrefetchBytes(root_, sizeof(Inner));
  }

 private:
  using Node = tree_internal::Node;
  using Leaf = tree_internal::Leaf<Key>;
  using Inner = tree_internal::Inner<Key>;

  static const Leaf* AsLeaf(const Node* node) { return static_cast<const Leaf*>(node); }
  static const Inner* AsInner(const Node* node) { return static_cast<const Inner*>(node); }

  // Fetches a node into the cache at once, instead of one line after the other as it is searched.
  static void PrefetchNode(const Node* node, uint32_t height) {
    PrefetchBytes(node, height > 0 ? sizeof(Inner) : sizeof(Leaf) + Leaf::kMax * sizeof(Key));
  }

  // The position in the leaf of the first key that is not less than `probe`.
  template <typename Probe, typename Less>
  static size_t PositionIn(const Leaf& leaf, const Probe& probe, const Less& less) {
    const absl::Span<const Key> keys = leaf.span();
    return static_cast<size_t>(std::lower_bound(keys.begin(), keys.end(), probe, less) -
                               keys.begin());
  }
  // The last child whose smallest key is less than `probe`, or the first child.
  template <typename Probe, typename Less>
  static size_t ChildBefore(const Inner& inner, const Probe& probe, const Less& less) {
    const auto begin = inner.low.begin();
    return static_cast<size_t>(std::lower_bound(begin + 1, begin + inner.count, probe, less) -
                               begin) -
           1;
  }

  template <typename Less>
  static Node* InsertBelow(Node*& place, uint32_t height, const Key& key, const Less& less);
  template <typename Less>
  static void EraseBelow(Node*& place, uint32_t height, const Key& key, const Less& less);
  static void MendChild(Inner* inner, size_t at, uint32_t child_height);
  template <typename Visit>
  static bool VisitFrom(const Node* node, uint32_t height, uint32_t rank, Visit& visit);
  template <typename Probe, typename Less, typename Visit>
  static bool VisitFromProbe(const Node* node, uint32_t height, const Probe& probe,
                             const Less& less, Visit& visit);

  Node* root_ = nullptr;  // A leaf if height_ is 0; nullptr if there are no keys.
  uint32_t height_ = 0;
  uint32_t size_ = 0;
};

template <typename Key>
PersistentTree<Key> PersistentTree<Key>::BuildSorted(absl::Span<const Key> keys) {
  PersistentTree tree;
  if (keys.empty()) return tree;
  tree.size_ = static_cast<uint32_t>(keys.size());
  // Leaves have some room, so that the first insertions do not split all of them.
  constexpr size_t kPerLeaf = Leaf::kMax - Leaf::kMax / 8;
  const size_t leaves = (keys.size() + kPerLeaf - 1) / kPerLeaf;
  std::vector<Node*> level;
  for (size_t i = 0; i < leaves; ++i) {
    const size_t begin = keys.size() * i / leaves;
    const size_t end = keys.size() * (i + 1) / leaves;
    level.push_back(Leaf::Make(end - begin, keys.subspan(begin, end - begin)));
  }
  while (level.size() > 1) {
    constexpr size_t kPerInner = Inner::kMax - 2;
    const size_t nodes = (level.size() + kPerInner - 1) / kPerInner;
    std::vector<Node*> above;
    for (size_t i = 0; i < nodes; ++i) {
      Inner* inner = new Inner;
      for (size_t at = level.size() * i / nodes; at < level.size() * (i + 1) / nodes; ++at) {
        inner->InsertChild(inner->count, level[at],
                           tree_internal::KeysBelow<Key>(level[at], tree.height_),
                           tree_internal::FirstKey<Key>(level[at], tree.height_));
      }
      above.push_back(inner);
    }
    level = std::move(above);
    ++tree.height_;
  }
  tree.root_ = level[0];
  return tree;
}

template <typename Key>
template <typename Probe, typename Less>
uint32_t PersistentTree<Key>::Rank(const Probe& probe, const Less& less) const {
  if (root_ == nullptr) return 0;
  uint32_t before = 0;
  const Node* node = root_;
  for (uint32_t height = height_; height > 0; --height) {
    const size_t child = ChildBefore(*AsInner(node), probe, less);
    for (size_t i = 0; i < child; ++i) before += AsInner(node)->size[i];
    node = AsInner(node)->child[child];
    PrefetchNode(node, height - 1);
  }
  return before + static_cast<uint32_t>(PositionIn(*AsLeaf(node), probe, less));
}

template <typename Key>
const Key& PersistentTree<Key>::Select(uint32_t rank) const {
  SEATWISE_DCHECK(rank < size_);
  const Node* node = root_;
  for (uint32_t height = height_; height > 0; --height) {
    size_t child = 0;
    while (rank >= AsInner(node)->size[child]) rank -= AsInner(node)->size[child++];
    node = AsInner(node)->child[child];
  }
  return AsLeaf(node)->keys()[rank];
}

template <typename Key>
template <typename Probe, typename Less>
const Key* PersistentTree<Key>::Find(const Probe& probe, const Less& less) const {
  const Key* found = nullptr;
  ForEachFrom(
      probe,
      [&](const Key& key) {
        found = less(probe, key) ? nullptr : &key;
        return false;
      },
      less);
  return found;
}

template <typename Key>
template <typename Less>
bool PersistentTree<Key>::Insert(const Key& key, const Less& less) {
  if (root_ == nullptr) {
    root_ = Leaf::Make(1, absl::MakeConstSpan(&key, 1));
    size_ = 1;
    return true;
  }
  if (Contains(key, less)) return false;
  Node* right = InsertBelow(root_, height_, key, less);
  ++size_;
  if (right == nullptr) return true;
  Inner* root = new Inner;
  for (Node* node : {root_, right}) {
    root->InsertChild(root->count, node, tree_internal::KeysBelow<Key>(node, height_),
                      tree_internal::FirstKey<Key>(node, height_));
  }
  root_ = root;
  ++height_;
  return true;
}

// Inserts a key that is not there below `place`. Where a node overflows, answers its new right
// sibling.
template <typename Key>
template <typename Less>
tree_internal::Node* PersistentTree<Key>::InsertBelow(Node*& place, uint32_t height, const Key& key,
                                                      const Less& less) {
  if (height == 0) {
    const size_t at = PositionIn(*AsLeaf(place), key, less);
    if (place->count < Leaf::kMax) {
      tree_internal::InsertIntoLeaf(place, at, key);
      return nullptr;
    }
    Node* right = tree_internal::SplitLeaf<Key>(place);
    const size_t half = place->count;
    tree_internal::InsertIntoLeaf(at <= half ? place : right, at <= half ? at : at - half, key);
    return right;
  }
  Inner* inner = tree_internal::OwnInner<Key>(place, height);
  const size_t child = ChildBefore(*inner, key, less);
  Node* split = InsertBelow(inner->child[child], height - 1, key, less);
  inner->size[child] = tree_internal::KeysBelow<Key>(inner->child[child], height - 1);
  inner->low[child] = tree_internal::FirstKey<Key>(inner->child[child], height - 1);
  if (split == nullptr) return nullptr;
  Node* right = nullptr;
  size_t at = child + 1;
  if (inner->count == Inner::kMax) {
    right = tree_internal::SplitInner<Key>(place, height);
    if (at > inner->count) {
      at -= inner->count;
      inner = static_cast<Inner*>(right);
    }
  }
  inner->InsertChild(at, split, tree_internal::KeysBelow<Key>(split, height - 1),
                     tree_internal::FirstKey<Key>(split, height - 1));
  return right;
}

template <typename Key>
template <typename Less>
bool PersistentTree<Key>::Erase(const Key& key, const Less& less) {
  if (!Contains(key, less)) return false;
  EraseBelow(root_, height_, key, less);
  if (--size_ == 0) {
    // Nodes without a child or key are dropped on the way up; what is left is one of them.
    *this = PersistentTree();
    return true;
  }
  while (height_ > 0 && root_->count == 1) {
    Node* child = AsInner(root_)->child[0];
    child->Share();
    tree_internal::Release<Key>(root_, height_);
    root_ = child;
    --height_;
  }
  return true;
}

// Erases a key that is there below `place`, which may be left without any.
template <typename Key>
template <typename Less>
void PersistentTree<Key>::EraseBelow(Node*& place, uint32_t height, const Key& key,
                                     const Less& less) {
  if (height == 0) {
    tree_internal::EraseFromLeaf<Key>(place, PositionIn(*AsLeaf(place), key, less));
    return;
  }
  Inner* inner = tree_internal::OwnInner<Key>(place, height);
  size_t child = ChildBefore(*inner, key, less);
  // The key may itself be the smallest of the next child.
  if (child + 1 < inner->count && !less(key, inner->low[child + 1])) ++child;
  EraseBelow(inner->child[child], height - 1, key, less);
  MendChild(inner, child, height - 1);
}

// Brings what `inner` says of a child that lost a key up to date, and unites the child with a
// neighbour if it has become small.
template <typename Key>
void PersistentTree<Key>::MendChild(Inner* inner, size_t at, uint32_t child_height) {
  Node* child = inner->child[at];
  if (child->count == 0) {
    tree_internal::Release<Key>(child, child_height);
    inner->RemoveChild(at);
    return;
  }
  inner->size[at] = tree_internal::KeysBelow<Key>(child, child_height);
  inner->low[at] = tree_internal::FirstKey<Key>(child, child_height);
  const size_t max = child_height > 0 ? Inner::kMax : Leaf::kMax;
  if (child->count >= max / 4 || inner->count == 1) return;
  const size_t left = at > 0 ? at - 1 : at;
  if (size_t{inner->child[left]->count} + inner->child[left + 1]->count > max) return;
  tree_internal::Append<Key>(inner->child[left], inner->child[left + 1], child_height);
  inner->size[left] += inner->size[left + 1];
  inner->RemoveChild(left + 1);
}

template <typename Key>
template <typename Visit>
bool PersistentTree<Key>::VisitFrom(const Node* node, uint32_t height, uint32_t rank,
                                    Visit& visit) {
  if (height == 0) {
    for (size_t i = rank; i < node->count; ++i) {
      if (!visit(AsLeaf(node)->keys()[i])) return false;
    }
    return true;
  }
  for (size_t i = 0; i < node->count; ++i) {
    const uint32_t size = AsInner(node)->size[i];
    if (rank < size && !VisitFrom(AsInner(node)->child[i], height - 1, rank, visit)) return false;
    rank -= std::min(rank, size);
  }
  return true;
}

// Goes down once, and on from there.
template <typename Key>
template <typename Probe, typename Less, typename Visit>
bool PersistentTree<Key>::VisitFromProbe(const Node* node, uint32_t height, const Probe& probe,
                                         const Less& less, Visit& visit) {
  if (height == 0) {
    return VisitFrom(node, 0, static_cast<uint32_t>(PositionIn(*AsLeaf(node), probe, less)), visit);
  }
  size_t child = ChildBefore(*AsInner(node), probe, less);
  PrefetchNode(AsInner(node)->child[child], height - 1);
  if (!VisitFromProbe(AsInner(node)->child[child], height - 1, probe, less, visit)) return false;
  while (++child < node->count) {
    if (!VisitFrom(AsInner(node)->child[child], height - 1, 0, visit)) return false;
  }
  return true;
}

}  // namespace seatwise
