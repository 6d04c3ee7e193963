// How the counts of SKUs and groups change when a user goes from one outcome to another.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "engine/incremental/outcome.h"
#include "engine/rules/granting.h"
#include "engine/rules/shape.h"

namespace seatwise {

// A group of which the user is a licensed member; `has_error` says whether a claim from it is
// rejected (section 7).
struct CountedGroup {
  uint32_t group = 0;
  bool has_error = false;
};

// Calls visit(CountedGroup) for each licensed group of the user, in the order of the claims.
template <typename Visit>
void ForEachGroupOf(const Outcome& outcome, Visit visit) {
  for (size_t begin = 0, end = 0; begin < outcome.claims.size(); begin = end) {
    const uint32_t group = outcome.claims[begin]->head.group;
    bool has_error = false;
    for (; end < outcome.claims.size() && outcome.claims[end]->head.group == group; ++end) {
      has_error = has_error || !IsGranted(outcome.granted, end);
    }
    if (group != Shape::kDirect) visit(CountedGroup{group, has_error});
  }
}

// Calls visit(x, y) for what two lists have in common and for the rest of each, with nullptr for
// the other. Lists that differ in one place are told apart there; where they differ in more, what
// they have in common may be visited as the rest of each, which adds up to the same.
template <typename List, typename Same, typename Visit>
void ForEachPair(const List& before, const List& after, Same same, Visit visit) {
  size_t i = 0, j = 0;
  while (i < before.size() && j < after.size()) {
    if (same(before[i], after[j])) {
      visit(&before[i++], &after[j++]);
    } else if (j + 1 < after.size() && same(before[i], after[j + 1])) {
      visit(nullptr, &after[j++]);
    } else {
      visit(&before[i++], nullptr);
    }
  }
  while (i < before.size()) visit(&before[i++], nullptr);
  while (j < after.size()) visit(nullptr, &after[j++]);
}

// Calls on_sku(sku, demand, consumed) and on_group(group, members, with_errors) with what a user
// adds to these counts by going from one outcome to another; without calls where that is nothing,
// so that most SKUs of the user stay as they are. nullptr is a user without claims.
template <typename OnSku, typename OnGroup>
void ForEachCountChange(const Outcome* before, const Outcome* after, OnSku on_sku,
                        OnGroup on_group) {
  static const Outcome& none = *new Outcome;
  if (before == nullptr) before = &none;
  if (after == nullptr) after = &none;
  ForEachPair(
      before->licenses, after->licenses,
      [](const LiveOutcomeLicense& x, const LiveOutcomeLicense& y) { return x.sku == y.sku; },
      [&](const LiveOutcomeLicense* x, const LiveOutcomeLicense* y) {
        const LiveOutcomeLicense nothing;
        const LiveOutcomeLicense& was = x != nullptr ? *x : nothing;
        const LiveOutcomeLicense& is = y != nullptr ? *y : nothing;
        const int demand = int{is.may_pass} - int{was.may_pass};
        const int consumed = int{is.held} - int{was.held};
        if (demand != 0 || consumed != 0) on_sku((y != nullptr ? is : was).sku, demand, consumed);
      });
  absl::InlinedVector<CountedGroup, 16> were, are;
  ForEachGroupOf(*before, [&](CountedGroup group) { were.push_back(group); });
  ForEachGroupOf(*after, [&](CountedGroup group) { are.push_back(group); });
  ForEachPair(
      were, are, [](const CountedGroup& x, const CountedGroup& y) { return x.group == y.group; },
      [&](const CountedGroup* x, const CountedGroup* y) {
        const int members = int{y != nullptr} - int{x != nullptr};
        const int errors = int{y != nullptr && y->has_error} - int{x != nullptr && x->has_error};
        if (members != 0 || errors != 0) on_group((y != nullptr ? y : x)->group, members, errors);
      });
}

}  // namespace seatwise
