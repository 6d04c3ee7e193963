// Users lie in the order of their ids, so they come ranked; everything that names users and groups
// does so by numbers, for which two arrays know the ranks:
//
//   kUser "ana" 7, "bob" 3        ->   rank_of_user  [3] = 1, [7] = 0
//   kMembers (group 2) [3 7]      ->   batch (1, rank of 2), (0, rank of 2)
//
// Users are split by the first byte of their ids and members by their groups, in many more parts
// than there are threads, since parts differ in size. A small tenant is read in one part: each part
// costs a seek, which reads ahead, and a server of many small tenants loads all the time.
//
// Threads wait for each other only twice: when all users and groups are read, whose ranks the rest
// needs, and when that is read. Ids and addresses are looked through beside the second.
#include "storage/load.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/check.h"
#include "base/status_macros.h"
#include "engine/model/columns_builder.h"
#include "engine/model/fact_key.h"
#include "storage/facts_collector.h"
#include "storage/keys.h"
#include "storage/posting_block.h"
#include "storage/posting_list.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/records.h"
#include "storage/user_rows.h"

namespace seatwise {
namespace {

constexpr uint32_t kNoRank = IdTable::kNone;
constexpr int kUserParts = 256;  // One for each first byte.
constexpr int kMemberParts = 64;

using VisitRow = absl::FunctionRef<absl::Status(KeyReader key, absl::string_view value)>;

// Facts, and how they are read.
struct Source {
  const FactsSnapshot& facts;
  bool large;  // In parts, and leaving alone what the cache holds for others.
};

// Visits the rows from `start` on whose keys are before `end`.
absl::Status ScanRows(const Source& source, const std::string& start, const std::string& end,
                      VisitRow visit) {
  absl::Status status;
  SEATWISE_RETURN_IF_ERROR(source.facts.bytes().Scan(
      source.facts.tenant(), {.start = start, .end = end, .bulk = source.large},
      [&](absl::string_view key, absl::string_view value) {
        status = visit(KeyReader(key), value);
        return status.ok();
      }));
  return status;
}

absl::Status ScanTable(const Source& source, Table table, VisitRow visit) {
  const std::string start = KeyWriter(table).Take();
  return ScanRows(source, start, EndOfPrefix(start), visit);
}

absl::Status Contradiction(absl::string_view what) {
  return RecordError(what, "contradicts the records that it names");
}

// Runs tasks that may fail; answers the error of the first part that has one.
absl::Status RunParts(Executor& executor, int count,
                      absl::FunctionRef<absl::Status(int part)> task) {
  std::vector<absl::Status> status(static_cast<size_t>(count));
  executor.Run(count, [&](int part) { status[static_cast<size_t>(part)] = task(part); });
  for (const absl::Status& of_part : status) SEATWISE_RETURN_IF_ERROR(of_part);
  return absl::OkStatus();
}

// Those whose ids start with `first_byte`; all if it is empty.
absl::StatusOr<UserRows> ReadUsers(const Source& source, absl::string_view first_byte) {
  UserRows rows;
  std::string escaped;
  const std::string start = absl::StrCat(KeyWriter(Table::kUser).Take(), first_byte);
  SEATWISE_RETURN_IF_ERROR(ScanRows(source, start, EndOfPrefix(start),
                                    [&](KeyReader key, absl::string_view value) -> absl::Status {
                                      const std::optional<absl::string_view> id =
                                          key.IdView(escaped);
                                      if (!id || !key.AtEnd())
                                        return RecordError("a user", "has a damaged key");
                                      return rows.Add(*id, value);
                                    }));
  return rows;
}

// The rank by number; kNoRank for a number that nobody has.
absl::StatusOr<std::vector<uint32_t>> RanksOf(const std::vector<uint32_t>& number, uint32_t end) {
  std::vector<uint32_t> rank(end, kNoRank);
  for (size_t i = 0; i < number.size(); ++i) {
    if (number[i] >= end || rank[number[i]] != kNoRank) return Contradiction("a number");
    rank[number[i]] = static_cast<uint32_t>(i);
  }
  return rank;
}

// Turns blocks of members into batches of ranks. One thread.
class MemberReader {
 public:
  // `large`: whether to make room for whole batches at once. The others outlive the reader.
  MemberReader(bool large, const std::vector<uint32_t>& user_rank,
               std::vector<MembershipBatch>& batches)
      : large_(large), user_rank_(user_rank), batches_(batches) {}

  absl::Status Add(GroupNo group, absl::string_view block) {
    if (large_ && rows_.numbers.capacity() == 0) {
      rows_.numbers.reserve(kRows + kBlockRows);
      rows_.added_at.reserve(kRows + kBlockRows);
    }
    SEATWISE_RETURN_IF_ERROR(rows_.Append(block, PostingKind::kWithTimes));
    if (runs_.empty() || runs_.back().group != group) runs_.push_back({.group = group});
    runs_.back().end = static_cast<uint32_t>(rows_.numbers.size());
    return rows_.numbers.size() < kRows ? absl::OkStatus() : Finish();
  }

