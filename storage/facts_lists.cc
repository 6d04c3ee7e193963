// Lists of facts, a page at a time. A cursor is a stored key, or what one of a membership would be
// if each had its own: the row that a page ended with.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "base/check.h"
#include "base/status_macros.h"
#include "storage/fact_keys.h"
#include "storage/facts_collector.h"
#include "storage/facts_snapshot.h"
#include "storage/group_lists.h"
#include "storage/keys.h"
#include "storage/posting_list.h"
#include "storage/record.pb.h"
#include "storage/record_format.h"
#include "storage/record_reader.h"
#include "storage/row_reader.h"

namespace seatwise {
namespace {

std::string MemberCursor(uint32_t group, uint32_t user) {
  return KeyWriter(Table::kMembers).Number32(group).Number32(user).Take();
}

// Lists rows of several ranges in turn, from a cursor on, until a page is full.
class Pager {
 public:
  Pager(const FactsSnapshot& facts, absl::string_view cursor, size_t limit)
      : facts_(facts), rows_(facts.bytes(), facts.tenant()), cursor_(cursor), limit_(limit) {
    SEATWISE_CHECK(limit > 0) << "a page of nothing";
  }

  RowReader& rows() { return rows_; }
  const std::string& cursor() const { return cursor_; }

  // Rows that begin with `prefix`; `to_fact` answers what is listed of a row.
  template <typename ToFact>
  absl::Status AddRows(absl::string_view prefix, ToFact to_fact) {
    if (full_) return absl::OkStatus();
    const std::string end = EndOfPrefix(prefix);
    // The cursor's row was listed already; the next possible key has one NUL more.
    const std::string start = cursor_ < prefix ? std::string(prefix) : cursor_ + '\0';
    if (start >= end) return absl::OkStatus();
    absl::Status status;
    SEATWISE_RETURN_IF_ERROR(
        facts_.bytes().Scan(facts_.tenant(), {.start = start, .end = end},
                            [&](absl::string_view key, absl::string_view value) {
                              if (Full()) return false;
                              absl::StatusOr<Fact> fact = to_fact(key, value);
                              status = fact.status();
                              if (status.ok()) Add(*std::move(fact), std::string(key));
                              return status.ok();
                            }));
    return status;
  }

  // The users in a group.
  absl::Status AddMembers(uint32_t group) {
    if (full_ || cursor_ >= MemberCursor(group, UINT32_MAX)) return absl::OkStatus();
    uint32_t from = 0;
    if (cursor_ >= MemberCursor(group, 0)) {
      KeyReader reader(cursor_);
      reader.Number32();
      from = reader.Number32().value_or(0) + 1;
    }
    absl::Status status;
    SEATWISE_RETURN_IF_ERROR(ForEachPosting(facts_.bytes(), {facts_.tenant(), kMemberLists, group},
                                            from, [&](const Posting& posting) {
                                              if (Full()) return false;
                                              status = AddMember(group, posting);
                                              return status.ok();
                                            }));
    return status;
  }

  // Whether the page is full and more would follow.
  bool full() const { return full_; }

  FactPage Take() && { return std::move(page_); }

 private:
  // Asked when there is one more fact: then the page ends with the last row added.
  bool Full() {
    full_ = page_.facts.size() == limit_;
    if (full_) page_.next = last_;
    return full_;
  }

  void Add(Fact fact, std::string key) {
    page_.facts.push_back(std::move(fact));
    last_ = std::move(key);
  }

  absl::Status AddMember(uint32_t group, const Posting& posting) {
    Membership membership{.added_at = posting.added_at};
    SEATWISE_ASSIGN_OR_RETURN(membership.group, rows_.Group(group));
    SEATWISE_ASSIGN_OR_RETURN(membership.member, rows_.User(posting.number));
    Add(std::move(membership), MemberCursor(group, posting.number));
    return absl::OkStatus();
  }

