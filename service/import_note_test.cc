#include "service/import_note.h"

#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

RawChunk ChunkOf(const std::vector<std::optional<FactKind>>& kinds) {
  RawChunk chunk;
  for (const auto kind : kinds) chunk.facts.push_back({.message = "", .kind = kind, .content = ""});
  return chunk;
}

using Ranges = std::vector<ImportNote::Range>;

TEST(ImportNoteTest, KnowsWhereFactsOfAKindAreAlsoWhenItIsReadBack) {
  ImportNote note;
  note.Add(ChunkOf({FactKind::kUser, FactKind::kUser}));
  note.Add(ChunkOf({FactKind::kUser, FactKind::kGroup}));
  note.Add(ChunkOf({FactKind::kGroup}));
  note.Add(ChunkOf({}));
  note.Add(ChunkOf({FactKind::kUser}));
  note.Add(ChunkOf({std::nullopt}));
  const ImportNote back = ImportNote::Decode(note.Encode());
  for (const ImportNote& each : {note, back}) {
    EXPECT_EQ(each.chunks(), 6u);
    EXPECT_EQ(each.facts(), 7);
    EXPECT_FALSE(each.finished());
    EXPECT_EQ(each.ChunksWith(FactKind::kUser), (Ranges{{0, 2}, {4, 5}}));
    EXPECT_EQ(each.ChunksWith(FactKind::kGroup), (Ranges{{1, 3}}));
    EXPECT_EQ(each.ChunksWith(FactKind::kMembership), Ranges{});
    EXPECT_EQ(each.ChunksWith(FactKind::kTenantSettings), (Ranges{{5, 6}})) << "no fact at all";
  }
}

TEST(ImportNoteTest, StaysSmallHoweverKindsAreMixed) {
  ImportNote note;
  for (int i = 0; i < 5'000; ++i) {
    note.Add(ChunkOf({i % 2 == 0 ? FactKind::kUser : FactKind::kMembership}));
  }
  EXPECT_LT(note.Encode().size(), 1'000u);
  EXPECT_EQ(note.chunks(), 5'000u);
  // None of the chunks is missed, though some are looked at in vain.
  EXPECT_EQ(note.ChunksWith(FactKind::kUser).back().end, 5'000u);
  EXPECT_EQ(note.ChunksWith(FactKind::kMembership).back().end, 5'000u);
}

TEST(ImportNoteTest, OtherNotesAreThoseOfAnImportWithoutChunks) {
  EXPECT_EQ(ImportNote::Decode("").chunks(), 0u);
  EXPECT_EQ(ImportNote::Decode("finished").chunks(), 0u);
  EXPECT_TRUE(ImportNote::Decode(ImportNote::Finished().Encode()).finished());
}

}  // namespace
}  // namespace seatwise
