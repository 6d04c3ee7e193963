#include "storage/store_conformance.h"

#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"

namespace seatwise {

Owner StoreConformance::Open(uint32_t tenant) {
  const absl::StatusOr<Owner> owner = store_->OpenTenant({tenant});
  EXPECT_TRUE(owner.ok()) << owner.status();
  return owner.ok() ? *owner : Owner{};
}

absl::Status StoreConformance::Write(const Owner& owner, const std::vector<std::string>& writes,
                                     const std::vector<Precondition>& preconditions) {
  Batch batch;
  for (const std::string& write : writes) {
    const size_t equals = write.find('=');
    if (equals == std::string::npos) {
      batch.Delete(write);
    } else {
      batch.Put(write.substr(0, equals), write.substr(equals + 1));
    }
  }
  return store_->Commit(owner, batch, preconditions).status();
}

std::vector<std::string> StoreConformance::Entries(const Snapshot& snapshot, uint32_t tenant,
                                                   const KeyRange& range) {
  std::vector<std::string> entries;
  const absl::Status status =
      snapshot.Scan({tenant}, range, [&entries](absl::string_view key, absl::string_view value) {
        entries.push_back(absl::StrCat(key, "=", value));
        return true;
      });
  EXPECT_TRUE(status.ok()) << status;
  return entries;
}

std::vector<std::string> StoreConformance::Entries(uint32_t tenant, const KeyRange& range) {
  return Entries(*store_->TakeSnapshot(), tenant, range);
}

std::string StoreConformance::Last(uint32_t tenant, const std::string& key,
                                   const std::string& floor) {
  const auto last = store_->TakeSnapshot()->SeekLast({tenant}, key, floor);
  EXPECT_TRUE(last.ok()) << last.status();
  if (!last.ok() || !last->has_value()) return "-";
  return absl::StrCat((*last)->key, "=", (*last)->value);
}

namespace {

using Strings = std::vector<std::string>;

constexpr absl::StatusCode kAborted = absl::StatusCode::kAborted;
constexpr absl::StatusCode kStale = absl::StatusCode::kFailedPrecondition;
constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;

TEST_P(StoreConformance, ANewStoreHoldsNothing) {
  EXPECT_EQ(Entries(1), Strings());
  EXPECT_TRUE(store_->Health().ok());
  EXPECT_EQ(store_->StartNote(), "");
  EXPECT_EQ(Last(1, "z"), "-");
}

TEST_P(StoreConformance, WhatIsWrittenIsRead) {
  const Owner owner = Open(1);
  ASSERT_TRUE(Write(owner, {"b=2", "a=1", "=empty key", "c="}).ok());
  EXPECT_EQ(Entries(1), (Strings{"=empty key", "a=1", "b=2", "c="}));
  const auto snapshot = store_->TakeSnapshot();
  EXPECT_EQ(snapshot->Get({1}, "b").value(), "2");
  EXPECT_EQ(snapshot->Get({1}, "c").value(), "");
  EXPECT_EQ(snapshot->Get({1}, "").value(), "empty key");
  EXPECT_EQ(snapshot->Get({1}, "d").value(), std::nullopt);
  const auto many = snapshot->MultiGet({1}, {"d", "a", "b", "a"});
  EXPECT_EQ(many.value(), (std::vector<std::optional<std::string>>{std::nullopt, "1", "2", "1"}));
}

TEST_P(StoreConformance, KeysAreOrderedByUnsignedBytes) {
  const Owner owner = Open(1);
  const std::string zero("\0", 1);
  ASSERT_TRUE(
      Write(owner, {"\x80=4", "\xff\xff=6", zero + "=1", "a=2", "a" + zero + "=3", "\xff=5"}).ok());
  EXPECT_EQ(Entries(1),
            (Strings{zero + "=1", "a=2", "a" + zero + "=3", "\x80=4", "\xff=5", "\xff\xff=6"}));
}

TEST_P(StoreConformance, OfTwoWritesToAKeyTheLaterHolds) {
  const Owner owner = Open(1);
  ASSERT_TRUE(Write(owner, {"a=1", "a=2", "b=1", "b", "c", "c=3"}).ok());
  EXPECT_EQ(Entries(1), (Strings{"a=2", "c=3"}));
  ASSERT_TRUE(Write(owner, {"a", "never there"}).ok());
  EXPECT_EQ(Entries(1), (Strings{"c=3"}));
}

TEST_P(StoreConformance, ARangeStartsAtItsStartAndEndsBeforeItsEnd) {
  const Owner owner = Open(1);
  ASSERT_TRUE(Write(owner, {"a=", "b=", "bb=", "c=", "d="}).ok());
  EXPECT_EQ(Entries(1, {"b", "d"}), (Strings{"b=", "bb=", "c="}));
  EXPECT_EQ(Entries(1, {"ba", ""}), (Strings{"bb=", "c=", "d="}));
  EXPECT_EQ(Entries(1, {"", "b"}), (Strings{"a="}));
  EXPECT_EQ(Entries(1, {"c", "b"}), Strings());
  EXPECT_EQ(Entries(1, {"b", "d", true}), (Strings{"b=", "bb=", "c="}));
}

TEST_P(StoreConformance, AScanStopsWhenToldTo) {
  const Owner owner = Open(1);
  ASSERT_TRUE(Write(owner, {"a=", "b=", "c="}).ok());
  int visited = 0;
  EXPECT_TRUE(
      store_->TakeSnapshot()
          ->Scan({1}, {}, [&](absl::string_view, absl::string_view) { return ++visited < 2; })
          .ok());
  EXPECT_EQ(visited, 2);
}

TEST_P(StoreConformance, SeekLastFindsTheKeyAtOrBefore) {
  const Owner owner = Open(2);
  const Owner before = Open(1);
  ASSERT_TRUE(Write(before, {"z=of tenant 1"}).ok());
  ASSERT_TRUE(Write(owner, {"b=1", "d=2", "e=3"}).ok());
  ASSERT_TRUE(Write(owner, {"e"}).ok());
  EXPECT_EQ(Last(2, "d"), "d=2");
  EXPECT_EQ(Last(2, "da"), "d=2");
  EXPECT_EQ(Last(2, "e"), "d=2");
  EXPECT_EQ(Last(2, "c"), "b=1");
  EXPECT_EQ(Last(2, "a"), "-");
  EXPECT_EQ(Last(2, "\xff\xff\xff"), "d=2");
  EXPECT_EQ(Last(2, "c", "b"), "b=1");
  EXPECT_EQ(Last(2, "c", "ba"), "-");
  EXPECT_EQ(Last(3, "z"), "-");
}

TEST_P(StoreConformance, TenantsDoNotSeeEachOther) {
  const Owner one = Open(1);
  const Owner two = Open(256);
  ASSERT_TRUE(Write(one, {"a=1", "\xff\xff=1"}).ok());
  ASSERT_TRUE(Write(two, {"a=2", "=2"}).ok());
  EXPECT_EQ(Entries(1), (Strings{"a=1", "\xff\xff=1"}));
  EXPECT_EQ(Entries(256), (Strings{"=2", "a=2"}));
  EXPECT_EQ(Entries(0), Strings());
  EXPECT_EQ(Entries(2), Strings());
  ASSERT_TRUE(Write(one, {"a"}).ok());
  EXPECT_EQ(Entries(256), (Strings{"=2", "a=2"}));
}

TEST_P(StoreConformance, TheDirectoryAndTheLargestTenantAreTenantsAsOthers) {
  for (const TenantNumber tenant : {kDirectoryTenant, kMaxTenant}) {
    const Owner owner = Open(tenant.value);
    ASSERT_TRUE(Write(owner, {"a=1"}).ok());
    EXPECT_EQ(Entries(tenant.value), (Strings{"a=1"}));
    EXPECT_EQ(Last(tenant.value, "b"), "a=1");
  }
  EXPECT_EQ(store_->OpenTenant({kMaxTenant.value + 1}).status().code(), kInvalid);
}

TEST_P(StoreConformance, ANewOwnerFencesTheOldOne) {
  const Owner old = Open(1);
  const Owner other = Open(2);
  ASSERT_TRUE(Write(old, {"a=old"}).ok());
  const Owner now = Open(1);
  EXPECT_GT(now.epoch, old.epoch);
  EXPECT_EQ(Write(old, {"a=stale"}).code(), kStale);
  EXPECT_EQ(Write({{1}, now.epoch + 1}, {"a=forged"}).code(), kStale);
  EXPECT_TRUE(Write(now, {"b=now"}).ok());
  EXPECT_TRUE(Write(other, {"c=other"}).ok());
  EXPECT_EQ(Entries(1), (Strings{"a=old", "b=now"}));
}

TEST_P(StoreConformance, ATenantNotOpenCannotBeWritten) {
  EXPECT_EQ(Write({{1}, 0}, {"a=1"}).code(), kStale);
  EXPECT_EQ(Write({{1}, 1}, {"a=1"}).code(), kStale);
  EXPECT_EQ(Entries(1), Strings());
}

TEST_P(StoreConformance, APreconditionThatFailsLeavesEverythingAsItWas) {
  const Owner owner = Open(1);
  ASSERT_TRUE(Write(owner, {"head=1"}).ok());
  const struct {
    std::vector<Precondition> preconditions;
    absl::StatusCode code;
  } cases[] = {
      {{MustBe("head", "2")}, kAborted},
      {{MustBe("head", "")}, kAborted},
      {{MustBe("absent", "")}, kAborted},
      {{MustBeAbsent("head")}, kAborted},
      {{MustBe("head", "1"), MustBeAbsent("head")}, kAborted},
      {{MustBe("head", "1"), MustBeAbsent("absent")}, absl::StatusCode::kOk},
  };
  for (const auto& [preconditions, code] : cases) {
    EXPECT_EQ(Write(owner, {"x=written", "head"}, preconditions).code(), code);
    EXPECT_EQ(Entries(1), code == kAborted ? Strings{"head=1"} : Strings{"x=written"});
  }
}

TEST_P(StoreConformance, PreconditionsSeeAppendsThatAreNotDurable) {
  const Owner owner = Open(1);
  Batch first;
  first.Put("head", "1");
  ASSERT_TRUE(store_->Append(owner, first, {MustBeAbsent("head")}).ok());
  EXPECT_EQ(store_->Append(owner, first, {MustBeAbsent("head")}).status().code(), kAborted);
  EXPECT_TRUE(store_->Append(owner, first, {MustBe("head", "1")}).ok());
}

TEST_P(StoreConformance, TicketsGrowInTheOrderOfAppends) {
  const Owner owner = Open(1);
  Ticket last;
  for (int i = 0; i < 10; ++i) {
    Batch batch;
    batch.Put("key", absl::StrCat(i));
    const Ticket ticket = store_->Append(owner, batch, {}).value();
    EXPECT_GT(ticket, last);
    last = ticket;
  }
  EXPECT_TRUE(store_->AwaitDurable(last).ok());
  EXPECT_TRUE(store_->AwaitDurable({}).ok());
  EXPECT_TRUE(store_->AwaitDurable({1}).ok());
}

TEST_P(StoreConformance, AnEmptyBatchOnlyChecks) {
  const Owner owner = Open(1);
  ASSERT_TRUE(Write(owner, {"a=1"}).ok());
  EXPECT_TRUE(Write(owner, {}, {MustBe("a", "1")}).ok());
  EXPECT_EQ(Write(owner, {}, {MustBeAbsent("a")}).code(), kAborted);
}

TEST_P(StoreConformance, ASnapshotKeepsWhatItSaw) {
  const Owner owner = Open(1);
  ASSERT_TRUE(Write(owner, {"a=1", "b=1", "c=1"}).ok());
  const auto before = store_->TakeSnapshot();
  ASSERT_TRUE(Write(owner, {"a=2", "b", "d=2"}).ok());
  EXPECT_EQ(Entries(*before, 1), (Strings{"a=1", "b=1", "c=1"}));
  EXPECT_EQ(before->Get({1}, "b").value(), "1");
  EXPECT_EQ(before->MultiGet({1}, {"d", "a"}).value(),
            (std::vector<std::optional<std::string>>{std::nullopt, "1"}));
  EXPECT_EQ(before->SeekLast({1}, "z").value(), (KeyValue{"c", "1"}));
  EXPECT_EQ(Entries(1), (Strings{"a=2", "c=1", "d=2"}));
}

TEST_P(StoreConformance, AVisitorMayUseTheStore) {
  const Owner owner = Open(1);
  ASSERT_TRUE(Write(owner, {"a=1", "b=1"}).ok());
  const auto snapshot = store_->TakeSnapshot();
  EXPECT_TRUE(snapshot
                  ->Scan({1}, {},
                         [&](absl::string_view key, absl::string_view) {
                           EXPECT_TRUE(Write(owner, {absl::StrCat(key, "2=2")}).ok());
                           return snapshot->Get({1}, key).value() == "1";
                         })
                  .ok());
  EXPECT_EQ(Entries(1), (Strings{"a=1", "a2=2", "b=1", "b2=2"}));
}

TEST_P(StoreConformance, ABatchHoldsTenMegabytesAndNotAByteMore) {
  const Owner owner = Open(1);
  Batch batch;
  batch.Put("k", std::string(kMaxBatchBytes - 1, 'v'));
  EXPECT_TRUE(store_->Commit(owner, batch, {}).ok());
  batch.Delete("x");
  const absl::Status status = store_->Commit(owner, batch, {}).status();
  EXPECT_EQ(status.code(), kInvalid);
  EXPECT_NE(status.message().find("10000001 bytes"), absl::string_view::npos) << status;
}

TEST_P(StoreConformance, ErasingARangeLeavesTheRest) {
  const Owner owner = Open(1);
  const Owner other = Open(2);
  Batch batch;
  for (int i = 10'000; i < 15'000; ++i) batch.Put(absl::StrCat("k", i), "v");
  batch.Put("a", "stays");
  batch.Put("l", "stays");
  ASSERT_TRUE(store_->Commit(owner, batch, {}).ok());
  ASSERT_TRUE(store_->Commit(other, batch, {}).ok());
  ASSERT_TRUE(EraseRange(*store_, owner, {"k", "l"}).ok());
  EXPECT_EQ(Entries(1), (Strings{"a=stays", "l=stays"}));
  ASSERT_TRUE(EraseRange(*store_, owner, {}).ok());
  EXPECT_EQ(Entries(1), Strings());
  EXPECT_EQ(Entries(2).size(), 5002);
  EXPECT_EQ(EraseRange(*store_, {{2}, other.epoch + 1}, {}).code(), kStale);
}

// A thread's view of a store that others write to.
struct Seen {
  int commits = 0;
  int conflicts = 0;
  bool torn = false;
};

// Raises the counters `left` and `right` together, 100 times, by compare and swap.
Seen RaiseBoth(Store& store, const Owner& owner) {
  Seen seen;
  while (seen.commits < 100) {
    const auto snapshot = store.TakeSnapshot();
    const auto values = snapshot->MultiGet(owner.tenant, {"left", "right"}).value();
    seen.torn |= values[0] != values[1];
    const std::string next = absl::StrCat(values[0] ? std::stoi(*values[0]) + 1 : 1);
    Batch batch;
    batch.Put("left", next);
    batch.Put("right", next);
    const Precondition unchanged{"left", values[0]};
    const absl::StatusOr<Ticket> ticket = store.Append(owner, batch, {unchanged});
    if (!ticket.ok()) {
      ++seen.conflicts;
      continue;
    }
    if (store.AwaitDurable(*ticket).ok()) ++seen.commits;
  }
  return seen;
}

TEST_P(StoreConformance, ConcurrentWritersLoseNothingAndNobodySeesHalfABatch) {
  const Owner owner = Open(1);
  std::vector<Seen> seen(4);
  std::vector<std::thread> threads;
  for (Seen& mine : seen) {
    threads.emplace_back([&] { mine = RaiseBoth(*store_, owner); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Seen& mine : seen) EXPECT_FALSE(mine.torn);
  EXPECT_EQ(Entries(1), (Strings{"left=400", "right=400"}));
}

TEST_P(StoreConformance, TenantsAreWrittenAtTheSameTimeAndKeepTheirOrder) {
  std::vector<Owner> owners;
  for (uint32_t tenant = 1; tenant <= 4; ++tenant) owners.push_back(Open(tenant));
  std::vector<std::vector<Ticket>> tickets(owners.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < owners.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 100; ++n) {
        Batch batch;
        batch.Put("n", absl::StrCat(n));
        tickets[i].push_back(store_->Append(owners[i], batch, {}).value());
      }
      EXPECT_TRUE(store_->AwaitDurable(tickets[i].back()).ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<Ticket> all;
  for (const std::vector<Ticket>& mine : tickets) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(all.end(), mine.begin(), mine.end());
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::unique(all.begin(), all.end()), all.end());
  for (uint32_t tenant = 1; tenant <= 4; ++tenant) EXPECT_EQ(Entries(tenant), (Strings{"n=99"}));
}

}  // namespace
}  // namespace seatwise