  const FactsSnapshot& facts_;
  RowReader rows_;
  const std::string cursor_;
  const size_t limit_;
  FactPage page_;
  std::string last_;
  bool full_ = false;
};

// A list that rows make which begin with any of the prefixes.
absl::Status CheckCursor(absl::string_view cursor, absl::Span<const std::string> prefixes) {
  if (cursor.empty()) return absl::OkStatus();
  for (const std::string& prefix : prefixes) {
    if (cursor.size() >= prefix.size() && cursor.substr(0, prefix.size()) == prefix) {
      return absl::OkStatus();
    }
  }
  return absl::InvalidArgumentError(
      "the place to go on from belongs to another list; take it from the page before");
}

absl::StatusOr<Fact> MembershipOf(const FactsSnapshot& facts, RowReader& rows, uint32_t group,
                                  const Principal& member, uint32_t number) {
  Membership membership{.member = member};
  SEATWISE_ASSIGN_OR_RETURN(membership.group, rows.Group(group));
  if (IsDirect(member)) {
    SEATWISE_ASSIGN_OR_RETURN(
        const auto posting,
        FindPosting(facts.bytes(), {facts.tenant(), kMemberLists, group}, number));
    if (!posting) return RecordError("a membership", "is missing");
    membership.added_at = posting->added_at;
    return membership;
  }
  SEATWISE_ASSIGN_OR_RETURN(const auto inner, MustReadRecord<storage::InnerGroupRecord>(
                                                  facts.bytes(), facts.tenant(),
                                                  InnerGroupKey(group, number), "a membership"));
  membership.added_at = Time{inner.added_at()};
  return membership;
}

// Every group that has users in it, from that of the cursor on.
absl::Status AddAllMembers(const FactsSnapshot& facts, Pager& pager) {
  uint64_t group = 0;
  if (TableOf(pager.cursor()) == Table::kInnerGroup) return absl::OkStatus();
  if (!pager.cursor().empty()) {
    group = KeyReader(pager.cursor()).Number32().value_or(0);
  }
  while (group <= UINT32_MAX) {
    const std::string start =
        KeyWriter(Table::kMembers).Number32(static_cast<uint32_t>(group)).Take();
    const std::string end = EndOfPrefix(KeyWriter(Table::kMembers).Take());
    std::optional<uint32_t> found;
    SEATWISE_RETURN_IF_ERROR(facts.bytes().Scan(facts.tenant(), {.start = start, .end = end},
                                                [&](absl::string_view key, absl::string_view) {
                                                  found = KeyReader(key).Number32();
                                                  return false;
                                                }));
    if (!found) break;
    SEATWISE_RETURN_IF_ERROR(pager.AddMembers(*found));
    if (pager.full()) break;
    group = uint64_t{*found} + 1;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FactPage> FactsSnapshot::List(FactKind kind, absl::string_view cursor,
                                             size_t limit) const {
  std::vector<std::string> prefixes = {KeyWriter(seatwise::TableOf(kind)).Take()};
  if (kind == FactKind::kMembership) prefixes.push_back(KeyWriter(Table::kInnerGroup).Take());
  SEATWISE_RETURN_IF_ERROR(CheckCursor(cursor, prefixes));
  Pager pager(*this, cursor, limit);
  if (kind == FactKind::kTenantSettings) {
    SEATWISE_ASSIGN_OR_RETURN(auto settings, Find(TenantSettingsKey()));
    FactPage page;
    if (cursor.empty()) page.facts.push_back(*std::move(settings));
    return page;
  }
  if (kind == FactKind::kMembership) {
    SEATWISE_RETURN_IF_ERROR(AddAllMembers(*this, pager));
  }
  const std::string& rest = prefixes.back();
  SEATWISE_RETURN_IF_ERROR(pager.AddRows(rest, [&](absl::string_view key, absl::string_view value) {
    return pager.rows().Read(key, value);
  }));
  return std::move(pager).Take();
}

absl::StatusOr<FactPage> FactsSnapshot::ListMembers(const GroupId& group, absl::string_view cursor,
                                                    size_t limit) const {
  SEATWISE_ASSIGN_OR_RETURN(const auto number, NumberOf(group));
  if (!number) return FactPage();
  const std::string inner = KeyWriter(Table::kInnerGroup).Number32(*number).Take();
  SEATWISE_RETURN_IF_ERROR(
      CheckCursor(cursor, {KeyWriter(Table::kMembers).Number32(*number).Take(), inner}));
  Pager pager(*this, cursor, limit);
  SEATWISE_RETURN_IF_ERROR(pager.AddMembers(*number));
  SEATWISE_RETURN_IF_ERROR(
      pager.AddRows(inner, [&](absl::string_view key, absl::string_view value) {
        return pager.rows().Read(key, value);
      }));
  return std::move(pager).Take();
}

absl::StatusOr<FactPage> FactsSnapshot::ListGroupsOf(const Principal& member,
                                                     absl::string_view cursor, size_t limit) const {
  SEATWISE_ASSIGN_OR_RETURN(const auto number, NumberOf(member));
  if (!number) return FactPage();
  const KeyWriter prefix =
      KeyWriter(IsDirect(member) ? Table::kGroupsOfUser : Table::kOuterGroup).Number32(*number);
  SEATWISE_RETURN_IF_ERROR(CheckCursor(cursor, {KeyWriter(prefix).Take()}));
  FactPage page;
  KeyReader reader(cursor);
  reader.Number32();
  const std::optional<uint32_t> last = reader.Number32();
  if (last == UINT32_MAX) return page;
  RowReader rows(*snapshot_, tenant_);
  absl::Status status;
  uint32_t listed = 0;
  const auto visit = [&](uint32_t group) {
    if (page.facts.size() == limit) {
      page.next = KeyWriter(prefix).Number32(listed).Take();
      return false;
    }
    absl::StatusOr<Fact> fact = MembershipOf(*this, rows, group, member, *number);
    status = fact.status();
    if (status.ok()) page.facts.push_back(*std::move(fact));
    listed = group;
    return status.ok();
  };
  SEATWISE_RETURN_IF_ERROR(ForEachGroupOf(*snapshot_, tenant_,
                                          {.is_group = !IsDirect(member), .number = *number},
                                          last ? *last + 1 : 0, visit));
  SEATWISE_RETURN_IF_ERROR(status);
  return page;
}

absl::StatusOr<FactPage> FactsSnapshot::ListAssignmentsOf(const Principal& principal,
                                                          absl::string_view cursor,
                                                          size_t limit) const {
  SEATWISE_ASSIGN_OR_RETURN(const auto number, NumberOf(principal));
  if (!number) return FactPage();
  const std::string prefix =
      AssignmentsPrefix({.is_group = !IsDirect(principal), .number = *number});
  SEATWISE_RETURN_IF_ERROR(CheckCursor(cursor, {prefix}));
  Pager pager(*this, cursor, limit);
  SEATWISE_RETURN_IF_ERROR(
      pager.AddRows(prefix, [&](absl::string_view key, absl::string_view value) {
        return pager.rows().Read(key, value);
      }));
  return std::move(pager).Take();
}

absl::StatusOr<Facts> FactsSnapshot::ReadAll() const {
  constexpr size_t kRows = 1000;
  FactsCollector all;
  for (size_t kind = 0; kind < kFactKinds; ++kind) {
    FactPage page;
    do {
      SEATWISE_ASSIGN_OR_RETURN(page, List(static_cast<FactKind>(kind), page.next, kRows));
      for (Fact& fact : page.facts) all.Add(std::move(fact));
    } while (!page.next.empty());
  }
  return std::move(all).Take();
}

}  // namespace seatwise
