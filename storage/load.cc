// Users lie in the order of their ids, so they come ranked; everything that names users and groups
// does so by numbers, for which two arrays know the ranks:
//
//   kUser "ana" 7, "bob" 3        ->   rank_of_user  [3] = 1, [7] = 0
//   kMembers (group 2) [3 7]      ->   batch (1, rank of 2), (0, rank of 2)
//
// Users are split by the first byte of their ids and members by their groups, in many more parts
// than there are threads, since parts differ in size.
#include "storage/load.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
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

namespace seatwise {
namespace {

constexpr uint32_t kNoRank = IdTable::kNone;
constexpr int kUserParts = 256;  // One for each first byte.
constexpr int kMemberParts = 64;

using VisitRow = absl::FunctionRef<absl::Status(KeyReader key, absl::string_view value)>;

// Visits the rows from `start` on whose keys are before `end`.
absl::Status ScanRows(const FactsSnapshot& facts, const std::string& start, const std::string& end,
                      VisitRow visit) {
  absl::Status status;
  SEATWISE_RETURN_IF_ERROR(facts.bytes().Scan(facts.tenant(),
                                              {.start = start, .end = end, .bulk = true},
                                              [&](absl::string_view key, absl::string_view value) {
                                                status = visit(KeyReader(key), value);
                                                return status.ok();
                                              }));
  return status;
}

absl::Status ScanTable(const FactsSnapshot& facts, Table table, VisitRow visit) {
  const std::string start = KeyWriter(table).Take();
  return ScanRows(facts, start, EndOfPrefix(start), visit);
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

// Users, by rank, or a part of them.
struct UserRows {
  StringColumn ids;
  std::vector<uint32_t> number;
  std::vector<Location> location;
  std::vector<Time> created_at;
  AddressColumn addresses;

  absl::Status Add(absl::string_view id, const storage::UserRecord& record) {
    SEATWISE_ASSIGN_OR_RETURN(const Location where, ToLocation(record.usage_location()));
    for (const std::string& address : record.proxy_addresses()) {
      addresses.address.Add(address);
      addresses.user.push_back(static_cast<uint32_t>(ids.size()));
    }
    ids.Add(id);
    number.push_back(record.number());
    location.push_back(where);
    created_at.push_back(Time{record.created_at()});
    return absl::OkStatus();
  }

  void Append(UserRows part) {
    const uint32_t before = static_cast<uint32_t>(ids.size());
    for (size_t i = 0; i < part.ids.size(); ++i) ids.Add(part.ids[i]);
    number.insert(number.end(), part.number.begin(), part.number.end());
    location.insert(location.end(), part.location.begin(), part.location.end());
    created_at.insert(created_at.end(), part.created_at.begin(), part.created_at.end());
    for (size_t i = 0; i < part.addresses.user.size(); ++i) {
      addresses.address.Add(part.addresses.address[i]);
      addresses.user.push_back(before + part.addresses.user[i]);
    }
  }
};

absl::StatusOr<UserRows> ReadUsers(const FactsSnapshot& facts, int first_byte) {
  UserRows rows;
  storage::UserRecord record;
  const std::string table = KeyWriter(Table::kUser).Take();
  const std::string start = table + static_cast<char>(first_byte);
  SEATWISE_RETURN_IF_ERROR(ScanRows(facts, start, EndOfPrefix(start),
                                    [&](KeyReader key, absl::string_view value) -> absl::Status {
                                      const std::optional<std::string> id = key.Id();
                                      if (!id || !key.AtEnd())
                                        return RecordError("a user", "has a damaged key");
                                      SEATWISE_RETURN_IF_ERROR(DecodeMessage(value, record));
                                      return rows.Add(*id, record);
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

class Loader {
 public:
  Loader(const FactsSnapshot& facts, Executor& executor) : facts_(facts), executor_(executor) {}

  absl::StatusOr<LoadedFacts> Load() {
    SEATWISE_RETURN_IF_ERROR(LoadProducts());
    SEATWISE_RETURN_IF_ERROR(LoadUsers());
    SEATWISE_RETURN_IF_ERROR(LoadGroups());
    SEATWISE_RETURN_IF_ERROR(LoadMembers());
    SEATWISE_RETURN_IF_ERROR(LoadInnerGroups());
    SEATWISE_RETURN_IF_ERROR(LoadAssignments());
    if (!builder_->Finish(executor_).empty()) return Contradiction("a membership");
    loaded_.columns = std::move(*builder_).Take();
    loaded_.next = facts_.next_numbers();
    return std::move(loaded_);
  }

 private:
  absl::Status LoadProducts() {
    FactsCollector products;
    for (size_t kind = 0; kind <= static_cast<size_t>(FactKind::kSubscription); ++kind) {
      FactPage page;
      do {
        SEATWISE_ASSIGN_OR_RETURN(page, facts_.List(static_cast<FactKind>(kind), page.next, 1000));
        for (Fact& fact : page.facts) products.Add(std::move(fact));
      } while (!page.next.empty());
    }
    loaded_.products = std::move(products).Take();
    builder_.emplace(loaded_.products.settings, Catalog::Build(loaded_.products));
    return absl::OkStatus();
  }

  absl::Status LoadUsers() {
    std::vector<UserRows> parts(kUserParts);
    SEATWISE_RETURN_IF_ERROR(RunParts(executor_, kUserParts, [&](int part) -> absl::Status {
      SEATWISE_ASSIGN_OR_RETURN(parts[static_cast<size_t>(part)], ReadUsers(facts_, part));
      return absl::OkStatus();
    }));
    UserRows users;
    for (UserRows& part : parts) users.Append(std::exchange(part, UserRows()));
    SEATWISE_ASSIGN_OR_RETURN(user_rank_, RanksOf(users.number, facts_.next_numbers().user));
    SEATWISE_CHECK(
        builder_->SetUsers(users.ids, users.location, users.created_at, users.addresses).empty())
        << "a key of a store twice";
    loaded_.user_number = std::move(users.number);
    loaded_.created_at = std::move(users.created_at);
    loaded_.addresses = std::move(users.addresses);
    return absl::OkStatus();
  }

  absl::Status LoadGroups() {
    StringColumn ids;
    storage::GroupRecord record;
    SEATWISE_RETURN_IF_ERROR(ScanTable(facts_, Table::kGroup,
                                       [&](KeyReader key, absl::string_view value) -> absl::Status {
                                         const std::optional<std::string> id = key.Id();
                                         if (!id || !key.AtEnd())
                                           return RecordError("a group", "has a damaged key");
                                         SEATWISE_RETURN_IF_ERROR(DecodeMessage(value, record));
                                         ids.Add(*id);
                                         loaded_.group_number.push_back(record.number());
                                         return absl::OkStatus();
                                       }));
    SEATWISE_ASSIGN_OR_RETURN(group_rank_,
                              RanksOf(loaded_.group_number, facts_.next_numbers().group));
    SEATWISE_CHECK(builder_->SetGroups(ids).empty()) << "a key of a store twice";
    return absl::OkStatus();
  }

  absl::StatusOr<MembershipBatch> ReadMembers(uint32_t begin, uint32_t end) const {
    MembershipBatch batch;
    PostingColumns columns;
    SEATWISE_RETURN_IF_ERROR(
        ScanRows(facts_, KeyWriter(Table::kMembers).Number32(begin).Take(),
                 KeyWriter(Table::kMembers).Number32(end).Take(),
                 [&](KeyReader key, absl::string_view value) -> absl::Status {
                   const std::optional<uint32_t> group = key.Number32();
                   if (!group || group_rank_[*group] == kNoRank)
                     return Contradiction("a membership");
                   SEATWISE_RETURN_IF_ERROR(columns.Append(value, PostingKind::kWithTimes));
                   batch.group.resize(columns.numbers.size(), group_rank_[*group]);
                   return absl::OkStatus();
                 }));
    for (uint32_t& user : columns.numbers) {
      if (user >= user_rank_.size() || user_rank_[user] == kNoRank) {
        return Contradiction("a membership");
      }
      user = user_rank_[user];
    }
    batch.user = std::move(columns.numbers);
    batch.added_at = std::move(columns.added_at);
    return batch;
  }

  absl::Status LoadMembers() {
    std::vector<MembershipBatch> batches(kMemberParts);
    const uint64_t groups = group_rank_.size();
    SEATWISE_RETURN_IF_ERROR(RunParts(executor_, kMemberParts, [&](int part) -> absl::Status {
      const uint64_t i = static_cast<uint64_t>(part);
      SEATWISE_ASSIGN_OR_RETURN(
          batches[i], ReadMembers(static_cast<uint32_t>(groups * i / kMemberParts),
                                  static_cast<uint32_t>(groups * (i + 1) / kMemberParts)));
      return absl::OkStatus();
    }));
    for (MembershipBatch& batch : batches) builder_->AddMemberships(std::move(batch));
    return absl::OkStatus();
  }

  absl::Status LoadInnerGroups() {
    storage::InnerGroupRecord record;
    return ScanTable(facts_, Table::kInnerGroup,
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
        facts_, Table::kAssignment, [&](KeyReader key, absl::string_view value) -> absl::Status {
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

  const FactsSnapshot& facts_;
  Executor& executor_;
  LoadedFacts loaded_;
  std::optional<ColumnsBuilder> builder_;
  std::vector<uint32_t> user_rank_;   // By number.
  std::vector<uint32_t> group_rank_;  // By number.
};

}  // namespace

absl::StatusOr<LoadedFacts> Load(const FactsSnapshot& facts, Executor& executor) {
  return Loader(facts, executor).Load();
}

}  // namespace seatwise
