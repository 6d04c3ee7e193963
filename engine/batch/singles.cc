// The queue holds only claims for contended SKUs. A user's other claims take no seat that could be
// missing, so they can wait until the user's next entry and be folded in then, in the user's own
// order: nobody else can tell the difference. One thing could tell: a claim for a contended SKU
// that was passed over for K5 and that an uncontended claim heals takes its seat at the healer's
// place in the queue. So a claim that may heal one passed over before it stands in the queue too,
// if the user has a contended claim that needs others (Shape::needs_others). On preset L that is a
// half of what such users ask for.
//
// The queue meets users in no order, so that each turn would wait for memory several times: what a
// turn needs is kept together (Standing) and fetched some turns ahead. What a user has stays
// between turns. One thread runs it, 15 ms on preset L; the others answer for the classes that need
// no queue meanwhile.
#include "engine/batch/singles.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/prefetch.h"
#include "engine/batch/turn_order.h"
#include "engine/model/plan_bits.h"

namespace seatwise {
namespace {

// The seats of contended SKUs as the queue passes; others cannot run out.
class QueueSeats {
 public:
  QueueSeats(const Catalog& catalog, const std::vector<char>& contended)
      : left_(catalog.skus(), kUnlimited) {
    for (SkuNo sku = 0; sku < left_.size(); ++sku) {
      if (contended[sku] != 0) left_[sku] = catalog.supply(sku).capacity();
    }
  }
  bool HasSeat(SkuNo sku) const { return left_[sku] > 0; }
  void Take(SkuNo sku) { --left_[sku]; }

 private:
  std::vector<int64_t> left_;
};

// By shape: whether it asks for a contended SKU.
std::vector<char> FindAsking(const ShapeTable& shapes, const Triage& triage) {
  std::vector<char> asking(shapes.size());
  for (ShapeNo shape = 0; shape < shapes.size(); ++shape) {
    const auto items = shapes.items(shape);
    asking[shape] = std::any_of(items.begin(), items.end(), [&](const ShapeItem& item) {
      return triage.contended[item.sku] != 0;
    });
  }
  return asking;
}

// Decides which claims of a user stand in the queue. One thread; reused for its buffers.
class QueueChoice {
 public:
  QueueChoice(const ShapeTable& shapes, const std::vector<char>& asking)
      : shapes_(shapes), asking_(asking), wanted_(shapes.bond_words()) {}

  // Turns to a user.
  void Load(absl::Span<const ShapeNo> claims) {
    heals_ = std::any_of(claims.begin(), claims.end(), [&](ShapeNo shape) {
      return asking_[shape] != 0 && shapes_[shape].needs_others;
    });
    if (heals_) std::fill(wanted_.begin(), wanted_.end(), 0);
  }

  // Whether the claim has to queue. The claims are asked about in the order of their turns.
  bool Stands(ShapeNo shape) {
    const bool may_heal = heals_ && Intersects(shapes_.bonds(shape), wanted_);
    if (heals_ && shapes_[shape].needs_others) AddWanted(shape);
    return may_heal || asking_[shape] != 0;
  }

 private:
  // Adds what could meet the needs of the shape (K5).
  void AddWanted(ShapeNo shape) {
    for (uint32_t need = 0; need < shapes_.need_count(shape); ++need) {
      UnionInto(absl::MakeSpan(wanted_), shapes_.need(shape, need));
    }
  }

