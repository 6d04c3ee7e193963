#include "storage/bulk_load.h"

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/model/limits.h"
#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "storage/crashing_store_for_test.h"
#include "storage/fact_dice_for_test.h"
#include "storage/journal.h"
#include "storage/same_facts_for_test.h"
#include "storage/tenant_for_test.h"

namespace seatwise {
namespace {

// All facts in an order in which what is named comes first.
std::vector<Fact> InOrderOfKinds(const Facts& facts) {
  std::vector<Fact> list = {facts.settings};
  const auto add = [&](const auto& rows) { list.insert(list.end(), rows.begin(), rows.end()); };
  add(facts.plans), add(facts.skus), add(facts.conflicts), add(facts.requirements);
  add(facts.prohibitions), add(facts.subscriptions), add(facts.users), add(facts.groups);
  add(facts.memberships), add(facts.assignments), add(facts.observed);
  return list;
}

Facts RandomTenant(uint32_t seed) {
  FactDice dice(seed, 9);
  MemoryFacts facts;
  for (int i = 0; i < 150; ++i) {
    const auto result = Validate(dice.AnyChangeSet(facts.ToFacts()), facts);
    if (result->changes) facts.Apply(*result->changes);
  }
  return facts.ToFacts();
}

class BulkLoadTest : public TenantFixture {
 protected:
  absl::Status AddAll(BulkLoad& load, const std::vector<Fact>& facts) {
    for (const Fact& fact : facts) {
      const absl::Status status = load.Add(fact);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }
};
SEATWISE_ON_BOTH_STORES(BulkLoadTest);

TEST_P(BulkLoadTest, OneRevisionHoldsEverything) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  const Facts facts = RandomTenant(seed);
  {  // Snapshots do not outlive their store.
    auto load = *BulkLoad::Start(*tenant_);
    ASSERT_TRUE(AddAll(*load, InOrderOfKinds(facts)).ok());
    const auto loaded = load->Finish();
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    EXPECT_EQ(InOrder(*(*loaded)->ReadAll()), facts);
    EXPECT_EQ(*tenant_->tip()->ReadAll(), Facts()) << "not committed yet";
    const auto appended = load->Commit(ADelta(7), meta_);
    ASSERT_TRUE(appended.ok()) << appended.status();
    EXPECT_TRUE(tenant_->AwaitDurable(appended->ticket).ok());
  }
  model_ = MemoryFacts(facts);
  ASSERT_NO_FATAL_FAILURE(ExpectSameAnswers(*tenant_->tip(), model_, FactDice::KeysOf(facts)));
  Reopen();
  ASSERT_NO_FATAL_FAILURE(ExpectSameAnswers(*tenant_->tip(), model_, FactDice::KeysOf(facts)));
  // The tenant goes on from there, and the journal leads back over the load.
  FactDice dice(seed + 1, 9);
  for (int i = 0; i < 20; ++i) Commit(dice.AnyChangeSet(model_.ToFacts()));
  EXPECT_EQ(InOrder(*tenant_->tip()->ReadAll()), model_.ToFacts());
  EXPECT_EQ(InOrder(*FactsAt(*tenant_->tip(), 1)), facts);
  EXPECT_EQ(InOrder(*FactsAt(*tenant_->tip(), 0)), Facts());
  ASSERT_TRUE(ReadJournal(*tenant_->tip(), 1, [&](const JournalEntry& entry) {
                EXPECT_EQ(entry.delta, ADelta(7));
                EXPECT_EQ(entry.created, InOrderOfKinds(facts).size() - 1);
                return false;
              }).ok());
}

TEST_P(BulkLoadTest, WhatTheDoorWouldRejectIsRejected) {
  const Fact user = tiny::Person("u"), group = tiny::Team("g"), sku = tiny::Product("s", {});
  const Fact member = tiny::Member("g", tiny::AUser("u"));
  const Fact plan = tiny::Plan("p"), other = tiny::Plan("q");
  const std::vector<Fact> bad[] = {
      {tiny::Person("")},
      {tiny::Person("a;b")},
      {user, user},
      {group, group},
      {plan, plan},
      {tiny::Product("s", {"p"})},
      {user, group, member, member},
      {group, member},
      {user, member},
      {group, tiny::Member("g", tiny::AGroup("g")), tiny::Member("g", tiny::AGroup("g"))},
      {user, group, tiny::Member("g", tiny::AUser("u"), kMaxTime.micros + 1)},
      {user, Assignment{tiny::AUser("u"), SkuId("s"), {}, 0, Time{}}},
      {user, sku, Assignment{tiny::AUser("u"), SkuId("s"), {}, 0, Time{}},
       Assignment{tiny::AUser("u"), SkuId("s"), {}, 1, Time{}}},
      {plan, other, tiny::Conflict("p", "q"), tiny::Conflict("q", "p")},
      {plan, other, tiny::Requirement("p", {"q"}), tiny::Requirement("p", {"q"})},
      {tiny::Seen("x", "y"), tiny::Seen("x", "y")},
      {tiny::Units("b", "s", 1)},
  };
  for (const std::vector<Fact>& facts : bad) {
    auto load = BulkLoad::Start(*tenant_);
    ASSERT_TRUE(load.ok()) << load.status();
    ASSERT_TRUE(AddAll(**load, facts).ok());
    EXPECT_EQ((*load)->Finish().status().code(), absl::StatusCode::kInvalidArgument);
    // The last fact of each, for the reason that the door has.
    MemoryFacts empty;
    ChangeSet set;
    for (const Fact& fact : facts) set.changes.push_back(Put{fact});
    const auto judged = Validate(set, empty);
    ASSERT_EQ((*load)->errors().size(), judged->errors.size()) << KeyOf(facts.back());
    for (size_t i = 0; i < judged->errors.size(); ++i) {
      const ValidationError& error = (*load)->errors()[i];
      EXPECT_EQ(error.reason, judged->errors[i].reason) << error.message;
      EXPECT_EQ(error.fact, judged->errors[i].fact) << error.message;
      EXPECT_EQ(error.field, judged->errors[i].field) << error.message;
      EXPECT_EQ(error.change.value_or(facts.size() - 1), judged->errors[i].change) << error.message;
    }
  }
  EXPECT_EQ(*FactsSnapshot::Open(store_->TakeSnapshot(), kTenant).value()->ReadAll(), Facts());
}

TEST_P(BulkLoadTest, EveryFactIsJudgedAndWhatIsTooMuchToTellIsCounted) {
  auto load = *BulkLoad::Start(*tenant_);
  ASSERT_TRUE(load->Add(tiny::Person("u")).ok());
  ASSERT_TRUE(load->Add(tiny::Team("g")).ok());
  std::vector<std::string> ids;
  for (size_t i = 0; i < kMaxReportedErrors + 400; ++i) ids.push_back("nobody" + std::to_string(i));
  std::vector<MembershipView> rows = {{.group = "g", .member = "u"}};
  for (const std::string& id : ids) rows.push_back({.group = "g", .member = id});
  rows.push_back({.group = "g", .member = "u"});
  ASSERT_TRUE(load->AddMemberships(rows).ok());
  EXPECT_EQ(load->added(), 2 + rows.size());
  ASSERT_EQ(load->errors().size(), kMaxReportedErrors);
  EXPECT_EQ(load->more_errors(), 400u);
  for (size_t i = 0; i < kMaxReportedErrors; ++i) {
    EXPECT_EQ(load->errors()[i].change, 3 + i);
    EXPECT_EQ(load->errors()[i].fact,
              FactKey(MembershipKey{GroupId("g"), UserId("nobody" + std::to_string(i))}));
  }
  EXPECT_EQ(load->Finish().status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(load->more_errors(), 401u) << "the membership that is there twice";
  load.reset();
  EXPECT_TRUE(Commit({{Put{tiny::Person("u")}}}));
}

TEST_P(BulkLoadTest, OnlyAnEmptyTenantIsLoadedAndNothingElseHappensMeanwhile) {
  ASSERT_TRUE(Commit({{Put{tiny::Person("old")}, Put{TenantSettings{.retention_days = 5}}}}));
  EXPECT_EQ(BulkLoad::Start(*tenant_).status().code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(Commit({{Delete{UserId("old")}}}));
  auto load = *BulkLoad::Start(*tenant_);
  const auto changes = Validate({{Put{tiny::Person("u")}}}, *tenant_->tip());
  EXPECT_EQ(tenant_->Append(*changes->changes, *tenant_->tip(), {}, meta_).status().code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(load->Add(tiny::Person("new")).ok());
  ASSERT_TRUE(load->Add(TenantSettings{.retention_days = 9}).ok());
  ASSERT_TRUE(load->Finish().ok());
  load.reset();
  EXPECT_TRUE(Commit({{Put{tiny::Person("u")}}}));
  EXPECT_EQ(tenant_->tip()->ReadAll()->settings.retention_days, 5);
  EXPECT_EQ(InOrder(*tenant_->tip()->ReadAll()), model_.ToFacts());
  EXPECT_EQ(*tenant_->tip()->UserOfNumber(0), UserId("old")) << "of whom the journal tells";
  EXPECT_EQ(InOrder(*FactsAt(*tenant_->tip(), 1)), history_[1]);
}

TEST(BulkLoadCrashTest, ALoadCutShortAnywhereLeavesNothing) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  int cuts = 0;
  for (bool crashed = true; crashed; ++cuts) {
    CrashingStore crashing(*store, cuts);
    {
      auto tenant = TenantStore::Open(crashing, kTenant);
      if (!tenant.ok()) continue;  // The undoing was cut short.
      auto load = *BulkLoad::Start(**tenant);
      absl::Status status;
      for (int i = 0; i < 200 && status.ok(); ++i) {
        status = load->Add(
            User{.id = UserId("u" + std::to_string(i)), .display_name = std::string(60'000, 'x')});
      }
      if (status.ok()) status = load->Finish().status();
      if (status.ok()) status = load->Commit(ADelta(1'500'000), {}).status();
      crashed = !status.ok();
    }
    const auto tip = (*TenantStore::Open(*store, kTenant))->tip();
    ASSERT_EQ(tip->ReadAll()->users.size(), crashed ? 0u : 200u) << cuts;
    ASSERT_EQ(tip->revision(), crashed ? 0u : 1u);
  }
  EXPECT_GE(cuts, 5);
}

}  // namespace
}  // namespace seatwise
