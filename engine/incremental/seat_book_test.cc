#include "engine/incremental/seat_book.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace seatwise {
namespace {

constexpr uint32_t kUsers = 12;
constexpr SkuNo kSkus = 3;

// A claim that passes if its user holds or gets a seat of each SKU, and if the user was granted
// claim number `needs` (a requirement; -1 for none).
struct TestClaim {
  QueuePlace place;
  std::vector<SkuNo> skus;
  int needs = -1;
};
using TestUser = std::vector<TestClaim>;  // In the order of the places.

// One user's claims while they have their turns (G2).
struct Turns {
  const TestUser& claims;
  std::vector<char> granted = std::vector<char>(claims.size());
  std::map<SkuNo, QueuePlace> takes = {};

  // `has_seat(sku)` is asked for seats that are not held; `denied(sku)` is told.
  template <typename HasSeat, typename Denied>
  bool Try(size_t claim, const QueuePlace& at, HasSeat has_seat, Denied denied) {
    const int needs = claims[claim].needs;
    if (granted[claim] != 0 || (needs >= 0 && granted[static_cast<size_t>(needs)] == 0)) {
      return false;
    }
    for (SkuNo sku : claims[claim].skus) {
      if (takes.contains(sku) || has_seat(sku)) continue;
      denied(sku);
      return false;
    }
    for (SkuNo sku : claims[claim].skus) takes.emplace(sku, at);
    granted[claim] = 1;
    return true;
  }

  template <typename HasSeat, typename Denied>
  void Offer(size_t turn, HasSeat has_seat, Denied denied) {
    const QueuePlace& at = claims[turn].place;
    if (!Try(turn, at, has_seat, denied)) return;
    for (size_t i = 0; i < turn;) i = Try(i, at, has_seat, denied) ? 0 : i + 1;
  }
};

std::set<SkuNo> SkusOf(const TestUser& user) {
  std::set<SkuNo> skus;
  for (const TestClaim& claim : user) skus.insert(claim.skus.begin(), claim.skus.end());
  return skus;
}

using Takes = std::map<SkuNo, std::vector<QueuePlace>>;

// Users that come, go and change while seats do; the ids of users descend with their numbers.
class World {
 public:
  explicit World(uint64_t seed) : random_(seed) {
    for (int64_t& capacity : capacities_) capacity = Draw(8);
  }

  // Changes some users and capacities and settles the queues.
  void Step() {
    SeatBook book(queues_, kSkus, capacity_of_, order_);
    std::set<uint32_t> changed;
    for (int64_t i = Draw(4); i > 0; --i) changed.insert(static_cast<uint32_t>(Draw(kUsers)));
    for (uint32_t user : changed) {
      book.Leave(entries_[user]);
      entries_[user].clear();
      for (SkuNo sku : SkusOf(users_[user])) book.AddDemand(sku, -1);
      users_[user] = RandomClaims(user);
      for (SkuNo sku : SkusOf(users_[user])) book.AddDemand(sku, 1);
    }
    for (SkuNo sku = 0; sku < kSkus; ++sku) {
      if (Draw(8) == 0) capacities_[sku] = Draw(8);
      book.Unsettle(sku);
    }
    for (uint32_t user : changed) Answer(book, user);
    const std::vector<SkuNo> started = book.StartTracking();
    for (uint32_t user = 0; user < kUsers && !started.empty(); ++user) {
      book.Leave(entries_[user]);
      entries_[user].clear();
      Answer(book, user);
    }
    repairs += *book.Settle(1000, [&](uint32_t user) { Answer(book, user); });
    queues_ = std::move(book).Finish();
  }

  Takes TrackedTakes() const {
    Takes takes;
    for (SkuNo sku = 0; sku < kSkus; ++sku) {
      if (!IsTracked(sku)) continue;
      takes[sku];
      queues_[sku]->takes.ForEach([&](const QueuePlace& place) { takes[sku].push_back(place); });
    }
    return takes;
  }

  // What one queue of all claims gives (G1, G2).
  Takes WantedTakes() const {
    std::vector<std::pair<QueuePlace, size_t>> queue;
    std::vector<Turns> turns;
    for (const TestUser& user : users_) {
      for (size_t i = 0; i < user.size(); ++i) queue.emplace_back(user[i].place, i);
      turns.push_back({user});
    }
    std::stable_sort(queue.begin(), queue.end(),
                     [&](const auto& x, const auto& y) { return order_(x.first, y.first); });
    const auto taken = [&](SkuNo sku) {
      return std::count_if(turns.begin(), turns.end(),
                           [&](const Turns& user) { return user.takes.contains(sku); });
    };
    for (const auto& [place, turn] : queue) {
      turns[place.user].Offer(
          turn, [&](SkuNo sku) { return taken(sku) < capacities_[sku]; }, [](SkuNo) {});
    }
    Takes takes;
    for (SkuNo sku = 0; sku < kSkus; ++sku) {
      if (!IsTracked(sku)) continue;
      takes[sku];
      for (const Turns& user : turns) {
        if (user.takes.contains(sku)) takes[sku].push_back(user.takes.at(sku));
      }
      std::sort(takes[sku].begin(), takes[sku].end(), order_);
    }
    return takes;
  }

  uint64_t repairs = 0;

 private:
  bool IsTracked(SkuNo sku) const {
    return sku < queues_.size() && queues_[sku] && queues_[sku]->tracked;
  }
  int64_t Draw(int64_t end) { return static_cast<int64_t>(random_() % static_cast<uint64_t>(end)); }

