#include "engine/incremental/outcome_table.h"

#include <algorithm>
#include <utility>

namespace seatwise {
namespace {

uint64_t Mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0xd6e8feb86659fd93u;
  return hash ^ hash >> 32;
}

// Of the key of an outcome; `claim_at(i)` is the shape of claim i.
template <typename ClaimAt>
uint64_t HashOf(Traits traits, size_t claims, absl::Span<const uint64_t> granted,
                ClaimAt claim_at) {
  uint64_t hash = Mix(0x9e3779b97f4a7c15u, traits);
  for (size_t i = 0; i < claims; ++i) hash = Mix(hash, reinterpret_cast<uintptr_t>(claim_at(i)));
  for (uint64_t word : granted) hash = Mix(hash, word);
  return hash;
}

uint64_t HashOf(const OutcomeKey& key) {
  return HashOf(key.traits, key.claims.size(), key.granted,
                [&](size_t i) { return &key.claims.shape(static_cast<ShapeNo>(i)); });
}

uint64_t HashOf(const Outcome& outcome) {
  return HashOf(outcome.traits, outcome.claims.size(), absl::MakeConstSpan(outcome.granted),
                [&](size_t i) { return outcome.claims[i].get(); });
}

bool HasKey(const Outcome& outcome, const OutcomeKey& key) {
  if (outcome.traits != key.traits || outcome.claims.size() != key.claims.size()) return false;
  for (size_t i = 0; i < outcome.claims.size(); ++i) {
    if (outcome.claims[i].get() != &key.claims.shape(static_cast<ShapeNo>(i))) return false;
  }
  return absl::MakeConstSpan(outcome.granted) == key.granted;
}

}  // namespace

Ref<Outcome> OutcomeTable::Find(const OutcomeKey& key) const {
  const uint64_t hash = HashOf(key);
  if (recent_ != nullptr) {
    Ref<Outcome> outcome = recent_->At(hash);
    return outcome && HasKey(*outcome, key) ? outcome : Ref<Outcome>();
  }
  const auto it = all_.find(hash);
  if (it == all_.end()) return {};
  for (const Ref<Outcome>& outcome : it->second) {
    if (HasKey(*outcome, key)) return outcome;
  }
  return {};
}

void OutcomeTable::Add(const Ref<Outcome>& outcome) {
  const uint64_t hash = HashOf(*outcome);
  if (recent_ != nullptr) {
    recent_->Add(hash, outcome);
  } else {
    all_[hash].push_back(outcome);
  }
}

}  // namespace seatwise
