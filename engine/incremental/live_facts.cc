#include "engine/incremental/live_facts.h"

namespace seatwise {

std::optional<uint32_t> LiveFacts::FindUser(absl::string_view id) const {
  return FindText(user_hashes, id, [&](uint32_t user) { return UserIdOf(user); });
}

std::optional<uint32_t> LiveFacts::FindGroup(absl::string_view id) const {
  return FindText(group_hashes, id, [&](uint32_t group) { return GroupIdOf(group); });
}

namespace {

template <typename IdOf>
void VisitInOrder(const OrderIndex& order, absl::string_view from, const IdOf& id_of,
                  LiveFacts::VisitNumber visit) {
  order.ForEachFrom(
      from, [&](const OrderedNumber& entry) { return visit(entry.number, id_of(entry.number)); },
      OrderById<IdOf>{id_of});
}

}  // namespace

void LiveFacts::ForEachUserFrom(absl::string_view id, VisitNumber visit) const {
  VisitInOrder(user_order, id, [&](uint32_t user) { return UserIdOf(user); }, visit);
}

void LiveFacts::ForEachGroupFrom(absl::string_view id, VisitNumber visit) const {
  VisitInOrder(group_order, id, [&](uint32_t group) { return GroupIdOf(group); }, visit);
}

void LiveFacts::GiveTo(const LiveFacts& heir) {
  users.GiveTo(heir.users);
  groups.GiveTo(heir.groups);
  members.GiveTo(heir.members);
  carriers.GiveTo(heir.carriers);
  shapes.GiveTo(heir.shapes);
}

size_t LiveFacts::ApproximateBytes() const {
  // Of a member, an index entry and a record's place: with what nodes leave unused.
  constexpr size_t kMember = 6, kEntry = 24, kPlace = 10;
  size_t bytes = 0;
  users.ForEach([&](uint32_t, const Ref<UserRecord>& user) {
    bytes += kPlace;
    if (!user) return;
    bytes += user->bytes() + user->groups().size() * kMember;
    bytes += user->direct().size() * (sizeof(DirectAssignment) + kMember);
    bytes += (2 + user->addresses()) * kEntry;
  });
  groups.ForEach([&](uint32_t number, const Ref<GroupRecord>& group) {
    bytes += 3 * kPlace + sizeof(PersistentTree<uint32_t>);
    if (!group) return;
    bytes += sizeof(GroupRecord) + group->id.value().size() + 2 * kEntry;
    bytes += (group->children.size() + group->parents.size()) * sizeof(GroupLink);
    bytes += group->assignments.size() * (sizeof(LiveAssignment) + sizeof(ClaimShape) + kMember);
    if (carriers[number]) bytes += carriers[number]->list.size() * sizeof(LiveCarrier);
  });
  return bytes;
}

}  // namespace seatwise
