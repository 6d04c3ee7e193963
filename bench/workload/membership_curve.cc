// The quantile function is a chain of straight lines between the points of the table; its mean, and
// with it the scale, follow in integers.
#include "bench/workload/membership_curve.h"

#include <algorithm>
#include <iterator>

namespace seatwise::workload {

namespace {

// Of a million users, those before `rank` have less than `thousandths` of the mean. Taken from
// 0.8 * exp(0.668 * z), z being the standard normal quantile.
struct Quantile {
  uint32_t rank;
  uint32_t thousandths;
};

constexpr Quantile kQuantiles[] = {
    {0, 100},         {10'000, 169},    {50'000, 267},     {100'000, 340},      {250'000, 510},
    {400'000, 676},   {500'000, 800},   {600'000, 948},    {750'000, 1'255},    {850'000, 1'599},
    {900'000, 1'883}, {950'000, 2'400}, {975'000, 2'963},  {990'000, 3'784},    {997'000, 5'015},
    {999'000, 6'304}, {999'900, 9'590}, {999'990, 13'800}, {1'000'000, 20'000},
};

// The sum over a million users, in thousandths of the mean.
constexpr uint64_t TableSum() {
  uint64_t twice = 0;
  for (size_t i = 1; i < std::size(kQuantiles); ++i) {
    const uint64_t width = kQuantiles[i].rank - kQuantiles[i - 1].rank;
    twice += width * (kQuantiles[i].thousandths + kQuantiles[i - 1].thousandths);
  }
  return twice / 2;
}

uint32_t ThousandthsAt(uint32_t rank) {
  const Quantile* upper = kQuantiles + 1;
  while (upper->rank <= rank) ++upper;
  const Quantile& lower = *(upper - 1);
  const uint64_t rise = upper->thousandths - lower.thousandths;
  return lower.thousandths + rise * (rank - lower.rank) / (upper->rank - lower.rank);
}

}  // namespace

MembershipCurve::MembershipCurve(uint64_t total, uint64_t users, uint32_t most)
    : scale_(((total << 16) / users << 16) / (TableSum() / 1'000'000)), most_(most) {}

uint32_t MembershipCurve::Pick(Random& random) const {
  const uint64_t exact = ThousandthsAt(random.Below(1'000'000)) * scale_;
  // Rounded up as often as the fraction says, so that no membership is lost on the way.
  const uint64_t rounded = (exact + (random.Next() >> 32)) >> 32;
  return static_cast<uint32_t>(std::clamp<uint64_t>(rounded, 1, most_));
}

}  // namespace seatwise::workload
