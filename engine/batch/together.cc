#include "engine/batch/together.h"

#include <algorithm>
#include <numeric>

#include "absl/types/span.h"
#include "engine/rules/granting.h"

namespace seatwise {
namespace {

// Claims that need no others pass at any turn, as nothing in the class conflicts (triage.cc):
// grants them. Answers whether there are claims of which that is not true.
bool GrantWhatNeedsNothing(const ShapeTable& shapes, const TraitTable& traits,
                           const ClaimList& list, GrantBits granted) {
  bool any_needs = false;
  for (size_t claim = 0; claim < list.shapes.size(); ++claim) {
    const ShapeNo shape = list.shapes[claim];
    if (shapes[shape].needs_others) {
      any_needs = true;
    } else if (!NeverPasses(shapes, traits, shape, list.traits)) {
      MarkGranted(granted, claim);
    }
  }
  return any_needs;
}

}  // namespace

Together::Together(const ShapeTable& shapes, const TraitTable& traits, const Classes& classes,
                   const Triage& triage)
    : licenses(shapes, classes.size()), shapes_(shapes), traits_(traits), classes_(classes) {
  const auto size = static_cast<size_t>(
      std::count(triage.handling.begin(), triage.handling.end(), Handling::kTogether));
  class_of.reserve(size);
  first_word.reserve(size + 1);
  first_word.push_back(0);
  for (ClassNo number = 0; number < classes.size(); ++number) {
    if (triage.handling[number] != Handling::kTogether) continue;
    class_of.push_back(number);
    first_word.push_back(first_word.back() + GrantWords(classes.List(number).shapes.size()));
  }
  granted.resize(first_word.back());
  licenses.Resize(licenses.PartsOf(size));
}

void Together::Answer(int part) {
  const size_t begin = static_cast<size_t>(part) * licenses.part_size();
  const size_t end = std::min(begin + licenses.part_size(), class_of.size());
  Grant(begin, end);
  if (end - begin < licenses.part_size()) return;
  licenses.Make(begin, end, [&](size_t outcome) {
    return LicenseParts::Source{.claims = classes_.List(class_of[outcome]).shapes,
                                .granted = ListAt(first_word, granted, outcome)};
  });
}

void Together::Grant(size_t begin, size_t end) {
  EndlessSeats seats;
  Granting<ShapeTable, EndlessSeats> granting(shapes_, traits_, seats);
  std::vector<uint32_t> order;
  for (size_t outcome = begin; outcome < end; ++outcome) {
    const ClaimList list = classes_.List(class_of[outcome]);
    const size_t first = first_word[outcome];
    const GrantBits bits = absl::MakeSpan(granted).subspan(first, first_word[outcome + 1] - first);
    if (!GrantWhatNeedsNothing(shapes_, traits_, list, bits)) continue;
    order.resize(list.shapes.size());
    std::iota(order.begin(), order.end(), 0);
    granting.Load(list, order, bits);
    for (uint32_t claim : order) {
      if (!IsGranted(bits, claim)) granting.Offer(claim);
    }
  }
}

}  // namespace seatwise
