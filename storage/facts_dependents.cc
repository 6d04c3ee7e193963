// Who names a fact: indexes where there may be many, searches over the products where there are
// few, and over all assignments for their disabled plans.
#include <optional>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "base/status_macros.h"
#include "storage/fact_keys.h"
#include "storage/facts_snapshot.h"
#include "storage/group_lists.h"
#include "storage/keys.h"
#include "storage/posting_list.h"
#include "storage/record_format.h"
#include "storage/row_reader.h"

namespace seatwise {
namespace {

using Visit = absl::FunctionRef<bool(const FactKey&)>;

// A visit of what reading may fail to find: true to go on.
class Visits {
 public:
  explicit Visits(Visit visit) : visit_(visit) {}

  bool Offer(const absl::StatusOr<FactKey>& key) {
    status_ = key.status();
    go_on_ = status_.ok() && visit_(*key);
    return go_on_;
  }
  bool Fail(absl::Status status) {
    status_ = std::move(status);
    return false;
  }
  // Whether nobody asked to stop.
  bool go_on() const { return go_on_; }
  const absl::Status& status() const { return status_; }

 private:
  Visit visit_;
  absl::Status status_;
  bool go_on_ = true;
};

absl::StatusOr<FactKey> MemberKey(RowReader& rows, uint32_t group, NumberedPrincipal member) {
  MembershipKey key;
  SEATWISE_ASSIGN_OR_RETURN(key.group, rows.Group(group));
  SEATWISE_ASSIGN_OR_RETURN(key.member, rows.Named(member));
  return key;
}

absl::Status VisitMembers(const FactsSnapshot& facts, uint32_t group, Visit visit) {
  RowReader rows(facts.bytes(), facts.tenant());
  Visits visits(visit);
  SEATWISE_RETURN_IF_ERROR(ForEachPosting(
      facts.bytes(), {facts.tenant(), kMemberLists, group}, 0, [&](const Posting& posting) {
        return visits.Offer(MemberKey(rows, group, {.is_group = false, .number = posting.number}));
      }));
  if (!visits.status().ok() || !visits.go_on()) return visits.status();
  SEATWISE_RETURN_IF_ERROR(
      ForEachInnerGroup(facts.bytes(), facts.tenant(), group, [&](uint32_t inner) {
        // By itself: the reader remembers one group, the outer one.
        RowReader names(facts.bytes(), facts.tenant());
        return visits.Offer(MemberKey(names, group, {.is_group = true, .number = inner}));
      }));
  return visits.status();
}

absl::Status VisitGroupsOf(const FactsSnapshot& facts, const Principal& member, uint32_t number,
                           Visit visit) {
  RowReader rows(facts.bytes(), facts.tenant());
  Visits visits(visit);
  SEATWISE_RETURN_IF_ERROR(
      ForEachGroupOf(facts.bytes(), facts.tenant(),
                     {.is_group = !IsDirect(member), .number = number}, 0, [&](uint32_t group) {
                       absl::StatusOr<GroupId> id = rows.Group(group);
                       if (!id.ok()) return visits.Fail(id.status());
                       return visits.Offer(FactKey(MembershipKey{*std::move(id), member}));
                     }));
  return visits.status();
}

absl::Status VisitAssignmentsOf(const FactsSnapshot& facts, const Principal& principal,
                                uint32_t number, Visit visit) {
  Visits visits(visit);
  const std::string prefix =
      AssignmentsPrefix({.is_group = !IsDirect(principal), .number = number});
  const std::string end = EndOfPrefix(prefix);
  SEATWISE_RETURN_IF_ERROR(facts.bytes().Scan(
      facts.tenant(), {.start = prefix, .end = end}, [&](absl::string_view key, absl::string_view) {
        KeyReader reader(key);
        reader.Byte();
        reader.Number32();
        std::optional<std::string> sku = reader.Id();
        if (!sku) return visits.Fail(RecordError("an assignment", "has a damaged key"));
        return visits.Offer(FactKey(AssignmentKey{principal, SkuId(*std::move(sku))}));
      }));
  return visits.status();
}

// What an index row of a SKU names.
absl::StatusOr<FactKey> KeyOfIndexRow(RowReader& rows, const SkuId& sku, absl::string_view row) {
  KeyReader reader(row);
  reader.Id();
  if (TableOf(row) == Table::kSubscriptionOfSku) {
    std::optional<std::string> id = reader.Id();
    if (id && reader.AtEnd()) return SubscriptionId(*std::move(id));
  } else {
    const std::optional<uint8_t> kind = reader.Byte();
    const std::optional<uint32_t> number = reader.Number32();
    if (number && reader.AtEnd()) {
      SEATWISE_ASSIGN_OR_RETURN(Principal principal,
                                rows.Named({.is_group = *kind == 1, .number = *number}));
      return AssignmentKey{std::move(principal), sku};
    }
  }
  return RecordError("what names a SKU", "has a damaged key");
}

absl::Status VisitIndexOfSku(const FactsSnapshot& facts, Table index, const SkuId& sku,
                             Visit visit) {
  RowReader rows(facts.bytes(), facts.tenant());
  Visits visits(visit);
  const std::string prefix = KeyWriter(index).Id(sku.value()).Take();
  const std::string end = EndOfPrefix(prefix);
  SEATWISE_RETURN_IF_ERROR(facts.bytes().Scan(facts.tenant(), {.start = prefix, .end = end},
                                              [&](absl::string_view key, absl::string_view) {
                                                return visits.Offer(KeyOfIndexRow(rows, sku, key));
                                              }));
  return visits.status();
}

bool Names(const Fact& fact, Link link, const FactKey& named) {
  bool names = false;
  ForEachReference(
      fact, [&](Link by, const FactKey& key) { names = names || (by == link && key == named); });
  return names;
}

// Looks at every fact of the kind.
absl::Status Search(const FactsSnapshot& facts, const FactKey& named, Link link, Visit visit) {
  RowReader rows(facts.bytes(), facts.tenant());
  Visits visits(visit);
  const std::string prefix = KeyWriter(TableOf(NamingKind(link))).Take();
  const std::string end = EndOfPrefix(prefix);
  SEATWISE_RETURN_IF_ERROR(
      facts.bytes().Scan(facts.tenant(), {.start = prefix, .end = end, .bulk = true},
                         [&](absl::string_view key, absl::string_view value) {
                           const absl::StatusOr<Fact> fact = rows.Read(key, value);
                           if (!fact.ok()) return visits.Fail(fact.status());
                           return !Names(*fact, link, named) || visits.Offer(KeyOf(*fact));
                         }));
  return visits.status();
}

// A principal's key as one.
Principal ToPrincipal(const FactKey& key) {
  if (const auto* user = std::get_if<UserId>(&key)) return *user;
  return std::get<GroupId>(key);
}

}  // namespace

absl::Status FactsSnapshot::ForEachDependent(const FactKey& named, Link link,
                                             absl::FunctionRef<bool(const FactKey&)> visit) const {
  switch (link) {
    case Link::kSubscriptionSku:
      return VisitIndexOfSku(*this, Table::kSubscriptionOfSku, std::get<SkuId>(named), visit);
    case Link::kAssignmentSku:
      return VisitIndexOfSku(*this, Table::kAssignmentOfSku, std::get<SkuId>(named), visit);
    case Link::kMembershipGroup:
    case Link::kMembershipMember:
    case Link::kAssignmentPrincipal:
      break;
    default:
      return Search(*this, named, link, visit);
  }
  const Principal principal = ToPrincipal(named);
  SEATWISE_ASSIGN_OR_RETURN(const auto number, NumberOf(principal));
  if (!number) return absl::OkStatus();
  if (link == Link::kMembershipGroup) return VisitMembers(*this, *number, visit);
  if (link == Link::kMembershipMember) return VisitGroupsOf(*this, principal, *number, visit);
  return VisitAssignmentsOf(*this, principal, *number, visit);
}

}  // namespace seatwise
