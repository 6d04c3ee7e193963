#include "storage/journal.h"

#include <random>
#include <string>
#include <vector>

#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "storage/fact_dice_for_test.h"
#include "storage/same_facts_for_test.h"
#include "storage/tenant_for_test.h"

namespace seatwise {
namespace {

using JournalTest = TenantFixture;
SEATWISE_ON_BOTH_STORES(JournalTest);

TEST_P(JournalTest, TheJournalLeadsBackToEveryRevision) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  FactDice dice(seed);
  for (int i = 0; i < 60; ++i) Commit(dice.AnyChangeSet(model_.ToFacts()));
  const auto facts = tenant_->tip();
  for (uint64_t revision = 0; revision < history_.size(); ++revision) {
    const auto then = FactsAt(*facts, revision);
    ASSERT_TRUE(then.ok()) << then.status();
    ASSERT_EQ(InOrder(*then), history_[revision]) << revision;
  }
}

TEST_P(JournalTest, TheJournalTellsWhoChangedWhatAndWhen) {
  meta_ = {.time = Time{50}, .actor = "ana", .method = "create"};
  Commit({{Put{tiny::Person("u")}, Put{tiny::Team("g")}, Put{tiny::Member("g", UserId("u"))}}});
  // Clocks may go backwards, revisions do not (L1).
  meta_ = {.time = Time{40}, .actor = "bob", .method = "delete"};
  Commit({{Delete{UserId("u")}}}, ADelta(5));
  EXPECT_EQ(tenant_->tip()->commit_time(), Time{50});

  std::vector<JournalEntry> entries;
  ASSERT_TRUE(ReadJournal(*tenant_->tip(), 0, [&](const JournalEntry& entry) {
                entries.push_back(entry);
                return true;
              }).ok());
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].revision, 1u);
  EXPECT_EQ(entries[0].created, 3u);
  EXPECT_EQ(entries[1].actor, "bob");
  EXPECT_EQ(entries[1].method, "delete");
  EXPECT_EQ(entries[1].time, Time{50});
  EXPECT_EQ(entries[1].deleted, 2u);
  EXPECT_EQ(entries[1].delta, ADelta(5));
  const auto changes = ReadChanges(*tenant_->tip(), 2);
  ASSERT_TRUE(changes.ok()) << changes.status();
  const std::vector<JournalChange> expected = {
      {UserId("u"), Fact(tiny::Person("u")), true},
      {MembershipKey{GroupId("g"), UserId("u")}, Fact(tiny::Member("g", UserId("u"))), true}};
  EXPECT_EQ(*changes, expected);
  EXPECT_EQ(ReadChanges(*tenant_->tip(), 3).status().code(), absl::StatusCode::kNotFound);
}

TEST_P(JournalTest, PrunedRevisionsAreOutOfRange) {
  for (int i = 0; i < 10; ++i) {
    meta_.time = Time{100 * i};
    Commit({{Put{tiny::Person("u" + std::to_string(i))}}});
  }
  Commit({{Delete{UserId("u0")}}});  // Revision 11, at 900.
  ASSERT_TRUE(tenant_->Prune({.oldest_time = Time{300}}, Time{900}).ok());
  EXPECT_EQ(*OldestRevision(*tenant_->tip()), 3u);
  EXPECT_EQ(InOrder(*FactsAt(*tenant_->tip(), 3)), history_[3]);
  const auto ignore = [](const JournalEntry&) { return true; };
  for (const absl::Status& status :
       {FactsAt(*tenant_->tip(), 2).status(), ReadJournal(*tenant_->tip(), 3, ignore),
        ReadChanges(*tenant_->tip(), 3).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
    EXPECT_NE(status.message().find("oldest that can be read is 3"), std::string::npos) << status;
  }
  EXPECT_TRUE(ReadJournal(*tenant_->tip(), 4, ignore).ok());
  EXPECT_EQ(*tenant_->tip()->UserOfNumber(0), UserId("u0"));
  ASSERT_TRUE(tenant_->Prune({.most_revisions = 0}, Time{900}).ok());
  EXPECT_EQ(*OldestRevision(*tenant_->tip()), 11u);
  EXPECT_EQ(InOrder(*FactsAt(*tenant_->tip(), 11)), history_[11]);
  EXPECT_EQ(*tenant_->tip()->UserOfNumber(0), std::nullopt) << "nothing tells of it any more";
}

}  // namespace
}  // namespace seatwise
