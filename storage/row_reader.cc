#include "storage/row_reader.h"

#include <utility>

#include "base/status_macros.h"
#include "storage/keys.h"
#include "storage/record_format.h"
#include "storage/record_reader.h"
#include "storage/records.h"

namespace seatwise {
namespace {

absl::Status DamagedKey() { return RecordError("a fact", "has a damaged key"); }

}  // namespace

absl::StatusOr<Fact> RowReader::Read(absl::string_view key, absl::string_view value) {
  switch (TableOf(key).value_or(Table::kHead)) {
    case Table::kUser:
      return ReadUser(value);
    case Table::kGroup:
      return ReadGroup(value);
    case Table::kInnerGroup:
      return ReadInnerGroup(key, value);
    case Table::kAssignment:
      return ReadAssignment(key, value);
    case Table::kObserved:
      return ReadObserved(key, value);
    default:
      return DecodeFact(value);
  }
}

absl::StatusOr<UserId> RowReader::User(uint32_t number) {
  if (!user_.id || user_.number != number) {
    SEATWISE_ASSIGN_OR_RETURN(auto name, UserName(number));
    user_ = {number, std::move(*name.mutable_id())};
  }
  return UserId(*user_.id);
}

absl::StatusOr<GroupId> RowReader::Group(uint32_t number) {
  if (!group_.id || group_.number != number) {
    SEATWISE_ASSIGN_OR_RETURN(auto name, GroupName(number));
    group_ = {number, std::move(*name.mutable_id())};
  }
  return GroupId(*group_.id);
}

absl::StatusOr<Principal> RowReader::Named(NumberedPrincipal principal) {
  if (principal.is_group) return Group(principal.number);
  return User(principal.number);
}

absl::StatusOr<storage::UserNameRecord> RowReader::UserName(uint32_t number) {
  return MustReadRecord<storage::UserNameRecord>(snapshot_, tenant_, UserNameKey(number),
                                                 "a user's names");
}

absl::StatusOr<storage::GroupNameRecord> RowReader::GroupName(uint32_t number) {
  return MustReadRecord<storage::GroupNameRecord>(snapshot_, tenant_, GroupNameKey(number),
                                                  "a group's names");
}

absl::StatusOr<Fact> RowReader::ReadUser(absl::string_view value) {
  SEATWISE_ASSIGN_OR_RETURN(const auto user, Decoded<storage::UserRecord>(value));
  SEATWISE_ASSIGN_OR_RETURN(const auto name, UserName(user.number()));
  return FromUserRecords(user, name);
}

absl::StatusOr<Fact> RowReader::ReadGroup(absl::string_view value) {
  SEATWISE_ASSIGN_OR_RETURN(const auto group, Decoded<storage::GroupRecord>(value));
  SEATWISE_ASSIGN_OR_RETURN(const auto name, GroupName(group.number()));
  return FromGroupRecord(name);
}

absl::StatusOr<Fact> RowReader::ReadInnerGroup(absl::string_view key, absl::string_view value) {
  KeyReader reader(key);
  const std::optional<uint32_t> outer = reader.Number32();
  const std::optional<uint32_t> inner = reader.Number32();
  if (!inner || !reader.AtEnd()) return DamagedKey();
  SEATWISE_ASSIGN_OR_RETURN(const auto record, Decoded<storage::InnerGroupRecord>(value));
  Membership membership{.added_at = Time{record.added_at()}};
  SEATWISE_ASSIGN_OR_RETURN(const auto name, GroupName(*inner));
  membership.member = GroupId(name.id());
  SEATWISE_ASSIGN_OR_RETURN(membership.group, Group(*outer));
  return membership;
}

absl::StatusOr<Fact> RowReader::ReadAssignment(absl::string_view key, absl::string_view value) {
  KeyReader reader(key);
  const std::optional<uint8_t> kind = reader.Byte();
  const std::optional<uint32_t> number = reader.Number32();
  std::optional<std::string> sku = reader.Id();
  if (!sku || !reader.AtEnd() || *kind > 1) return DamagedKey();
  SEATWISE_ASSIGN_OR_RETURN(const auto record, Decoded<storage::AssignmentRecord>(value));
  SEATWISE_ASSIGN_OR_RETURN(Principal principal,
                            Named({.is_group = *kind == 1, .number = *number}));
  return FromAssignmentRecord(std::move(principal), SkuId(*std::move(sku)), record);
}

absl::StatusOr<Fact> RowReader::ReadObserved(absl::string_view key, absl::string_view value) {
  KeyReader reader(key);
  std::optional<std::string> user = reader.Id();
  std::optional<std::string> sku = reader.Id();
  if (!sku || !reader.AtEnd()) return DamagedKey();
  SEATWISE_ASSIGN_OR_RETURN(const auto record, Decoded<storage::ObservedRecord>(value));
  return FromObservedRecord(UserId(*std::move(user)), SkuId(*std::move(sku)), record);
}

}  // namespace seatwise