  TestUser RandomClaims(uint32_t user) {
    TestUser claims(static_cast<size_t>(Draw(5)));
    for (TestClaim& claim : claims) {
      claim.place = {.priority = static_cast<int32_t>(Draw(2)),
                     .user = user,
                     .since = Time{Draw(3)},
                     .joined = Time{Draw(3)}};
      for (SkuNo sku = 0; sku < kSkus; ++sku) {
        if (Draw(2) == 0) claim.skus.push_back(sku);
      }
      if (Draw(3) == 0) claim.needs = static_cast<int>(Draw(static_cast<int64_t>(claims.size())));
    }
    std::stable_sort(claims.begin(), claims.end(), [&](const TestClaim& x, const TestClaim& y) {
      return order_(x.place, y.place);
    });
    return claims;
  }

  // The user is answered for by the takes of the others.
  void Answer(SeatBook& book, uint32_t user) {
    std::vector<SeatEntry> entries;
    std::set<SkuNo> denied;
    Turns turns{users_[user]};
    for (size_t turn = 0; turn < users_[user].size(); ++turn) {
      const QueuePlace& at = users_[user][turn].place;
      turns.Offer(
          turn, [&](SkuNo sku) { return book.HasSeat(sku, at, entries_[user]); },
          [&](SkuNo sku) {
            if (!denied.insert(sku).second) return;
            entries.push_back({.sku = sku, .kind = SeatEntry::Kind::kDenied, .place = at});
          });
    }
    for (const auto& [sku, at] : turns.takes) {
      entries.push_back({.sku = sku, .kind = SeatEntry::Kind::kTake, .place = at});
    }
    book.Change(entries_[user], entries);
    entries_[user] = std::move(entries);
  }

  std::mt19937_64 random_;
  std::vector<int64_t> capacities_ = std::vector<int64_t>(kSkus);
  std::vector<TestUser> users_ = std::vector<TestUser>(kUsers);
  std::vector<std::vector<SeatEntry>> entries_ = std::vector<std::vector<SeatEntry>>(kUsers);
  SeatQueues queues_;
  const absl::string_view letters_ = "zyxwvutsrqponm";
  const std::function<absl::string_view(uint32_t)> id_of_ = [this](uint32_t user) {
    return letters_.substr(user, 1);
  };
  const std::function<int64_t(SkuNo)> capacity_of_ = [this](SkuNo sku) { return capacities_[sku]; };
  PlaceOrder order_{id_of_};
};

TEST(SeatBookTest, SettledQueuesAreWhatOneQueueOfAllClaimsGives) {
  uint64_t repairs = 0;
  size_t takes = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    World world(seed);
    for (int step = 0; step < 30; ++step) {
      world.Step();
      const Takes got = world.TrackedTakes();
      ASSERT_EQ(got, world.WantedTakes()) << "seed " << seed << ", step " << step;
      for (const auto& [sku, places] : got) takes += places.size();
    }
    repairs += world.repairs;
  }
  EXPECT_GT(takes, 10'000u);
  EXPECT_GT(repairs, 3'000u);
}

// How often a book of one SKU has to settle somebody after the capacity moved.
uint64_t RepairsFor(int64_t before, int64_t after, uint32_t users) {
  int64_t capacity = before;
  const std::function<int64_t(SkuNo)> capacity_of = [&](SkuNo) { return capacity; };
  const std::function<absl::string_view(uint32_t)> id_of = [](uint32_t) { return "same"; };
  const PlaceOrder order(id_of);
  std::vector<std::vector<SeatEntry>> entries(users);
  const auto answer = [&](SeatBook& book, uint32_t user) {
    book.Leave(entries[user]);
    const QueuePlace place{.user = user, .since = Time{user}};
    const bool has_seat = book.HasSeat(0, place);
    entries[user] = {
        {.kind = has_seat ? SeatEntry::Kind::kTake : SeatEntry::Kind::kDenied, .place = place}};
    book.Enter(entries[user]);
  };
  SeatBook first({}, 1, capacity_of, order);
  first.AddDemand(0, users);
  first.StartTracking();
  for (uint32_t user = 0; user < users; ++user) answer(first, user);
  EXPECT_EQ(first.Settle(0, [&](uint32_t user) { answer(first, user); }), 0u);
  SeatBook second(std::move(first).Finish(), 1, capacity_of, order);
  capacity = after;
  second.Unsettle(0);
  return second.Settle(1000, [&](uint32_t user) { answer(second, user); }).value();
}

TEST(SeatBookTest, AsManyUsersAreSettledAsSeatsMove) {
  EXPECT_EQ(RepairsFor(50, 50, 100), 0u);
  EXPECT_EQ(RepairsFor(50, 51, 100), 1u);
  EXPECT_EQ(RepairsFor(50, 43, 100), 7u);
  EXPECT_EQ(RepairsFor(50, 0, 100), 50u);
  EXPECT_EQ(RepairsFor(0, 100, 100), 100u);
}

TEST(SeatBookTest, SettlingIsGivenUpWhereItWouldTakeTooLong) {
  int64_t capacity = 0;
  const std::function<int64_t(SkuNo)> capacity_of = [&](SkuNo) { return capacity; };
  const std::function<absl::string_view(uint32_t)> id_of = [](uint32_t) { return "same"; };
  SeatBook book({}, 1, capacity_of, PlaceOrder(id_of));
  book.AddDemand(0, 1);
  book.StartTracking();
  const SeatEntry take{.kind = SeatEntry::Kind::kTake};
  book.Enter({take});
  EXPECT_EQ(book.Settle(0, [&](uint32_t) { book.Leave({take}); }), std::nullopt);
  EXPECT_EQ(book.Settle(1, [&](uint32_t) { book.Leave({take}); }), 1u);
}

}  // namespace
}  // namespace seatwise
