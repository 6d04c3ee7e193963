// Tarjan's strongly connected components ("Depth-first search and linear graph algorithms", 1972)
// with a stack of its own. A node's `low` is the smallest entry time that it is known to reach; a
// node that reaches nothing earlier than itself closes a component, which then lies on `open` from
// that node on.
#include "engine/model/cycles.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace seatwise {
namespace {

class CycleFinder {
 public:
  CycleFinder(absl::Span<const uint32_t> first, absl::Span<const uint32_t> targets)
      : first_(first), targets_(targets), next_(first.begin(), first.end() - 1) {
    entered_.resize(next_.size());
    low_.resize(next_.size());
  }

  std::vector<std::vector<uint32_t>> Run() && {
    for (uint32_t node = 0; node < next_.size(); ++node) {
      if (entered_[node] == 0) VisitFrom(node);
    }
    std::sort(cycles_.begin(), cycles_.end());
    return std::move(cycles_);
  }

 private:
  static constexpr uint32_t kClosed = 0xffffffff;

  void Enter(uint32_t node) {
    entered_[node] = low_[node] = ++clock_;
    path_.push_back(node);
    open_.push_back(node);
  }

  void VisitFrom(uint32_t start) {
    Enter(start);
    while (!path_.empty()) {
      const uint32_t node = path_.back();
      if (next_[node] == first_[node + 1]) {
        Leave(node);
        continue;
      }
      const uint32_t target = targets_[next_[node]++];
      if (entered_[target] == 0) {
        Enter(target);
      } else if (low_[target] != kClosed) {
        low_[node] = std::min(low_[node], entered_[target]);
      }
    }
  }

  void Leave(uint32_t node) {
    path_.pop_back();
    const uint32_t low = low_[node];
    if (low == entered_[node]) Close(node);
    if (!path_.empty()) low_[path_.back()] = std::min(low_[path_.back()], low);
  }

  void Close(uint32_t node) {
    std::vector<uint32_t> component;
    do {
      component.push_back(open_.back());
      low_[open_.back()] = kClosed;
      open_.pop_back();
    } while (component.back() != node);
    if (component.size() == 1 && !PointsToItself(node)) return;
    std::sort(component.begin(), component.end());
    cycles_.push_back(std::move(component));
  }

  bool PointsToItself(uint32_t node) const {
    return std::count(targets_.begin() + first_[node], targets_.begin() + first_[node + 1], node) >
           0;
  }

  absl::Span<const uint32_t> first_;
  absl::Span<const uint32_t> targets_;
  std::vector<uint32_t> next_;     // By node: the next target to look at.
  std::vector<uint32_t> entered_;  // By node: its time of entry; 0: not yet.
  std::vector<uint32_t> low_;      // By node; kClosed: its component is closed.
  std::vector<uint32_t> path_;     // From the start to where we are.
  std::vector<uint32_t> open_;     // Entered, component not closed; by time of entry.
  uint32_t clock_ = 0;
  std::vector<std::vector<uint32_t>> cycles_;
};

}  // namespace

std::vector<std::vector<uint32_t>> FindCycles(absl::Span<const uint32_t> first,
                                              absl::Span<const uint32_t> targets) {
  return CycleFinder(first, targets).Run();
}

}  // namespace seatwise
