#include "engine/incremental/hash_trie.h"

#include <algorithm>
#include <memory>
#include <new>
#include <vector>

namespace seatwise {
namespace {

// The entries at hand with one more, or without one that is there.
std::vector<HashedNumber> With(absl::Span<const HashedNumber> entries, const HashedNumber& entry) {
  std::vector<HashedNumber> more(entries.begin(), entries.end());
  more.insert(std::lower_bound(more.begin(), more.end(), entry), entry);
  return more;
}
std::vector<HashedNumber> Without(absl::Span<const HashedNumber> entries,
                                  const HashedNumber& entry) {
  std::vector<HashedNumber> fewer(entries.begin(), entries.end());
  fewer.erase(std::lower_bound(fewer.begin(), fewer.end(), entry));
  return fewer;
}

}  // namespace

bool HashTrie::Contains(const HashedNumber& entry) const {
  const absl::Span<const HashedNumber> found = Of(entry.hash);
  return std::binary_search(found.begin(), found.end(), entry);
}

bool HashTrie::Insert(const HashedNumber& entry) {
  if (Contains(entry)) return false;
  InsertBelow(root_, entry, 0);
  ++size_;
  return true;
}

bool HashTrie::Erase(const HashedNumber& entry) {
  if (!Contains(entry)) return false;
  EraseBelow(root_, entry, 0);
  --size_;
  return true;
}

HashTrie::Link HashTrie::MakeLeaf(absl::Span<const HashedNumber> entries) {
  if (entries.empty()) return Link();
  void* memory = ::operator new(sizeof(Leaf) + entries.size() * sizeof(HashedNumber));
  Leaf* leaf = new (memory) Leaf;
  leaf->count = static_cast<uint32_t>(entries.size());
  std::uninitialized_copy(entries.begin(), entries.end(),
                          reinterpret_cast<HashedNumber*>(leaf + 1));
  return Link(leaf);
}

// What a single slot of a node leads to, or the root: `level` is that of the node to be made.
HashTrie::Link HashTrie::Build(absl::Span<const HashedNumber> entries, int level) {
  if (entries.size() <= kMaxLeaf || level == kLevels) return MakeLeaf(entries);
  auto inner = std::make_unique<Inner>();
  BuildSlots(*inner, {0, kFanOut}, entries, level);
  return Link(inner.release());
}

// What these slots of a node of this level lead to; what they did before is not released.
void HashTrie::BuildSlots(Inner& inner, Run run, absl::Span<const HashedNumber> entries,
                          int level) {
  if (run.size() == 1) {
    inner.children[run.begin] = Build(entries, level + 1);
  } else if (entries.size() <= kMaxLeaf) {
    Fill(inner, run, MakeLeaf(entries));
  } else {
    const size_t middle = run.begin + run.size() / 2;
    const auto right = std::partition_point(
        entries.begin(), entries.end(),
        [&](const HashedNumber& entry) { return SlotOf(entry.hash, level) < middle; });
    const size_t left = static_cast<size_t>(right - entries.begin());
    BuildSlots(inner, {run.begin, middle}, entries.first(left), level);
    BuildSlots(inner, {middle, run.end}, entries.subspan(left), level);
  }
}

// Recursion as deep as the trie is.
void HashTrie::Release(Link link) {
  if (!link || !link.node().Drop()) return;
  if (link.is_leaf()) {
    ::operator delete(const_cast<Leaf*>(&link.leaf()));
    return;
  }
  const Inner& inner = link.inner();
  for (size_t slot = 0; slot < kFanOut; slot = RunAt(inner, slot).end) {
    Release(inner.children[slot]);
  }
  delete &inner;
}

// The inner node at `place` as one that only this trie has.
HashTrie::Inner& HashTrie::Own(Link& place) {
  const Inner& inner = place.inner();
  if (!inner.IsUnique()) {
    for (const Link child : inner.children) {
      if (child) PrefetchLineToWrite(&child.node());
    }
    for (size_t slot = 0; slot < kFanOut; slot = RunAt(inner, slot).end) {
      if (inner.children[slot]) inner.children[slot].node().Share();
    }
    const Link copy(new Inner(inner));
    Release(place);
    place = copy;
  }
  return const_cast<Inner&>(place.inner());
}

// The slots that have one reference together; alone, if the slot is empty.
HashTrie::Run HashTrie::RunAt(const Inner& inner, size_t slot) {
  Run run{slot, slot + 1};
  const Link link = inner.children[slot];
  if (!link) return run;
  while (run.begin > 0 && inner.children[run.begin - 1] == link) --run.begin;
  while (run.end < kFanOut && inner.children[run.end] == link) ++run.end;
  return run;
}

// Whether all lead to one leaf, or to nothing.
bool HashTrie::IsAlike(const Inner& inner, Run run) {
  const Link first = inner.children[run.begin];
  if (first && !first.is_leaf()) return false;
  return std::all_of(inner.children.begin() + static_cast<std::ptrdiff_t>(run.begin),
                     inner.children.begin() + static_cast<std::ptrdiff_t>(run.end),
                     [&](Link link) { return link == first; });
}

void HashTrie::Fill(Inner& inner, Run run, Link link) {
  std::fill(inner.children.begin() + static_cast<std::ptrdiff_t>(run.begin),
            inner.children.begin() + static_cast<std::ptrdiff_t>(run.end), link);
}

// `place` is the only slot that leads to its node; the entry is not there.
void HashTrie::InsertBelow(Link& place, const HashedNumber& entry, int level) {
  if (!place || place.is_leaf()) {
    const Link before = place;
    place = Build(With(before ? before.leaf().entries() : absl::Span<const HashedNumber>(), entry),
                  level);
    Release(before);
    return;
  }
  Inner& inner = Own(place);
  const size_t slot = SlotOf(entry.hash, level);
  const Run run = RunAt(inner, slot);
  const Link before = inner.children[slot];
  if (run.size() == 1) {
    InsertBelow(inner.children[slot], entry, level + 1);
  } else {
    BuildSlots(inner, run, With(before.leaf().entries(), entry), level);
    Release(before);
  }
}

// The entry is there.
void HashTrie::EraseBelow(Link& place, const HashedNumber& entry, int level) {
  if (place.is_leaf()) {
    const Link before = place;
    place = MakeLeaf(Without(before.leaf().entries(), entry));
    Release(before);
    return;
  }
  Inner& inner = Own(place);
  const size_t slot = SlotOf(entry.hash, level);
  const Run run = RunAt(inner, slot);
  Link child = inner.children[slot];
  EraseBelow(child, entry, level + 1);
  Fill(inner, run, child);
  Unite(inner, slot);
  if (!IsAlike(inner, {0, kFanOut})) return;
  const Link only = inner.children[0];
  if (only) only.node().Share();
  Release(place);
  place = only;
}

// Unites what a slot leads to, as long as that is few, with what it was split from.
void HashTrie::Unite(Inner& inner, size_t slot) {
  for (size_t size = RunAt(inner, slot).size(); size < kFanOut; size *= 2) {
    const size_t begin = slot & ~(2 * size - 1);
    const size_t middle = begin + size, end = middle + size;
    if (!IsAlike(inner, {begin, middle}) || !IsAlike(inner, {middle, end})) return;
    std::vector<HashedNumber> entries;
    const Link halves[] = {inner.children[begin], inner.children[middle]};
    for (const Link half : halves) {
      if (!half) continue;
      entries.insert(entries.end(), half.leaf().entries().begin(), half.leaf().entries().end());
    }
    if (entries.size() > kMaxLeaf / 2) return;
    Fill(inner, {begin, end}, MakeLeaf(entries));
    for (const Link half : halves) Release(half);
  }
}

}  // namespace seatwise
