#include "storage/store.h"

#include "gtest/gtest.h"
#include "storage/memory_store.h"

namespace seatwise {
namespace {

// What every store does is in store_conformance_test.cc; this is what Store does by itself.

TEST(StoreTest, CommitIsAppendAndAwait) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  const Owner owner = store->OpenTenant({1}).value();
  Batch batch;
  batch.Put("a", "1");
  const absl::StatusOr<Ticket> ticket = store->Commit(owner, batch, {});
  ASSERT_TRUE(ticket.ok());
  EXPECT_EQ(*ticket, Ticket{1});
  EXPECT_EQ(store->Commit(owner, batch, {MustBeAbsent("a")}).status().code(),
            absl::StatusCode::kAborted);
}

TEST(StoreTest, PreconditionsSayAbsentOrValue) {
  EXPECT_EQ(MustBeAbsent("k").value, std::nullopt);
  EXPECT_EQ(MustBe("k", "").value, "");
}

}  // namespace
}  // namespace seatwise
