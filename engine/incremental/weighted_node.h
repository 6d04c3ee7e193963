// Nodes of a tree that versions share, counted so that to copy a node is not to write to each
// child.
//
// A reference has a weight, and a node knows the sum of the weights of all references to it:
// weighted reference counting (Bevan 1987; Watson and Watson 1987). To share a reference is to give
// half of its weight away, of which the node that it leads to need not know. All references of one
// node to its children weigh the same, so one number halves them all. Where a child was counted up
// for each copy of its parent, which lies anywhere in memory and was waited for, that is now so for
// one copy of 32.
//
//   parent (each 2^32) -> child (2^32)       copied:  parent (each 2^31) -> child (still 2^32)
//                                                     copy   (each 2^31) /
#pragma once

#include <atomic>
#include <cstdint>

namespace seatwise {

// Born with one reference that weighs kWhole.
class WeightedNode {
 public:
  static constexpr uint32_t kWholeLog = 32;
  // Of a reference that nobody has halved. There can be 2^32 of these.
  static constexpr uint64_t kWhole = uint64_t{1} << kWholeLog;

  WeightedNode() = default;
  WeightedNode(const WeightedNode&) {}
  WeightedNode& operator=(const WeightedNode&) = delete;

  // What the only reference weighs. Before others see the node.
  void SetWeight(uint64_t weight) { weight_.store(weight, std::memory_order_relaxed); }
  // There are references that weigh this more.
  void Share(uint64_t weight) const { weight_.fetch_add(weight, std::memory_order_relaxed); }
  // A reference is gone. True if it was the last: then the node has to be destroyed.
  bool Drop(uint64_t weight) const {
    // The last holder need not write, and a drop sees all that others did before theirs.
    return IsUnique(weight) || weight_.fetch_sub(weight, std::memory_order_acq_rel) == weight;
  }
  // Whether a reference of this weight is the only one: then nobody else can get one.
  bool IsUnique(uint64_t weight) const { return weight_.load(std::memory_order_acquire) == weight; }

 private:
  mutable std::atomic<uint64_t> weight_{kWhole};
};

// A node with references to children, which weigh a power of two each.
class WeightedParent : public WeightedNode {
 public:
  WeightedParent() = default;
  WeightedParent(const WeightedParent& other) : WeightedNode(other) {}
  WeightedParent& operator=(const WeightedParent&) = delete;

  // What the reference to each child weighs.
  uint64_t each() const { return uint64_t{1} << log_.load(std::memory_order_relaxed); }

  // Gives the halves of all references to children to `copy`, which nobody else sees yet. False,
  // and no change, if they are too light for that: then each child has to be shared by kWhole. Any
  // thread that has a reference to this node.
  bool Halve(WeightedParent& copy) const {
    uint32_t log = log_.load(std::memory_order_relaxed);
    do {
      if (log == 0) return false;
    } while (!log_.compare_exchange_weak(log, log - 1, std::memory_order_relaxed));
    copy.log_.store(log - 1, std::memory_order_relaxed);
    return true;
  }
  // The reverse: takes over the references to children of `gone`, which nobody else has and which
  // has the same children. False, and no change, if they do not weigh what those of this node do.
  // Any thread that has a reference to this node.
  bool Unite(const WeightedParent& gone) const {
    uint32_t log = gone.log_.load(std::memory_order_relaxed);
    return log < kWholeLog && log_.compare_exchange_strong(log, log + 1, std::memory_order_relaxed);
  }

 private:
  mutable std::atomic<uint32_t> log_{kWholeLog};  // Of each(), to the base of two.
};

}  // namespace seatwise