  // Makes a batch of what is left.
  absl::Status Finish() {
    if (rows_.numbers.empty()) return absl::OkStatus();
    for (uint32_t& user : rows_.numbers) {
      if (user >= user_rank_.size() || user_rank_[user] == kNoRank) {
        return Contradiction("a membership");
      }
      user = user_rank_[user];
    }
    batches_.push_back({.user = std::exchange(rows_.numbers, {}),
                        .added_at = std::exchange(rows_.added_at, {}),
                        .runs = std::exchange(runs_, {})});
    return absl::OkStatus();
  }

 private:
  static constexpr size_t kRows = size_t{1} << 17;          // Of a batch, or few more.
  static constexpr size_t kBlockRows = kMaxBlockBytes / 2;  // Of a block: two bytes at least each.

  const bool large_;
  const std::vector<uint32_t>& user_rank_;
  std::vector<MembershipBatch>& batches_;
  PostingColumns rows_;
  std::vector<MembershipBatch::Run> runs_;
};

class Loader {
 public:
  Loader(const Source& source, Executor& executor) : source_(source), executor_(executor) {}

  absl::StatusOr<LoadedFacts> Load() {
    SEATWISE_RETURN_IF_ERROR(LoadProducts());
    SEATWISE_RETURN_IF_ERROR(LoadPrincipals());
    SEATWISE_RETURN_IF_ERROR(LoadLinks());
    if (!builder_->Finish(executor_).empty()) return Contradiction("a membership");
    loaded_.columns = std::move(*builder_).Take();
    loaded_.next = source_.facts.next_numbers();
    return std::move(loaded_);
  }

 private:
  absl::Status LoadProducts() {
    FactsCollector products;
    for (size_t kind = 0; kind <= static_cast<size_t>(FactKind::kSubscription); ++kind) {
      FactPage page;
      do {
        SEATWISE_ASSIGN_OR_RETURN(page,
                                  source_.facts.List(static_cast<FactKind>(kind), page.next, 1000));
        for (Fact& fact : page.facts) products.Add(std::move(fact));
      } while (!page.next.empty());
    }
    loaded_.products = std::move(products).Take();
    builder_.emplace(loaded_.products.settings, Catalog::Build(loaded_.products));
    return absl::OkStatus();
  }

  // Users and groups, and who has which number.
  absl::Status LoadPrincipals() {
    const int parts = source_.large ? kUserParts : 1;
    users_.resize(static_cast<size_t>(parts));
    SEATWISE_RETURN_IF_ERROR(RunParts(executor_, 1 + parts, [&](int task) -> absl::Status {
      if (task == 0) return LoadGroups();
      const char byte = static_cast<char>(task - 1);
      SEATWISE_ASSIGN_OR_RETURN(
          users_[static_cast<size_t>(task - 1)],
          ReadUsers(source_, parts == 1 ? absl::string_view() : absl::string_view(&byte, 1)));
      return absl::OkStatus();
    }));
    UserRows values = TakeValues(users_);
    location_ = std::move(values.location);
    loaded_.user_number = std::move(values.number);
    loaded_.created_at = std::move(values.created_at);
    loaded_.accounts = std::move(values.accounts);
    SEATWISE_ASSIGN_OR_RETURN(user_rank_,
                              RanksOf(loaded_.user_number, source_.facts.next_numbers().user));
    SEATWISE_ASSIGN_OR_RETURN(group_rank_,
                              RanksOf(loaded_.group_number, source_.facts.next_numbers().group));
    return absl::OkStatus();
  }

  absl::Status LoadGroups() {
    StringColumn ids;
    storage::GroupRecord record;
    SEATWISE_RETURN_IF_ERROR(ScanTable(source_, Table::kGroup,
                                       [&](KeyReader key, absl::string_view value) -> absl::Status {
                                         const std::optional<std::string> id = key.Id();
                                         if (!id || !key.AtEnd())
                                           return RecordError("a group", "has a damaged key");
                                         SEATWISE_RETURN_IF_ERROR(DecodeMessage(value, record));
                                         ids.Add(*id);
                                         loaded_.group_number.push_back(record.number());
                                         return absl::OkStatus();
                                       }));
    SEATWISE_CHECK(builder_->SetGroups(std::move(ids)).empty()) << "a key of a store twice";
    return absl::OkStatus();
  }

