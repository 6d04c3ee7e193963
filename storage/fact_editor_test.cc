// What a tenant holds afterwards is judged in tenant_store_test.cc; here is how little is written.
#include "storage/fact_editor.h"

#include <memory>
#include <string>

#include "engine/model/tiny_tenant.h"
#include "gtest/gtest.h"
#include "storage/memory_store.h"
#include "storage/records.h"

namespace seatwise {
namespace {

class FactEditorTest : public ::testing::Test {
 protected:
  void Commit(const FactEditor& editor) {
    Batch batch = editor.batch();
    batch.Put(HeadKey(), EncodeHead(editor.head()));
    ASSERT_TRUE(store_->Commit(owner_, batch, {}).ok());
    facts_ = *FactsSnapshot::Open(store_->TakeSnapshot(), owner_.tenant);
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  Owner owner_ = *store_->OpenTenant(TenantNumber{1});
  std::shared_ptr<const FactsSnapshot> facts_ =
      *FactsSnapshot::Open(store_->TakeSnapshot(), owner_.tenant);
};

TEST_F(FactEditorTest, OneMemberMoreOrLessWritesTwoBlocks) {
  FactEditor all(*facts_);
  for (int i = 0; i < 5000; ++i) {
    ASSERT_TRUE(all.Put(tiny::Person("u" + std::to_string(i))).ok());
  }
  ASSERT_TRUE(all.Put(tiny::Team("g")).ok());
  for (int i = 0; i < 5000; i += 2) {
    ASSERT_TRUE(
        all.Put(tiny::Member("g", tiny::AUser("u" + std::to_string(i)), i * 999'999'937LL)).ok());
  }
  ASSERT_TRUE(all.Finish().ok());
  Commit(all);
  EXPECT_EQ(facts_->head().counts[static_cast<size_t>(FactKind::kMembership)], 2500u);

  FactEditor one(*facts_);
  ASSERT_TRUE(one.Put(tiny::Member("g", tiny::AUser("u1001"))).ok());
  ASSERT_TRUE(one.Finish().ok());
  EXPECT_LE(one.batch().size(), 3u);
  EXPECT_LT(one.batch().bytes(), 5000u);
  Commit(one);
  FactEditor gone(*facts_);
  ASSERT_TRUE(gone.Delete(MembershipKey{GroupId("g"), UserId("u1001")}).ok());
  ASSERT_TRUE(gone.Finish().ok());
  EXPECT_EQ(gone.batch().size(), 2u);
  EXPECT_LT(gone.batch().bytes(), 5000u);
  Commit(gone);
  EXPECT_EQ(facts_->head().counts[static_cast<size_t>(FactKind::kMembership)], 2500u);
}

TEST_F(FactEditorTest, RequirementsOfOneFingerprintKeepApart) {
  // Told by their sets only: nothing depends on the fingerprint being unique.
  const PlanRequirement first = tiny::Requirement("p", {"a"});
  FactEditor editor(*facts_);
  ASSERT_TRUE(editor.Put(first).ok());
  Commit(editor);
  Batch other;
  other.Put(StoredKey(first) + "\x09", EncodeFact(tiny::Requirement("p", {"b"})));
  ASSERT_TRUE(store_->Commit(owner_, other, {}).ok());
  const auto both = *FactsSnapshot::Open(store_->TakeSnapshot(), owner_.tenant);
  EXPECT_EQ(*FindRequirementKey(*both, first), StoredKey(first) + std::string(1, '\0'));
  FactEditor gone(*both);
  ASSERT_TRUE(gone.Delete(first).ok());
  Commit(gone);
  EXPECT_EQ(*FindRequirementKey(*facts_, first), std::nullopt);
  FactEditor again(*facts_);
  ASSERT_TRUE(again.Put(first).ok());
  Commit(again);
  EXPECT_EQ(*FindRequirementKey(*facts_, first), StoredKey(first) + "\x0a");
}

TEST_F(FactEditorTest, DeletingWhatIsNotThereWritesNothing) {
  FactEditor editor(*facts_);
  for (const FactKey& key : {FactKey(UserId("u")), FactKey(GroupId("g")), FactKey(SkuId("s")),
                             FactKey(SubscriptionId("s")), FactKey(tiny::Requirement("p", {"a"})),
                             FactKey(MembershipKey{GroupId("g"), UserId("u")}),
                             FactKey(MembershipKey{GroupId("g"), GroupId("h")}),
                             FactKey(AssignmentKey{UserId("u"), SkuId("s")}),
                             FactKey(ObservedKey{UserId("u"), SkuId("s")})}) {
    ASSERT_TRUE(editor.Delete(key).ok()) << key;
  }
  ASSERT_TRUE(editor.Finish().ok());
  EXPECT_TRUE(editor.batch().empty());
  EXPECT_EQ(editor.head(), Head());
}

}  // namespace
}  // namespace seatwise
