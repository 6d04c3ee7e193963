#include "storage/appender.h"

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "storage/crashing_store_for_test.h"
#include "storage/memory_store.h"

namespace seatwise {
namespace {

TEST(AppenderTest, WritesOfAnySizeAreAppendedInOrder) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  const Owner owner = *store->OpenTenant(TenantNumber{1});
  Batch batch;
  for (int i = 0; i < 30; ++i) batch.Put("k" + std::to_string(i), std::string(1'000'000, 'x'));
  batch.Delete("k7");
  // The power fails after some of them: what is there is a beginning.
  CrashingStore crashing(*store, 2);
  Appender cut(crashing, owner);
  EXPECT_FALSE(cut.AddAll(batch).ok());
  EXPECT_TRUE((*store->TakeSnapshot()->Get(owner.tenant, "k0")).has_value());
  EXPECT_TRUE((*store->TakeSnapshot()->Get(owner.tenant, "k7")).has_value());
  EXPECT_FALSE((*store->TakeSnapshot()->Get(owner.tenant, "k29")).has_value());

  Appender whole(*store, owner);
  ASSERT_TRUE(whole.AddAll(batch).ok());
  const auto ticket = whole.Flush();
  ASSERT_TRUE(ticket.ok());
  EXPECT_EQ(*whole.Flush(), *ticket);
  EXPECT_TRUE((*store->TakeSnapshot()->Get(owner.tenant, "k29")).has_value());
  EXPECT_FALSE((*store->TakeSnapshot()->Get(owner.tenant, "k7")).has_value());
}

TEST(AppenderTest, NothingTakesNoAppend) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  const Owner owner = *store->OpenTenant(TenantNumber{1});
  EXPECT_EQ(*Appender(*store, owner).Flush(), Ticket{});
}

}  // namespace
}  // namespace seatwise