  const ShapeTable& shapes_;
  const std::vector<char>& asking_;  // By shape.
  bool heals_ = false;               // The user has a contended claim that others could heal.
  std::vector<uint64_t> wanted_;     // What claims with earlier turns could be healed by.
};

}  // namespace

Singles::Singles(const ShapeTable& shapes, const TraitTable& traits, const Nesting& nesting,
                 const Classes& classes, const Triage& triage, Together& together,
                 Executor& executor) {
  constexpr size_t kAhead = 8;  // Users.
  FindUsers(classes, triage, executor);
  const std::vector<char> asking = FindAsking(shapes, triage);
  std::vector<std::vector<KeyedEntry>> parts(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, size(), [&](Shard shard) {
    std::vector<KeyedEntry> part;  // Its own until it is done: beside others it would share a line.
    TurnOrder turns(shapes, nesting);
    QueueChoice choice(shapes, asking);
    EndlessSeats seats;
    Granting<ShapeTable, EndlessSeats> granting(shapes, traits, seats);
    for (size_t single = shard.begin; single < shard.end; ++single) {
      if (single + 2 * kAhead < shard.end) {  // Where to find it; then what is found there.
        const UserNo ahead = users_[single + 2 * kAhead];
        turns.FetchPlace(ahead);
        PrefetchLine(&classes.first_claim[classes.class_of[ahead]]);
      }
      if (single + kAhead < shard.end) {
        const UserNo ahead = users_[single + kAhead];
        turns.Fetch(ahead);
        PrefetchLine(classes.List(classes.class_of[ahead]).shapes.data());
      }
      const ClassNo number = classes.class_of[users_[single]];
      const ClaimList list = classes.List(number);
      turns.Load(users_[single], list.shapes);
      if (triage.handling[number] == Handling::kQueued) {
        choice.Load(list.shapes);
        const absl::Span<const uint32_t> order = turns.order();
        std::copy(order.begin(), order.end(), MutableOrder(single).begin());
        for (uint32_t turn = 0; turn < order.size(); ++turn) {
          if (!choice.Stands(list.shapes[order[turn]])) continue;
          part.push_back({turns.key(order[turn]), {static_cast<uint32_t>(single), turn}});
        }
      } else {
        granting.Load(list, turns.order(), MutableGranted(single));
        for (size_t turn = 0; turn < list.shapes.size(); ++turn) granting.Offer(turn);
      }
    }
    SortQueue(part);
    parts[static_cast<size_t>(shard.index)] = std::move(part);
  });
  queue_ = MergeQueues(parts, executor);
  parts.clear();
  RunQueue(shapes, traits, classes, triage, together, executor);
}

void Singles::FindUsers(const Classes& classes, const Triage& triage, Executor& executor) {
  struct Part {
    std::vector<UserNo> users;
    // How far its lists reach, by single: in granted_ and order_, from where the part begins.
    std::vector<size_t> word_ends, turn_ends;
  };
  std::vector<Part> parts(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, classes.class_of.size(), [&](Shard shard) {
    Part part;
    size_t words = 0, turns = 0;
    for (size_t user = shard.begin; user < shard.end; ++user) {
      const ClassNo number = classes.class_of[user];
      const Handling handling = triage.handling[number];
      if (handling == Handling::kTogether) continue;
      const size_t claims = classes.List(number).shapes.size();
      part.users.push_back(static_cast<UserNo>(user));
      part.word_ends.push_back(words += GrantWords(claims));
      part.turn_ends.push_back(turns += handling == Handling::kQueued ? claims : 0);
    }
    parts[static_cast<size_t>(shard.index)] = std::move(part);
  });
  size_t users = 0;
  for (const Part& part : parts) users += part.users.size();
  users_.reserve(users);
  first_word_.reserve(users + 1);
  first_turn_.reserve(users + 1);
  first_word_.push_back(0);
  first_turn_.push_back(0);
  for (const Part& part : parts) {
    users_.insert(users_.end(), part.users.begin(), part.users.end());
    const size_t words = first_word_.back(), turns = first_turn_.back();
    for (size_t end : part.word_ends) first_word_.push_back(words + end);
    for (size_t end : part.turn_ends) first_turn_.push_back(turns + end);
  }
  granted_.resize(first_word_.back());
  order_.resize(first_turn_.back());
}

GrantBits Singles::MutableGranted(size_t single) {
  const size_t begin = first_word_[single];
  return absl::MakeSpan(granted_).subspan(begin, first_word_[single + 1] - begin);
}

absl::Span<uint32_t> Singles::MutableOrder(size_t single) {
  const size_t begin = first_turn_[single];
  return absl::MakeSpan(order_).subspan(begin, first_turn_[single + 1] - begin);
}

Singles::Standings Singles::FindStandings(const ShapeTable& shapes, const Classes& classes,
                                          Executor& executor) {
  Standings standings;
  standings.of.resize(size());
  const size_t words = ProgressWords(shapes);
  standings.words.resize(size() * words);
  std::vector<Healing*> healing_of(size());
  for (size_t single = 0; single < size(); ++single) {
    if (Order(single).size() < kManyClaims) continue;
    healing_of[single] = &standings.healing.emplace_back();
  }
  ParallelShards(executor, size(), [&](Shard shard) {
    for (size_t single = shard.begin; single < shard.end; ++single) {
      const absl::Span<const uint32_t> order = Order(single);
      if (order.empty()) continue;
      const ClaimList claims = classes.List(classes.class_of[users_[single]]);
      standings.of[single] = {
          .claims = claims,
          .granted = MutableGranted(single).data(),
          .order = order.data(),
          .progress = StartGranting(shapes, claims.shapes, order,
                                    standings.words.data() + single * words, healing_of[single])};
    }
  });
  return standings;
}

void Singles::RunQueue(const ShapeTable& shapes, const TraitTable& traits, const Classes& classes,
                       const Triage& triage, Together& together, Executor& executor) {
  // Turns ahead: the record first, then what it points at.
  constexpr size_t kFar = 32, kNear = 16;
  Standings standings = FindStandings(shapes, classes, executor);
  std::vector<Standing>& of = standings.of;
  QueueSeats seats(shapes.catalog(), triage.contended);
  using QueueGranting = Granting<ShapeTable, QueueSeats>;
  const auto advance = [](QueueGranting& granting, Standing& user, uint32_t end) {
    const absl::Span<const uint32_t> order(user.order, user.claims.shapes.size());
    const GrantBits granted(user.granted, GrantWords(order.size()));
    granting.Resume(user.claims, order, granted, user.progress);
    while (user.progress.next_turn < end) granting.Offer(user.progress.next_turn);
  };
  const auto run = [&] {
    QueueGranting granting(shapes, traits, seats);
    for (size_t i = 0; i < queue_.size(); ++i) {
      if (i + kFar < queue_.size()) PrefetchLine(&of[queue_[i + kFar].single]);
      if (i + kNear < queue_.size()) of[queue_[i + kNear].single].Prefetch();
      advance(granting, of[queue_[i].single], queue_[i].turn + 1);
    }
  };
  executor.Run(1 + together.parts(), [&](int task) {  // The longest task first.
    task == 0 ? run() : together.Answer(task - 1);
  });
  // What is left takes no seat that could be missing: each user alone.
  ParallelShards(executor, size(), [&](Shard shard) {
    QueueSeats left = seats;
    QueueGranting rest(shapes, traits, left);
    for (size_t single = shard.begin; single < shard.end; ++single) {
      const auto end = static_cast<uint32_t>(Order(single).size());
      if (of[single].progress.next_turn < end) advance(rest, of[single], end);
    }
  });
}

}  // namespace seatwise
