// The judge is content with an engine that is right, and catches each that forgets one thing.
#include "tests/histories/history_judge.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "base/time.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "engine/model/ids.h"
#include "engine/model/license_delta.h"
#include "engine/model/validated_change_set.h"
#include "engine/reference/reference.h"
#include "gtest/gtest.h"
#include "tests/histories/batch_again.h"
#include "tests/histories/engine_under_test.h"
#include "tests/histories/history.h"
#include "tests/histories/history_text.h"
#include "tests/histories/numbers.h"
#include "tests/histories/random_history.h"

namespace seatwise::histories {
namespace {

HistoryJudge Judge(uint64_t seed) { return {.derive = DeriveReference, .seed = seed}; }

TEST(HistoryJudgeTest, IsContentWithWhatIsRight) {
  const IncrementalEngine engine = BatchAgain();
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const std::optional<HistoryJudge::Fault> fault =
        Judge(seed).Find(engine, MakeHistory(seed).history);
    EXPECT_FALSE(fault.has_value()) << "seed " << seed << ": " << fault->text;
  }
}

// An engine that is right but for one thing.
class BrokenVersion final : public TenantVersion {
 public:
  using Right = std::shared_ptr<const TenantVersion>;
  // What it makes of a right answer, given the version it was made from.
  using Break = std::function<void(const TenantVersion& before, Next& next)>;

  BrokenVersion(Right right, Break breaks) : right_(std::move(right)), breaks_(std::move(breaks)) {}

  Derived State() const override { return right_->State(); }
  Numbers Ids() const override { return right_->Ids(); }

  Next Prepare(const ValidatedChangeSet& changes) const override {
    Next next = right_->Prepare(changes);
    breaks_(*right_, next);
    next.version = std::make_shared<BrokenVersion>(next.version, breaks_);
    return next;
  }

 private:
  const Right right_;
  const Break breaks_;
};

IncrementalEngine BrokenBy(BrokenVersion::Break breaks) {
  return {"broken", [breaks](const Facts& facts, const Numbers& numbers) {
            return std::make_shared<BrokenVersion>(BatchAgain().start(facts, numbers), breaks);
          }};
}

// A version that answers something of its own.
class Answers final : public TenantVersion {
 public:
  Answers(std::shared_ptr<const TenantVersion> right, Derived state, Numbers ids)
      : right_(std::move(right)), state_(std::move(state)), ids_(std::move(ids)) {}

  Derived State() const override { return state_; }
  Numbers Ids() const override { return ids_; }
  Next Prepare(const ValidatedChangeSet& changes) const override {
    return right_->Prepare(changes);
  }

 private:
  const std::shared_ptr<const TenantVersion> right_;
  const Derived state_;
  const Numbers ids_;
};

struct Flaw {
  std::string name;
  IncrementalEngine engine;
};

// What an engine leaves out of what it computes, from facts that lack something.
Flaw Blind(std::string name, void (*forget)(Facts&)) {
  return {std::move(name), AnewBy([forget](Facts facts) {
            forget(facts);
            return DeriveReference(facts);
          })};
}

std::vector<Flaw> FlawsOfDeltas() {
  return {
      {"a run too few", BrokenBy([](const TenantVersion&, TenantVersion::Next& next) {
         if (next.delta.runs.size() > 1) next.delta.runs.pop_back();
       })},
      {"a user too few", BrokenBy([](const TenantVersion&, TenantVersion::Next& next) {
         for (LicenseDelta::Run& run : next.delta.runs) {
           if (run.users.size() > 2) run.users.pop_back();
         }
       })},
      {"runs in another order", BrokenBy([](const TenantVersion&, TenantVersion::Next& next) {
         std::reverse(next.delta.runs.begin(), next.delta.runs.end());
       })},
      {"what did not change is listed",
       BrokenBy([](const TenantVersion&, TenantVersion::Next& next) {
         if (!next.delta.empty() || next.version->State().licenses.empty()) return;
         const License license = next.version->State().licenses.front();
         const LicenseValue value{license.state, license.enabled_plans};
         const uint32_t user = next.version->Ids().users.at(license.user);
         next.delta.runs.push_back({license.sku, value, value, {user}});
       })},
      {"without plans", BrokenBy([](const TenantVersion&, TenantVersion::Next& next) {
         for (LicenseDelta::Run& run : next.delta.runs) {
           if (run.after.has_value()) run.after->enabled_plans = {};
         }
       })},
  };
}

std::vector<Flaw> FlawsOfVersions() {
  return {
      {"nothing happens to a seat that is given back",
       BrokenBy([](const TenantVersion& before, TenantVersion::Next& next) {
         Derived state = next.version->State();
         const Derived old = before.State();
         if (state.licenses.size() != old.licenses.size()) return;
         state.seats = old.seats;
         if (state.seats.size() != next.version->State().seats.size()) return;
         const Numbers ids = next.version->Ids();
         next.version = std::make_shared<Answers>(next.version, state, ids);
       })},
      {"a user created again has the old number",
       BrokenBy([](const TenantVersion& before, TenantVersion::Next& next) {
         Numbers ids = next.version->Ids();
         if (ids.next.user == before.Ids().next.user) return;
         ids.next.user = before.Ids().next.user;
         next.version = std::make_shared<Answers>(next.version, next.version->State(), ids);
       })},
  };
}

// One more version than the base is changed: the old one answers what the new one does.
class SharesTooMuch final : public TenantVersion {
 public:
  using Right = std::shared_ptr<const TenantVersion>;
  explicit SharesTooMuch(Right right) : right_(std::make_shared<Right>(std::move(right))) {}

