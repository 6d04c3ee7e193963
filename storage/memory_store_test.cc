#include "storage/memory_store.h"

#include "gtest/gtest.h"
#include "storage/store_conformance.h"

namespace seatwise {
namespace {

INSTANTIATE_TEST_SUITE_P(Memory, StoreConformance, testing::Values(NewMemoryStore));

TEST(MemoryStoreTest, HasNoBackup) {
  EXPECT_EQ(NewMemoryStore()->Backup("/tmp/x").code(), absl::StatusCode::kUnimplemented);
}

}  // namespace
}  // namespace seatwise
