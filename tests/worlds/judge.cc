#include "tests/worlds/judge.h"

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "engine/model/derived.h"
#include "tests/worlds/describe.h"
#include "tests/worlds/diff.h"
#include "tests/worlds/disguise.h"
#include "tests/worlds/invariants.h"
#include "tests/worlds/shrink.h"

namespace seatwise::worlds {
namespace {

// How the first of these engines to differ from `want` does; "" if none does.
std::string FindDifference(absl::Span<const Engine> engines, const Facts& facts,
                           const Derived& want, absl::string_view where) {
  for (const Engine& engine : engines) {
    const Derived got = engine.derive(facts);
    if (got == want) continue;
    return absl::StrCat(engine.name, where, " differs\n", DiffDerived(want, got));
  }
  return "";
}

}  // namespace

std::string FindFault(absl::Span<const Engine> engines, const Facts& facts) {
  SEATWISE_CHECK(!engines.empty());
  const Derived want = engines.front().derive(facts);
  const std::string broken = FindBrokenInvariant(facts, want);
  if (!broken.empty()) return absl::StrCat(engines.front().name, " breaks ", broken, "\n");
  return FindDifference(engines.subspan(1), facts, want, "");
}

std::string FindFaultInDisguise(absl::Span<const Engine> engines, const Facts& facts,
                                uint64_t seed) {
  std::string fault = FindFault(engines, facts);
  if (!fault.empty()) return fault;
  const Derived want = engines.front().derive(facts);
  const Facts disguised = Disguise(facts, seed);
  constexpr absl::string_view kWhere = " on the tenant in disguise";
  fault = FindDifference(engines.first(1), disguised, want, kWhere);
  if (!fault.empty()) return fault;
  return FindDifference(engines.last(1), disguised, want, kWhere);
}

std::string Explain(const Facts& facts, const std::function<std::string(const Facts&)>& find) {
  const Facts small = Shrink(facts, [&](const Facts& f) { return !find(f).empty(); });
  return absl::StrCat(find(facts), "The smallest tenant like that:\n", Describe(small),
                      "Its fault: ", find(small));
}

}  // namespace seatwise::worlds
