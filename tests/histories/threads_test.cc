// While one thread makes a version after the other, others read those that are published, make
// what-ifs of them, and let them go: every answer is that of its version.
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/mutex.h"
#include "engine/model/change.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/memory_facts.h"
#include "engine/model/validated_change_set.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/histories/engine_under_test.h"
#include "tests/histories/history.h"
#include "tests/histories/live_engine.h"
#include "tests/histories/numbers.h"
#include "tests/histories/random_history.h"
#include "tests/worlds/dice.h"
#include "tests/worlds/diff.h"

namespace seatwise::histories {
namespace {

// Everything that is known beforehand about a history.
struct Script {
  History history;
  std::vector<ValidatedChangeSet> steps;
  std::vector<Derived> states;  // Before the first step, and after each.
};

Script Prepare(uint64_t seed) {
  Script script{MakeHistory(seed).history, {}, {}};
  MemoryFacts facts(script.history.start);
  script.states.push_back(DeriveReference(facts.ToFacts()));
  for (const ChangeSet& step : script.history.steps) {
    script.steps.push_back(Admit(step, facts).changes);
    facts.Apply(script.steps.back());
    script.states.push_back(DeriveReference(facts.ToFacts()));
  }
  return script;
}

// What is published: the newest version and some before.
class Board {
 public:
  using Version = std::pair<size_t, std::shared_ptr<const TenantVersion>>;

  void Publish(size_t step, std::shared_ptr<const TenantVersion> version, bool last) {
    MutexLock lock(&mutex_);
    // The oldest is let go by whoever reads it last.
    if (versions_.size() == 4) versions_.erase(versions_.begin());
    versions_.emplace_back(step, std::move(version));
    ended_ = last;
  }
  Version Any(worlds::Dice& dice) const {
    MutexLock lock(&mutex_);
    return dice.Pick(versions_);
  }
  bool ended() const {
    MutexLock lock(&mutex_);
    return ended_;
  }

 private:
  mutable Mutex mutex_;
  std::vector<Version> versions_ SEATWISE_GUARDED_BY(mutex_);
  bool ended_ SEATWISE_GUARDED_BY(mutex_) = false;
};

// Reads, and makes the next step once more and drops it; what is wrong with an answer, if any.
std::string ReadUntilTheEnd(const Script& script, const Board& board, uint64_t seed) {
  worlds::Dice dice(seed);
  while (!board.ended()) {
    const auto [step, version] = board.Any(dice);
    const Derived state = version->State();
    if (state != script.states[step]) {
      return absl::StrCat("step ", step, ": ", worlds::DiffDerived(script.states[step], state));
    }
    if (step == script.steps.size()) continue;
    const Derived next = version->Prepare(script.steps[step]).version->State();
    if (next != script.states[step + 1]) {
      return absl::StrCat("a what-if of step ", step, ": ",
                          worlds::DiffDerived(script.states[step + 1], next));
    }
  }
  return "";
}

TEST(ThreadsTest, VersionsDoNotDisturbEachOther) {
  const IncrementalEngine engine = LiveEngine();
  for (uint64_t seed = 0; seed < 40 && !testing::Test::HasFailure(); ++seed) {
    const Script script = Prepare(seed);
    Board board;
    std::shared_ptr<const TenantVersion> tip =
        engine.start(script.history.start, AnyNumbers(script.history.start, seed));
    board.Publish(0, tip, false);
    std::vector<std::string> wrong(3);
    std::vector<std::thread> readers;
    for (std::string& answer : wrong) {
      readers.emplace_back([&, reader = readers.size()] {
        answer = ReadUntilTheEnd(script, board, seed * 31 + reader);
      });
    }
    for (size_t step = 0; step < script.steps.size(); ++step) {
      tip = tip->Prepare(script.steps[step]).version;
      board.Publish(step + 1, tip, step + 1 == script.steps.size());
    }
    for (std::thread& reader : readers) reader.join();
    for (const std::string& answer : wrong) EXPECT_EQ(answer, "") << "seed " << seed;
    EXPECT_EQ(tip->State(), script.states.back());
  }
}

}  // namespace
}  // namespace seatwise::histories
