// Which claims of one user lack plans of other claims, and which no longer do once a plan is
// enabled (K5, G2), without looking at a claim again and again.
//
// Each set of which some plan is needed is met at most once, so that all healing of a user together
// takes as many steps as its needs have plans, whatever the order of turns. Asking instead each
// claim after each grant takes n * n steps for a chain of n claims:
//
//   turn   plans   needs          index by plan
//   0      C       B              A -> 1
//   1      B       A              B -> 0        A enabled: turn 1 lacks nothing;
//   2      A                                    B enabled: turn 0 lacks nothing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "engine/model/catalog.h"
#include "engine/model/plan_bits.h"
#include "engine/rules/shape.h"

namespace seatwise {

// Of one user at a time. One thread.
class Healing {
 public:
  // Turns to a user for whom nothing is enabled: order[turn] is a position in `claims`, each once.
  template <Shapes Collection>
  void Load(const Collection& shapes, absl::Span<const ShapeNo> claims,
            absl::Span<const uint32_t> order);

  // Whether the claim of this turn fails K5.
  bool Lacks(size_t turn) const { return unmet_[turn] != 0; }

  // A bond is enabled, each once. Calls heal(turn) for each turn whose claim thereby lacks nothing
  // any more.
  template <typename Heal>
  void Enable(uint32_t bond, Heal heal);

 private:
  static constexpr uint32_t kMet = 0xffffffff;
  // What would meet a need.
  struct Cure {
    uint32_t bond = 0;
    uint32_t need = 0;

    friend auto operator<=>(const Cure&, const Cure&) = default;
  };

  std::vector<Cure> cures_;             // Ascending.
  std::vector<uint32_t> turn_of_need_;  // kMet once it is met.
  std::vector<uint32_t> unmet_;         // By turn: the needs of its claim that are not met.
};

template <Shapes Collection>
void Healing::Load(const Collection& shapes, absl::Span<const ShapeNo> claims,
                   absl::Span<const uint32_t> order) {
  cures_.clear();
  turn_of_need_.clear();
  unmet_.clear();
  for (uint32_t turn = 0; turn < order.size(); ++turn) {
    const ShapeNo shape = claims[order[turn]];
    unmet_.push_back(shapes.need_count(shape));
    for (uint32_t number = 0; number < unmet_.back(); ++number) {
      const uint32_t need = static_cast<uint32_t>(turn_of_need_.size());
      turn_of_need_.push_back(turn);
      ForEachPlan(shapes.need(shape, number),
                  [&](uint32_t bond) { cures_.push_back({bond, need}); });
    }
  }
  std::sort(cures_.begin(), cures_.end());
}

template <typename Heal>
void Healing::Enable(uint32_t bond, Heal heal) {
  for (auto cure = std::lower_bound(cures_.begin(), cures_.end(), Cure{bond, 0});
       cure != cures_.end() && cure->bond == bond; ++cure) {
    uint32_t& turn = turn_of_need_[cure->need];
    if (turn == kMet) continue;
    if (--unmet_[turn] == 0) heal(turn);
    turn = kMet;
  }
}

}  // namespace seatwise
