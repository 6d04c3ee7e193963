#include "storage/journal_builder.h"

#include <string>
#include <vector>

#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "storage/batch.h"
#include "storage/record_format.h"
#include "storage/records.h"

namespace seatwise {
namespace {

using storage::ChangeRecord;

TEST(JournalBuilderTest, ASmallEntryIsItsHead) {
  JournalBuilder builder;
  builder.AddChange(ChangeRecord::CREATED, ToRecord(tiny::Person("u")));
  builder.AddChange(ChangeRecord::DELETED, ToRecord(tiny::Team("g")));
  builder.AddMemberships(ChangeRecord::REPLACED, 7, {{1, Time{2}}, {3, Time{4}}});
  EXPECT_TRUE(builder.TakeChunks(true).empty());
  const auto head = Decoded<storage::JournalRecord>(builder.Head(Time{5}, "ana", "m"));
  EXPECT_EQ(head->created(), 1u);
  EXPECT_EQ(head->replaced(), 2u);
  EXPECT_EQ(head->deleted(), 1u);
  EXPECT_EQ(head->chunks(), 0u);
  EXPECT_EQ(head->chunk().changes_size(), 2);
  EXPECT_EQ(head->chunk().memberships(0).group(), 7u);
}

TEST(JournalBuilderTest, AnEntryWhoseChangesAreWrittenBeforeItsHeadHasAChunk) {
  JournalBuilder builder;
  builder.AddChange(ChangeRecord::CREATED, ToRecord(tiny::Person("u")));
  EXPECT_EQ(builder.TakeChunks(false).size(), 1u);
  EXPECT_EQ(Decoded<storage::JournalRecord>(builder.Head(Time{}, "", ""))->chunks(), 1u);
}

TEST(JournalBuilderTest, ALargeEntryIsCutIntoChunksThatFitIntoBatches) {
  JournalBuilder builder;
  const std::string text(65'536, 'x');
  for (int i = 0; i < 200; ++i) {
    builder.AddChange(ChangeRecord::CREATED,
                      ToRecord(User{.id = UserId("u" + std::to_string(i)), .display_name = text}));
  }
  std::vector<Posting> members(2'000'000);
  for (uint32_t i = 0; i < members.size(); ++i) members[i] = {i, Time{i * 1'000'000'007LL}};
  builder.AddMemberships(ChangeRecord::CREATED, 1, members);
  const std::vector<std::string> chunks = builder.TakeChunks(true);
  EXPECT_GE(chunks.size(), 5u);
  int changes = 0;
  size_t postings = 0;
  for (const std::string& chunk : chunks) {
    EXPECT_LT(chunk.size(), kMaxBatchBytes - 2'000'000);
    const auto record = Decoded<storage::JournalChunkRecord>(chunk);
    changes += record->changes_size();
    for (const auto& part : record->memberships()) {
      postings += DecodePostings(part.block(), PostingKind::kWithTimes)->size();
    }
  }
  EXPECT_EQ(changes, 200);
  EXPECT_EQ(postings, members.size());
  EXPECT_EQ(Decoded<storage::JournalRecord>(builder.Head(Time{}, "", ""))->chunks(), chunks.size());
}

TEST(JournalBuilderTest, RunsOfADeltaComeBack) {
  const LicenseDelta::Run run{.sku = SkuId("E3"),
                              .before = LicenseValue{LicenseState::kError, {}},
                              .after = std::nullopt,
                              .users = {0, 5, UINT32_MAX}};
  EXPECT_EQ(*FromDeltaRecord(ToDeltaRecord(run, run.users)), run);
  storage::DeltaRunRecord unknown = ToDeltaRecord(run, run.users);
  unknown.mutable_before()->set_state(4);
  EXPECT_EQ(FromDeltaRecord(unknown).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace seatwise
