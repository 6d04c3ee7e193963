#include "engine/batch/together.h"

#include <algorithm>
#include <numeric>

#include "absl/types/span.h"
#include "engine/rules/granting.h"

namespace seatwise {

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
    order.resize(list.shapes.size());
    std::iota(order.begin(), order.end(), 0);
    const size_t first = first_word[outcome];
    granting.Load(list, order,
                  absl::MakeSpan(granted).subspan(first, first_word[outcome + 1] - first));
    for (size_t turn = 0; turn < order.size(); ++turn) granting.Offer(turn);
  }
}

}  // namespace seatwise