  Derived State() const override { return (*right_)->State(); }
  Numbers Ids() const override { return (*right_)->Ids(); }
  Next Prepare(const ValidatedChangeSet& changes) const override {
    Next next = (*right_)->Prepare(changes);
    auto version = std::make_shared<SharesTooMuch>(next.version);
    *right_ = next.version;
    next.version = std::move(version);
    return next;
  }

 private:
  const std::shared_ptr<Right> right_;
};

std::vector<Flaw> FlawsOfFacts() {
  return {
      {"a base changes with what is made from it",
       {"shares too much",
        [](const Facts& facts, const Numbers& numbers) {
          return std::make_shared<SharesTooMuch>(BatchAgain().start(facts, numbers));
        }}},
      Blind("no prohibitions", [](Facts& facts) { facts.prohibitions.clear(); }),
      Blind("no overage",
            [](Facts& facts) {
              for (Sku& sku : facts.skus) sku.overage_units = 0;
            }),
      Blind("all accounts are equally old",
            [](Facts& facts) {
              for (User& user : facts.users) user.created_at = Time{};
            }),
      Blind("no ignored groups in groups",
            [](Facts& facts) { facts.settings.nested_groups = true; }),
      Blind("priorities end at 1",
            [](Facts& facts) {
              for (Assignment& a : facts.assignments) a.priority = std::min(a.priority, 1);
            }),
      Blind("requirements have one plan",
            [](Facts& facts) {
              for (PlanRequirement& r : facts.requirements) r.any_of = {*r.any_of.begin()};
            }),
  };
}

// The first history that shows the flaw.
std::optional<uint64_t> SeedThatCatches(const IncrementalEngine& engine) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    if (Judge(seed).Find(engine, MakeHistory(seed).history).has_value()) return seed;
  }
  return std::nullopt;
}

TEST(HistoryJudgeTest, CatchesWhoForgetsOneThing) {
  std::vector<Flaw> flaws = FlawsOfDeltas();
  for (Flaw& flaw : FlawsOfVersions()) flaws.push_back(std::move(flaw));
  for (Flaw& flaw : FlawsOfFacts()) flaws.push_back(std::move(flaw));
  for (const Flaw& flaw : flaws) {
    EXPECT_TRUE(SeedThatCatches(flaw.engine).has_value()) << flaw.name;
  }
}

TEST(HistoryJudgeTest, AFaultIsExplainedInFewWords) {
  const Flaw flaw = Blind("no prohibitions", [](Facts& facts) { facts.prohibitions.clear(); });
  const std::optional<uint64_t> seed = SeedThatCatches(flaw.engine);
  ASSERT_TRUE(seed.has_value());
  const std::string story = Judge(*seed).Explain(flaw.engine, MakeHistory(*seed).history);
  EXPECT_TRUE(absl::StrContains(story, "prohibit")) << story;
  const std::string small = story.substr(story.find("The smallest"));
  EXPECT_LE(std::count(small.begin(), small.end(), '\n'), 20) << small;
}

}  // namespace
}  // namespace seatwise::histories
