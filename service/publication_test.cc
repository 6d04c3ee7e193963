#include "service/publication.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TenantStatePtr State(uint64_t revision) {
  return std::make_shared<const TenantState>(TenantState{.revision = revision});
}

std::shared_ptr<const LicenseDelta> NoDelta() { return std::make_shared<const LicenseDelta>(); }

Deadline Soon() { return Deadline::After(std::chrono::milliseconds(1)); }
Deadline Late() { return Deadline::After(std::chrono::seconds(30)); }

// A tenant that was loaded at revision 5.
struct Loaded {
  Watches watches{5, 1 << 20};
  Publication publication{State(5), watches};
};

TEST(PublicationTest, NothingIsPublishedBeforeItIsDurable) {
  Loaded tenant;
  tenant.publication.Apply(State(6), NoDelta());
  EXPECT_EQ(tenant.publication.Tip()->revision, 6u);
  EXPECT_EQ(tenant.publication.Published()->revision, 5u);
  EXPECT_EQ(tenant.watches.newest(), 5u);
  tenant.publication.Settle(6);
  EXPECT_EQ(tenant.publication.Published()->revision, 6u);
  EXPECT_EQ(tenant.watches.newest(), 6u);
}

TEST(PublicationTest, WhoLearnsFirstPublishesAllBefore) {
  Loaded tenant;
  for (uint64_t revision = 6; revision <= 8; ++revision) {
    tenant.publication.Apply(State(revision), NoDelta());
  }
  tenant.publication.Settle(7);
  EXPECT_EQ(tenant.publication.Published()->revision, 7u);
  EXPECT_EQ(tenant.publication.Tip()->revision, 8u);
  tenant.publication.Settle(6);
  EXPECT_EQ(tenant.publication.Published()->revision, 7u);
  const Watches::Answer first = tenant.watches.After(5, Soon());
  ASSERT_TRUE(std::holds_alternative<RevisionEvent>(first));
  EXPECT_EQ(std::get<RevisionEvent>(first).revision, 6u);
}

// Of so many users.
std::shared_ptr<const LicenseDelta> DeltaOf(uint32_t users) {
  LicenseDelta delta;
  LicenseDelta::Run& run = delta.runs.emplace_back();
  for (uint32_t user = 0; user < users; ++user) run.users.push_back(user);
  return std::make_shared<const LicenseDelta>(std::move(delta));
}

// Whether the writer freed the state that a reader held when it was replaced.
bool WriterFrees() {
  std::thread::id by;
  const auto free = [&](const TenantState* state) {
    by = std::this_thread::get_id();
    delete state;
  };
  Watches watches{5, 1 << 20};
  Publication publication{TenantStatePtr(new TenantState{.revision = 5}, free), watches};
  publication.Apply(State(6), DeltaOf(20'000));
  std::atomic<bool> reads = false;
  std::thread reader([&] {
    const TenantStatePtr held = publication.Published();
    reads = true;
    while (publication.Published()->revision == 5) std::this_thread::yield();
  });
  while (!reads) std::this_thread::yield();
  publication.Settle(6);
  reader.join();
  return by == std::this_thread::get_id();
}

// In most of some tries: on a busy machine a reader may not run for as long as it is waited for.
TEST(PublicationTest, ALargeStateIsFreedByTheWriter) {
  int by_writer = 0;
  for (int i = 0; i < 9; ++i) by_writer += WriterFrees() ? 1 : 0;
  EXPECT_GE(by_writer, 5);
}

TEST(PublicationTest, AReaderThatHoldsAStateForLongIsNotWaitedFor) {
  Loaded tenant;
  tenant.publication.Apply(State(6), DeltaOf(20'000));
  const TenantStatePtr held = tenant.publication.Published();
  tenant.publication.Settle(6);
  EXPECT_EQ(tenant.publication.Published()->revision, 6u);
  EXPECT_EQ(held->revision, 5u);
}

TEST(PublicationTest, AFailedSyncDropsTheTipAndEndsWrites) {
  Loaded tenant;
  tenant.publication.Apply(State(6), NoDelta());
  tenant.publication.Apply(State(7), NoDelta());
  tenant.publication.Settle(6);
  tenant.publication.Fail(7, absl::UnavailableError("EIO"));
  EXPECT_EQ(tenant.publication.Tip()->revision, 6u);
  EXPECT_EQ(tenant.publication.health().message(), "EIO");
  // One that was under way arrives late; it is never published.
  tenant.publication.Apply(State(8), NoDelta());
  tenant.publication.Settle(8);
  EXPECT_EQ(tenant.publication.Published()->revision, 6u);
  EXPECT_TRUE(absl::IsUnavailable(tenant.publication.AtLeast(8, Late()).status()));
}

TEST(PublicationTest, AFailureOfWhatOthersMadeDurableIsNone) {
  Loaded tenant;
  tenant.publication.Apply(State(6), NoDelta());
  tenant.publication.Settle(6);
  tenant.publication.Fail(6, absl::UnavailableError("EIO"));
  EXPECT_TRUE(tenant.publication.health().ok());
}

TEST(PublicationTest, AtLeastWaitsForDurability) {
  Loaded tenant;
  EXPECT_EQ((*tenant.publication.AtLeast(5, Soon()))->revision, 5u);
  EXPECT_TRUE(absl::IsOutOfRange(tenant.publication.AtLeast(6, Late()).status()));
  tenant.publication.Apply(State(6), NoDelta());
  EXPECT_TRUE(absl::IsDeadlineExceeded(tenant.publication.AtLeast(6, Soon()).status()));
  std::thread writer([&] { tenant.publication.Settle(6); });
  EXPECT_EQ((*tenant.publication.AtLeast(6, Late()))->revision, 6u);
  writer.join();
}

TEST(PublicationTest, AWaiterLearnsOfAFailure) {
  Loaded tenant;
  tenant.publication.Apply(State(6), NoDelta());
  std::thread failing([&] { tenant.publication.Fail(6, absl::UnavailableError("EIO")); });
  EXPECT_TRUE(absl::IsUnavailable(tenant.publication.AtLeast(6, Late()).status()));
  failing.join();
}

TEST(PublicationTest, ReadersSeeRevisionsGrow) {
  constexpr uint64_t kEnd = 2'000;
  Loaded tenant;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      uint64_t seen = 5;
      while (seen < kEnd) {
        const uint64_t now = tenant.publication.Published()->revision;
        ASSERT_GE(now, seen);
        seen = now;
      }
    });
  }
  for (uint64_t revision = 6; revision <= kEnd; ++revision) {
    tenant.publication.Apply(State(revision), NoDelta());
    if (revision % 3 == 0 || revision == kEnd) tenant.publication.Settle(revision);
  }
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace seatwise