  // All that names users and groups by numbers. Ids and addresses of users are looked through
  // meanwhile, which nothing waits for: first, since that takes longest.
  absl::Status LoadLinks() {
    IdTable::Built ids;
    std::vector<uint32_t> shared;
    const int parts = source_.large ? kMemberParts : 1;
    std::vector<std::vector<MembershipBatch>> members(static_cast<size_t>(parts));
    SEATWISE_RETURN_IF_ERROR(RunParts(executor_, 3 + parts, [&](int task) -> absl::Status {
      switch (task) {
        case 0:
          ids = IdTable::Build(TakeIds(users_));
          return absl::OkStatus();
        case 1:
          loaded_.addresses = TakeAddresses(users_);
          shared = SharedAddresses(loaded_.addresses.address);
          return absl::OkStatus();
        case 2:
          SEATWISE_RETURN_IF_ERROR(LoadInnerGroups());
          return LoadAssignments();
        default:
          return ReadMembers(task - 3, parts, members[static_cast<size_t>(task - 3)]);
      }
    }));
    SEATWISE_CHECK(
        builder_->SetUsers(std::move(ids), location_, loaded_.created_at, loaded_.addresses, shared)
            .empty())
        << "a key of a store twice";
    for (std::vector<MembershipBatch>& of_part : members) {
      for (MembershipBatch& batch : of_part) builder_->AddMemberships(std::move(batch));
    }
    return absl::OkStatus();
  }

  // The members of a part of the groups.
  absl::Status ReadMembers(int part, int parts, std::vector<MembershipBatch>& batches) const {
    const auto first_group = [&](int i) {
      return static_cast<uint32_t>(uint64_t{group_rank_.size()} * static_cast<uint64_t>(i) /
                                   static_cast<uint64_t>(parts));
    };
    MemberReader reader(source_.large, user_rank_, batches);
    SEATWISE_RETURN_IF_ERROR(
        ScanRows(source_, KeyWriter(Table::kMembers).Number32(first_group(part)).Take(),
                 KeyWriter(Table::kMembers).Number32(first_group(part + 1)).Take(),
                 [&](KeyReader key, absl::string_view value) -> absl::Status {
                   const std::optional<uint32_t> group = key.Number32();
                   if (!group || group_rank_[*group] == kNoRank)
                     return Contradiction("a membership");
                   return reader.Add(group_rank_[*group], value);
                 }));
    return reader.Finish();
  }

  absl::Status LoadInnerGroups() {
    storage::InnerGroupRecord record;
    return ScanTable(source_, Table::kInnerGroup,
                     [&](KeyReader key, absl::string_view value) -> absl::Status {
                       const uint32_t outer = Rank(group_rank_, key.Number32());
                       const uint32_t inner = Rank(group_rank_, key.Number32());
                       if (outer == kNoRank || inner == kNoRank) {
                         return Contradiction("a group in a group");
                       }
                       SEATWISE_RETURN_IF_ERROR(DecodeMessage(value, record));
                       builder_->AddEdge({outer, inner, Time{record.added_at()}});
                       return absl::OkStatus();
                     });
  }

  absl::Status LoadAssignments() {
    storage::AssignmentRecord record;
    return ScanTable(
        source_, Table::kAssignment, [&](KeyReader key, absl::string_view value) -> absl::Status {
          const bool is_group = key.Byte() == 1;
          const uint32_t principal = Rank(is_group ? group_rank_ : user_rank_, key.Number32());
          const std::optional<std::string> id = key.Id();
          const std::optional<SkuNo> sku =
              id ? builder_->catalog().FindSku(*id) : std::optional<SkuNo>();
          if (principal == kNoRank || !sku) return Contradiction("an assignment");
          SEATWISE_RETURN_IF_ERROR(DecodeMessage(value, record));
          for (const std::string& plan : record.disabled_plans()) {
            if (!builder_->catalog().FindPlan(plan)) return Contradiction("an assignment");
          }
          const std::vector<uint64_t> disabled =
              builder_->catalog().BitsOf(ToIds(record.disabled_plans()));
          const Time assigned_at{record.assigned_at()};
          if (is_group) {
            builder_->AddInherited(principal, *sku, disabled, record.priority(), assigned_at);
          } else {
            builder_->AddDirect(principal, *sku, disabled, record.priority(), assigned_at);
          }
          return absl::OkStatus();
        });
  }

  static uint32_t Rank(const std::vector<uint32_t>& ranks, std::optional<uint32_t> number) {
    return number && *number < ranks.size() ? ranks[*number] : kNoRank;
  }

  const Source source_;
  Executor& executor_;
  LoadedFacts loaded_;
  std::optional<ColumnsBuilder> builder_;
  std::vector<UserRows> users_;       // By part; what is taken is empty.
  std::vector<Location> location_;    // Of users.
  std::vector<uint32_t> user_rank_;   // By number.
  std::vector<uint32_t> group_rank_;  // By number.
};

}  // namespace

absl::StatusOr<LoadedFacts> Load(const FactsSnapshot& facts, Executor& executor, uint32_t many) {
  const bool large = facts.next_numbers().user + facts.next_numbers().group >= many;
  return Loader({facts, large}, executor).Load();
}

}  // namespace seatwise
