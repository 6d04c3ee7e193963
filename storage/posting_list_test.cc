#include "storage/posting_list.h"

#include <map>
#include <memory>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "storage/memory_store.h"

namespace seatwise {
namespace {

class PostingListTest : public ::testing::Test {
 protected:
  std::vector<std::optional<Posting>> Edit(const PostingListRef& list,
                                           const std::vector<PostingEdit>& edits) {
    Batch batch;
    auto before = EditPostings(*store_->TakeSnapshot(), list, edits, batch);
    written_ = batch.bytes();
    EXPECT_TRUE(store_->Commit(owner_, batch, {}).ok());
    return *std::move(before);
  }

  std::map<uint32_t, Time> ReadFrom(const PostingListRef& list, uint32_t from) {
    std::map<uint32_t, Time> read;
    EXPECT_TRUE(ForEachPosting(*store_->TakeSnapshot(), list, from, [&](const Posting& posting) {
                  EXPECT_TRUE(read.empty() || read.rbegin()->first < posting.number);
                  return read.emplace(posting.number, posting.added_at).second;
                }).ok());
    return read;
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  Owner owner_ = *store_->OpenTenant(TenantNumber{1});
  PostingListRef members_{TenantNumber{1}, kMemberLists, 7};
  size_t written_ = 0;
};

using Model = std::map<uint32_t, Time>;

// Mostly additions at first, mostly removals in the end.
std::vector<PostingEdit> RandomEdits(std::mt19937& random, uint32_t step) {
  std::map<uint32_t, PostingEdit> edits;
  const uint32_t count = random() % 3 == 0 ? 1 + random() % 400 : 1;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t number = random() % 4000 * (random() % 2 == 0 ? 1 : 1'000'003);
    PostingEdit edit{.number = number};
    if (random() % 100 > step) edit.added_at = Time{static_cast<int64_t>(random()) * 1'000'000};
    edits[number] = edit;
  }
  std::vector<PostingEdit> list;
  for (const auto& [number, edit] : edits) list.push_back(edit);
  return list;
}

void Apply(const PostingEdit& edit, Model& model) {
  if (edit.added_at) {
    model[edit.number] = *edit.added_at;
  } else {
    model.erase(edit.number);
  }
}

TEST_F(PostingListTest, EqualsAMapWhateverIsEdited) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  Model model;
  // Neighbours, which must not be touched.
  const PostingListRef before{members_.tenant, members_.table, members_.owner - 1};
  const PostingListRef behind{members_.tenant, members_.table, members_.owner + 1};
  Edit(before, {{UINT32_MAX, Time{1}}});
  Edit(behind, {{0, Time{2}}});
  for (uint32_t step = 0; step < 101; ++step) {
    const std::vector<PostingEdit> edits = RandomEdits(random, step);
    const std::vector<std::optional<Posting>> replaced = Edit(members_, edits);
    for (size_t i = 0; i < edits.size(); ++i) {
      const auto old = model.find(edits[i].number);
      ASSERT_EQ(replaced[i].has_value(), old != model.end());
      if (replaced[i]) {
        ASSERT_EQ(replaced[i]->added_at, old->second);
      }
      Apply(edits[i], model);
      const auto found = FindPosting(*store_->TakeSnapshot(), members_, edits[i].number);
      ASSERT_EQ(found->has_value(), edits[i].added_at.has_value()) << edits[i].number;
    }
    ASSERT_EQ(ReadFrom(members_, 0), model);
    const uint32_t from = random() % 4000;
    ASSERT_EQ(ReadFrom(members_, from), Model(model.lower_bound(from), model.end()));
  }
  EXPECT_EQ(ReadFrom(before, 0), (Model{{UINT32_MAX, Time{1}}}));
  EXPECT_EQ(ReadFrom(behind, 0), (Model{{0, Time{2}}}));
}

TEST_F(PostingListTest, OneChangeInALongListWritesAFewKilobytes) {
  std::vector<PostingEdit> all;
  for (uint32_t i = 0; i < 100'000; ++i) all.push_back({2 * i, Time{i * 123'456'789LL}});
  Edit(members_, all);
  const PostingListRef groups{members_.tenant, kGroupLists, 9};
  Edit(groups, all);
  for (uint32_t i = 0; i < 2000; ++i) {
    Edit(members_, {{101 + 2 * i, Time{5}}});
    ASSERT_LE(written_, 2 * kMaxBlockBytes);
    Edit(groups, {{101 + 2 * i, Time{}}});
    ASSERT_LE(written_, 2 * kMaxBlockBytes);
  }
  EXPECT_EQ(ReadFrom(members_, 0).size(), 102'000u);
  EXPECT_EQ(ReadFrom(groups, 0).size(), 102'000u);
}

TEST_F(PostingListTest, WhatIsThereAlreadyIsNotWrittenAgain) {
  Edit(members_, {{3, Time{4}}});
  Edit(members_, {{3, Time{4}}});
  EXPECT_EQ(written_, 0u);
  Edit(members_, {{5, std::nullopt}});
  EXPECT_EQ(written_, 0u);
}

TEST_F(PostingListTest, AnEmptyListLeavesNothing) {
  Edit(members_, {{3, Time{4}}, {5, Time{6}}});
  Edit(members_, {{3, std::nullopt}, {5, std::nullopt}});
  int keys = 0;
  EXPECT_TRUE(store_->TakeSnapshot()
                  ->Scan(members_.tenant, {},
                         [&](absl::string_view, absl::string_view) { return ++keys > 0; })
                  .ok());
  EXPECT_EQ(keys, 0);
}

}  // namespace
}  // namespace seatwise
