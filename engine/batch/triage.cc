// Claims that fail K1 to K3, or K4 on their own, never pass (NeverPasses): they neither take seats
// nor disturb others. Among the claims that are left, K4 is the only check that makes the order
// matter: without a conflict in the union of all their plans every claim passes K4 whenever its
// turn comes, and K5, which more enabled plans can only help, leads to the same end by any way.
//
// A seat can be missing only where the users with such a claim outnumber the capacity: if each of
// them could be served, K6 cannot fail.
#include "engine/batch/triage.h"

#include <algorithm>
#include <utility>

#include "engine/model/plan_bits.h"

namespace seatwise {
namespace {

// Looks at the claims of a class that could pass. One thread; reused for its buffers.
class LiveClaims {
 public:
  LiveClaims(const ShapeTable& shapes, const TraitTable& traits)
      : shapes_(shapes),
        traits_(traits),
        seen_for_(shapes.catalog().skus()),
        bonds_(shapes.bond_words()) {}

  void Load(const ClaimList& list) {
    skus_.clear();
    ++loads_;
    passing_.clear();
    std::fill(bonds_.begin(), bonds_.end(), 0);
    for (ShapeNo shape : list.shapes) {
      if (NeverPasses(shapes_, traits_, shape, list.traits)) continue;
      passing_.push_back(shape);
      UnionInto(absl::MakeSpan(bonds_), shapes_.bonds(shape));
      for (const ShapeItem& item : shapes_.items(shape)) {
        if (seen_for_[item.sku] == loads_) continue;
        seen_for_[item.sku] = loads_;
        skus_.push_back(item.sku);
      }
    }
  }

  // Each once.
  const std::vector<SkuNo>& skus() const { return skus_; }
  bool OrderMatters() const {
    return std::any_of(passing_.begin(), passing_.end(),
                       [&](ShapeNo shape) { return Intersects(shapes_.conflicts(shape), bonds_); });
  }

 private:
  const ShapeTable& shapes_;
  const TraitTable& traits_;
  uint64_t loads_ = 0;
  std::vector<uint64_t> seen_for_;  // By SKU: the last load that met it.
  std::vector<SkuNo> skus_;
  std::vector<ShapeNo> passing_;
  std::vector<uint64_t> bonds_;
};

std::vector<char> FindContended(const Catalog& catalog, const std::vector<int64_t>& demand) {
  std::vector<char> contended(catalog.skus());
  for (SkuNo sku = 0; sku < catalog.skus(); ++sku) {
    contended[sku] = demand[sku] > catalog.supply(sku).capacity() ? 1 : 0;
  }
  return contended;
}

// A set of SKUs in a word: those that share a bit are not told apart.
constexpr size_t kMarks = 64;
uint64_t MarkOf(SkuNo sku) { return uint64_t{1} << (sku % kMarks); }
uint64_t MarksOf(const std::vector<char>& contended) {
  uint64_t marks = 0;
  for (SkuNo sku = 0; sku < contended.size(); ++sku) marks |= contended[sku] != 0 ? MarkOf(sku) : 0;
  return marks;
}

}  // namespace

Triage TriageClasses(const ShapeTable& shapes, const TraitTable& traits, const Classes& classes,
                     Executor& executor) {
  const size_t skus = shapes.catalog().skus();
  Triage triage;
  triage.handling.resize(classes.size());
  std::vector<uint64_t> marks(classes.size());  // Who has none of the contended ones is not asked.
  std::vector<std::vector<int64_t>> demands(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, classes.size(), [&](Shard shard) {
    std::vector<int64_t> demand(skus);
    LiveClaims live(shapes, traits);
    for (size_t number = shard.begin; number < shard.end; ++number) {
      live.Load(classes.List(static_cast<ClassNo>(number)));
      uint64_t mark = 0;
      for (SkuNo sku : live.skus()) {
        demand[sku] += classes.population[number];
        mark |= MarkOf(sku);
      }
      marks[number] = mark;
      triage.handling[number] = live.OrderMatters() ? Handling::kAlone : Handling::kTogether;
    }
    demands[static_cast<size_t>(shard.index)] = std::move(demand);
  });
  for (size_t i = 1; i < demands.size(); ++i) {
    for (size_t sku = 0; sku < skus; ++sku) demands[0][sku] += demands[i][sku];
  }
  triage.contended = FindContended(shapes.catalog(), demands[0]);
  const uint64_t contended = MarksOf(triage.contended);
  ParallelShards(executor, classes.size(), [&](Shard shard) {
    LiveClaims live(shapes, traits);
    for (size_t number = shard.begin; number < shard.end; ++number) {
      if ((marks[number] & contended) == 0) continue;
      if (skus > kMarks) {  // Else it is sure.
        live.Load(classes.List(static_cast<ClassNo>(number)));
        const auto is_contended = [&](SkuNo sku) { return triage.contended[sku] != 0; };
        if (std::none_of(live.skus().begin(), live.skus().end(), is_contended)) continue;
      }
      triage.handling[number] = Handling::kQueued;
    }
  });
  return triage;
}

}  // namespace seatwise
