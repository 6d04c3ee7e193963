#include "engine/incremental/hash_trie.h"

#include <algorithm>
#include <memory>
#include <new>
#include <vector>

namespace seatwise {

HashTrie HashTrie::BuildSorted(absl::Span<const HashedNumber> entries) {
  HashTrie trie;
  trie.root_ = Build(entries, 0);
  trie.size_ = static_cast<uint32_t>(entries.size());
  return trie;
}

HashTrie::Link HashTrie::Build(absl::Span<const HashedNumber> entries, int level) {
  if (entries.empty()) return Link();
  if (entries.size() <= kMaxLeaf || level == kLevels) return MakeLeaf(entries);
  auto inner = std::make_unique<Inner>();
  BuildSlots(*inner, {0, kFanOut}, entries, level);
  return Link(inner.release());
}

void HashTrie::BuildSlots(Inner& inner, Run run, absl::Span<const HashedNumber> entries,
                          int level) {
  // Leaves have some room, so that the first insertions do not split all of them.
  constexpr size_t kFew = kMaxLeaf - kMaxLeaf / 8;
  if (run.size() == 1) {
    inner.children[run.begin] = Build(entries, level + 1);
  } else if (entries.size() <= kFew) {
    Fill(inner, run, entries.empty() ? Link() : MakeLeaf(entries));
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

HashTrie::Link HashTrie::MakeLeaf(absl::Span<const HashedNumber> entries) {
  void* memory = ::operator new(sizeof(Leaf) + entries.size() * sizeof(HashedNumber));
  Leaf* leaf = new (memory) Leaf;
  leaf->count = static_cast<uint32_t>(entries.size());
  std::uninitialized_copy(entries.begin(), entries.end(),
                          reinterpret_cast<HashedNumber*>(leaf + 1));
  return Link(leaf);
}

HashTrie::Link HashTrie::With(const Leaf& leaf, const HashedNumber& entry) {
  std::vector<HashedNumber> entries(leaf.entries().begin(), leaf.entries().end());
  entries.insert(std::lower_bound(entries.begin(), entries.end(), entry), entry);
  return MakeLeaf(entries);
}

HashTrie::Link HashTrie::Without(const Leaf& leaf, const HashedNumber& entry) {
  std::vector<HashedNumber> entries(leaf.entries().begin(), leaf.entries().end());
  entries.erase(std::lower_bound(entries.begin(), entries.end(), entry));
  return entries.empty() ? Link() : MakeLeaf(entries);
}

void HashTrie::Share(Link link) {
  if (!link) return;
  link.is_leaf() ? link.leaf().Share() : link.inner().Share();
}

// Recursion as deep as the trie is.
void HashTrie::Release(Link link) {
  if (!link) return;
  if (link.is_leaf()) {
    if (link.leaf().Drop()) ::operator delete(const_cast<Leaf*>(&link.leaf()));
    return;
  }
  const Inner& inner = link.inner();
  if (!inner.Drop()) return;
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
      if (child)
        PrefetchLineToWrite(child.is_leaf() ? static_cast<const void*>(&child.leaf())
                                            : static_cast<const void*>(&child.inner()));
    }
    for (size_t slot = 0; slot < kFanOut; slot = RunAt(inner, slot).end) {
      Share(inner.children[slot]);
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

void HashTrie::Fill(Inner& inner, Run run, Link link) {
  std::fill(inner.children.begin() + static_cast<std::ptrdiff_t>(run.begin),
            inner.children.begin() + static_cast<std::ptrdiff_t>(run.end), link);
}

// Gives the halves of a run of several slots a leaf each.
void HashTrie::Split(Inner& inner, Run run, int level) {
  const Link whole = inner.children[run.begin];
  const size_t middle = run.begin + run.size() / 2;
  Fill(inner, run, Link());
  for (const Run half : {Run{run.begin, middle}, Run{middle, run.end}}) {
    std::vector<HashedNumber> entries;
    for (const HashedNumber& entry : whole.leaf().entries()) {
      const size_t slot = SlotOf(entry.hash, level);
      if (slot >= half.begin && slot < half.end) entries.push_back(entry);
    }
    if (!entries.empty()) Fill(inner, half, MakeLeaf(entries));
  }
  Release(whole);
}

bool HashTrie::Insert(const HashedNumber& entry) {
  bool is_there = false;
  ForEachOf(entry.hash, [&](uint32_t number) {
    is_there = number == entry.number;
    return !is_there;
  });
  if (is_there) return false;
  InsertBelow(root_, entry, 0);
  ++size_;
  return true;
}

// `place` is the only slot of its node; the entry is not there.
void HashTrie::InsertBelow(Link& place, const HashedNumber& entry, int level) {
  if (!place) {
    place = MakeLeaf({&entry, 1});
    return;
  }
  if (place.is_leaf()) {
    if (place.leaf().count < kMaxLeaf || level == kLevels) {
      const Link leaf = With(place.leaf(), entry);
      Release(place);
      place = leaf;
      return;
    }
    auto inner = std::make_unique<Inner>();
    Fill(*inner, {0, kFanOut}, place);
    place = Link(inner.release());
  }
  Inner& inner = Own(place);
  const size_t slot = SlotOf(entry.hash, level);
  const auto is_full = [&] {
    const Link child = inner.children[slot];
    return child && child.is_leaf() && child.leaf().count >= kMaxLeaf;
  };
  while (is_full() && RunAt(inner, slot).size() > 1) Split(inner, RunAt(inner, slot), level);
  const Run run = RunAt(inner, slot);
  if (run.size() == 1) {
    InsertBelow(inner.children[slot], entry, level + 1);
    return;
  }
  const Link before = inner.children[slot];
  Fill(inner, run, With(before.leaf(), entry));
  Release(before);
}

bool HashTrie::Erase(const HashedNumber& entry) {
  bool is_there = false;
  ForEachOf(entry.hash, [&](uint32_t number) {
    is_there = number == entry.number;
    return !is_there;
  });
  if (!is_there) return false;
  EraseBelow(root_, entry, 0);
  --size_;
  return true;
}

// The entry is there.
void HashTrie::EraseBelow(Link& place, const HashedNumber& entry, int level) {
  if (place.is_leaf()) {
    const Link leaf = Without(place.leaf(), entry);
    Release(place);
    place = leaf;
    return;
  }
  Inner& inner = Own(place);
  const size_t slot = SlotOf(entry.hash, level);
  const Run run = RunAt(inner, slot);
  Link child = inner.children[slot];
  EraseBelow(child, entry, level + 1);
  Fill(inner, run, child);
  Unite(inner, slot);
  const Link first = inner.children[0];
  const bool is_one = std::all_of(inner.children.begin(), inner.children.end(),
                                  [&](Link link) { return link == first; });
  if (!is_one || (first && !first.is_leaf())) return;
  Share(first);
  Release(place);
  place = first;
}

// Unites the leaf of a slot, as long as it is small, with that of the slots which it was split
// from.
void HashTrie::Unite(Inner& inner, size_t slot) {
  Run run = RunAt(inner, slot);
  while (run.size() < kFanOut) {
    const size_t size = run.size();
    const size_t beside = run.begin ^ size;
    const Link a = inner.children[std::min(run.begin, beside)];
    const Link b = inner.children[std::max(run.begin, beside)];
    const auto is_run = [&](size_t begin, Link link) {
      for (size_t i = begin; i < begin + size; ++i) {
        if (inner.children[i] != link) return false;
      }
      return !link || link.is_leaf();
    };
    if (!is_run(std::min(run.begin, beside), a) || !is_run(std::max(run.begin, beside), b)) return;
    std::vector<HashedNumber> entries;
    for (const Link link : {a, b}) {
      if (!link) continue;
      entries.insert(entries.end(), link.leaf().entries().begin(), link.leaf().entries().end());
    }
    if (entries.size() > kMaxLeaf / 2) return;
    const size_t begin = std::min(run.begin, beside);
    run = {begin, begin + 2 * size};
    Fill(inner, run, entries.empty() ? Link() : MakeLeaf(entries));
    Release(a);
    Release(b);
  }
}

}  // namespace seatwise
