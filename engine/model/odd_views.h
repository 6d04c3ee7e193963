// Views of facts that tests cannot make in earnest (testonly).
#pragma once

#include <cstddef>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/model/fact_key.h"
#include "engine/model/fact_limits.h"
#include "engine/model/facts.h"
#include "engine/model/facts_view.h"
#include "engine/model/memory_facts.h"
#include "engine/model/reference.h"

namespace seatwise {

// A tenant that says to have as many facts of each kind as it may.
class FullFacts final : public FactsView {
 public:
  explicit FullFacts(const Facts& facts) : facts_(facts) {}

  absl::StatusOr<bool> Contains(const FactKey& key) const override { return facts_.Contains(key); }
  absl::StatusOr<std::optional<Fact>> Find(const FactKey& key) const override {
    return facts_.Find(key);
  }
  absl::Status ForEachDependent(const FactKey& named, Link link,
                                absl::FunctionRef<bool(const FactKey&)> visit) const override {
    return facts_.ForEachDependent(named, link, visit);
  }
  absl::StatusOr<size_t> Count(FactKind kind) const override { return MaxFacts(kind); }

 private:
  MemoryFacts facts_;
};

// A store that answers a number of calls and then no more.
class BrokenFacts final : public FactsView {
 public:
  BrokenFacts() = default;
  BrokenFacts(const Facts& facts, int answers) : facts_(facts), answers_(answers) {}

  absl::StatusOr<bool> Contains(const FactKey& key) const override {
    if (!Answers()) return Failure();
    return facts_.Contains(key);
  }
  absl::StatusOr<std::optional<Fact>> Find(const FactKey& key) const override {
    if (!Answers()) return Failure();
    return facts_.Find(key);
  }
  absl::Status ForEachDependent(const FactKey& named, Link link,
                                absl::FunctionRef<bool(const FactKey&)> visit) const override {
    return Answers() ? facts_.ForEachDependent(named, link, visit) : Failure();
  }
  absl::StatusOr<size_t> Count(FactKind kind) const override {
    if (!Answers()) return Failure();
    return facts_.Count(kind);
  }

  // Whether any call has failed.
  bool failed() const { return failed_; }

 private:
  bool Answers() const {
    if (answers_-- > 0) return true;
    failed_ = true;
    return false;
  }
  static absl::Status Failure() { return absl::UnavailableError("the disk is gone"); }

  MemoryFacts facts_;
  mutable int answers_ = 0;
  mutable bool failed_ = false;
};

}  // namespace seatwise
