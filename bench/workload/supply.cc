#include "bench/workload/supply.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "bench/workload/random.h"

namespace seatwise::workload {

namespace {

// SKUs that somebody asks for, the least wanted first, equal ones by number.
std::vector<uint32_t> WantedByDemand(const std::vector<uint32_t>& holders) {
  std::vector<uint32_t> skus;
  for (uint32_t sku = 0; sku < holders.size(); ++sku) {
    if (holders[sku] > 0) skus.push_back(sku);
  }
  std::sort(skus.begin(), skus.end(), [&holders](uint32_t left, uint32_t right) {
    return holders[left] != holders[right] ? holders[left] < holders[right] : left < right;
  });
  return skus;
}

// Starts with the least wanted `count` SKUs and, from the most wanted of these down, puts a more
// wanted one in its place as long as the sum stays within the limit.
class Chooser {
 public:
  Chooser(const std::vector<uint32_t>& holders, uint64_t limit, size_t count)
      : holders_(holders), limit_(limit), skus_(WantedByDemand(holders)) {
    places_.resize(std::min(count, skus_.size()));
    std::iota(places_.begin(), places_.end(), size_t{0});
    for (size_t place : places_) sum_ += holders_[skus_[place]];
  }

  std::vector<bool> Choose() {
    // All of them move up together first: a window of neighbours keeps their demands alike.
    while (!places_.empty() && MoveWindow()) {
    }
    for (size_t i = places_.size(); i-- > 0;) {
      while (MoveUp(i)) {
      }
    }
    std::vector<bool> chosen(holders_.size());
    for (size_t place : places_) chosen[skus_[place]] = true;
    return chosen;
  }

 private:
  bool MoveWindow() {
    const size_t after = places_.back() + 1;
    if (after == skus_.size()) return false;
    const uint64_t sum = sum_ + holders_[skus_[after]] - holders_[skus_[places_.front()]];
    if (sum > limit_) return false;
    sum_ = sum;
    for (size_t& place : places_) ++place;
    return true;
  }

  bool MoveUp(size_t i) {
    const size_t to = places_[i] + 1;
    const size_t end = i + 1 < places_.size() ? places_[i + 1] : skus_.size();
    if (to >= end) return false;
    const uint64_t sum = sum_ + holders_[skus_[to]] - holders_[skus_[places_[i]]];
    if (sum > limit_) return false;
    sum_ = sum;
    places_[i] = to;
    return true;
  }

  const std::vector<uint32_t>& holders_;
  const uint64_t limit_;
  const std::vector<uint32_t> skus_;
  std::vector<size_t> places_;  // In skus_, ascending.
  uint64_t sum_ = 0;
};

int64_t PickCapacity(uint32_t holders, bool scarce, Random& random) {
  if (scarce) return uint64_t{holders} * random.Between(50, 90) / 100;
  return uint64_t{holders} * random.Between(102, 140) / 100 + 5;
}

// Adds subscriptions of one SKU after the other.
class Buyer {
 public:
  Buyer(uint64_t seed, Catalog& catalog) : catalog_(catalog), random_(seed, Stream::kSupply, 0) {}

  std::vector<Subscription> Take();
  void Buy(uint32_t sku, uint32_t holders, bool scarce);
  // Units that were suspended, enough for all (S4).
  void BuySuspended(uint32_t sku, uint32_t holders) {
    Add(sku, PickCapacity(holders, false, random_), SubscriptionStatus::kSuspended);
  }

 private:
  void Add(uint32_t sku, int64_t units, SubscriptionStatus status, bool self_service = false) {
    subscriptions_.push_back({sku, units, status, self_service});
  }
  void BuyUsable(uint32_t sku, int64_t units);
  void AddUnitsThatDoNotCount(uint32_t sku);

  Catalog& catalog_;
  Random random_;
  std::vector<Subscription> subscriptions_;
};

void Buyer::Buy(uint32_t sku, uint32_t holders, bool scarce) {
  int64_t capacity = PickCapacity(holders, scarce, random_);
  if (sku == 1 && !scarce) {
    catalog_.skus[sku].overage = kUnlimited;
  } else if (capacity >= 20 && random_.Chance(150'000)) {
    catalog_.skus[sku].overage = capacity / 20;
    capacity -= capacity / 20;
  }
  BuyUsable(sku, capacity);
  // Where nothing is usable, parked units would count (S3).
  if (capacity > 0) AddUnitsThatDoNotCount(sku);
}

// In up to three subscriptions, the second in grace half of the time.
void Buyer::BuyUsable(uint32_t sku, int64_t units) {
  const uint32_t parts = units >= 10 ? random_.Between(1, 3) : 1;
  for (uint32_t part = 0; part < parts; ++part) {
    const int64_t share = part + 1 == parts ? units : units / 2;
    const bool grace = part == 1 && random_.Chance(500'000);
    Add(sku, share, grace ? SubscriptionStatus::kWarning : SubscriptionStatus::kEnabled);
    units -= share;
  }
}

void Buyer::AddUnitsThatDoNotCount(uint32_t sku) {
  const int64_t units = random_.Between(1, 1000);
  const uint32_t dice = random_.Below(100);
  if (dice < 5) Add(sku, units, SubscriptionStatus::kSuspended);
  if (5 <= dice && dice < 10) Add(sku, units, SubscriptionStatus::kLockedOut);
  if (10 <= dice && dice < 20) Add(sku, units, SubscriptionStatus::kDeleted);
  if (20 <= dice && dice < 25) Add(sku, units, SubscriptionStatus::kEnabled, true);
}

std::vector<Subscription> Buyer::Take() {
  for (size_t i = subscriptions_.size(); i > 1; --i) {
    std::swap(subscriptions_[i - 1], subscriptions_[random_.Below(static_cast<uint32_t>(i))]);
  }
  return std::move(subscriptions_);
}

// The least wanted SKU that is not scarce, if the tenant has SKUs enough; else none.
uint32_t ChooseOff(const std::vector<uint32_t>& holders, const std::vector<bool>& scarce) {
  if (holders.size() >= 20) {
    for (uint32_t sku : WantedByDemand(holders)) {
      if (!scarce[sku] && sku > 1) return sku;
    }
  }
  return static_cast<uint32_t>(holders.size());
}

}  // namespace

std::vector<bool> ChooseScarce(const std::vector<uint32_t>& holders, uint32_t users, double share) {
  const auto count = static_cast<size_t>(std::llround(share * static_cast<double>(holders.size())));
  return Chooser(holders, uint64_t{users} * 11 / 100, count).Choose();
}

std::vector<Subscription> MakeSubscriptions(uint64_t seed, const std::vector<uint32_t>& holders,
                                            const std::vector<bool>& scarce, Catalog& catalog) {
  const uint32_t off = ChooseOff(holders, scarce);
  Buyer buyer(seed, catalog);
  for (uint32_t sku = 0; sku < holders.size(); ++sku) {
    if (sku == off) {
      buyer.BuySuspended(sku, holders[sku]);
    } else {
      buyer.Buy(sku, holders[sku], scarce[sku]);
    }
  }
  return buyer.Take();
}

}  // namespace seatwise::workload
