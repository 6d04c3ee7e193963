// Users, groups and memberships: the large tables. Their names and texts are checked, but become
// facts only if asked for.
//
// Memberships are looked up in batches, since a table of millions of ids does not fit a core's
// cache and single look-ups would wait for memory each (IdTable::FindMany). What is wrong with an
// id shows only there; an id that is found is well spelled.
#include <array>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "engine/model/limits.h"
#include "interchange/folder_reading.h"

namespace seatwise {
namespace {

// The cells of one row of users.csv.
struct UserRow {
  explicit UserRow(InputRow& row)
      : id(row.Id(UserColumn::kId)),
        principal_name(row.Text(UserColumn::kPrincipalName)),
        display_name(row.Text(UserColumn::kDisplayName)),
        usage_location(row.LocationOf(UserColumn::kUsageLocation).value_or(Location())),
        account_enabled(row.Bool(UserColumn::kAccountEnabled, true)),
        type(row.Enum<UserType>(UserColumn::kUserType, kUserTypeNames)),
        created_at(row.TimeOf(UserColumn::kCreatedAt).value_or(Time())),
        proxy_addresses(row.AddressList(UserColumn::kProxyAddresses)) {
    size_t bytes = principal_name.size() + display_name.size();
    for (absl::string_view address : proxy_addresses) bytes += address.size();
    for (size_t i = 0; i < row.header().attributes().size(); ++i) {
      attributes.push_back(row.Attribute(i));
      bytes += attributes.back().size();
    }
    if (bytes <= kMaxFactBytes) return;
    row.Fail(UserColumn::kId, absl::StrCat("the user has ", bytes, " bytes of text; at most ",
                                           kMaxFactBytes, " are allowed"));
  }

  User ToFact(const InputHeader& header) const {
    User user = {.id = UserId(*id),
                 .user_principal_name = std::string(principal_name),
                 .display_name = std::string(display_name),
                 .usage_location = usage_location,
                 .account_enabled = account_enabled,
                 .user_type = type,
                 .created_at = created_at,
                 .proxy_addresses = {},
                 .attributes = {}};
    for (absl::string_view address : proxy_addresses) user.proxy_addresses.emplace(address);
    for (size_t i = 0; i < attributes.size(); ++i) {
      if (attributes[i].empty()) continue;
      user.attributes.emplace(header.attributes()[i].name, attributes[i]);
    }
    return user;
  }

  std::optional<absl::string_view> id;
  absl::string_view principal_name;
  absl::string_view display_name;
  Location usage_location;
  bool account_enabled;
  UserType type;
  Time created_at;
  ListElements proxy_addresses;
  absl::InlinedVector<absl::string_view, 8> attributes;  // By header.attributes().
};

class UserPart final : public InputPart {
 public:
  explicit UserPart(bool keep_facts) : keep_facts_(keep_facts) {}

  void Read(InputRow& row) override {
    const UserRow user(row);
    row.Key({user.id});
    if (!user.id) return;
    for (absl::string_view address : user.proxy_addresses) {
      addresses.address.Add(address);
      addresses.user.push_back(static_cast<uint32_t>(ids.size()));
    }
    ids.Add(*user.id);
    locations.push_back(user.usage_location);
    created_at.push_back(user.created_at);
    if (keep_facts_ && row.ok()) users.push_back(user.ToFact(row.header()));
  }

  StringColumn ids;
  std::vector<Location> locations;  // These two by position of the id.
  std::vector<Time> created_at;
  AddressColumn addresses;
  std::vector<User> users;

 private:
  bool keep_facts_;
};

class GroupPart final : public InputPart {
 public:
  explicit GroupPart(bool keep_facts) : keep_facts_(keep_facts) {}

  void Read(InputRow& row) override {
    const auto id = row.Id(GroupColumn::kId);
    row.Key({id});
    const absl::string_view display_name = row.Text(GroupColumn::kDisplayName);
    const absl::string_view rule = row.Text(GroupColumn::kMembershipRule);
    if (id) ids.Add(*id);
    if (!keep_facts_ || !row.ok()) return;
    groups.push_back({.id = GroupId(*id),
                      .display_name = std::string(display_name),
                      .membership_rule = std::string(rule)});
  }

  StringColumn ids;
  std::vector<Group> groups;

 private:
  bool keep_facts_;
};

class MemberPart final : public InputPart {
 public:
  MemberPart(const KnownIds& users, const KnownIds& groups, bool keep_facts)
      : users_(users), groups_(groups), keep_facts_(keep_facts) {}

  void Read(InputRow& row) override {
    const auto type = row.EnumValue(MemberColumn::kType, kPrincipalTypeNames);
    const auto added_at = row.TimeOf(MemberColumn::kAddedAt);
    const auto group = row.Value(MemberColumn::kGroup);
    const auto member = row.Value(MemberColumn::kMember);
    if (row.wants_key()) {
      row.Key({row.Id(MemberColumn::kGroup), type ? row.Value(MemberColumn::kType) : std::nullopt,
               row.Id(MemberColumn::kMember)});
    }
    if (row.broken()) return;
    rows_[pending_] = {
        .line = row.line(), .ok = row.ok(), .type = type, .added_at = added_at.value_or(Time())};
    const bool is_user = type == static_cast<size_t>(PrincipalType::kUser);
    group_ids_[pending_] = group.value_or(absl::string_view());
    member_ids_[pending_] = member.value_or(absl::string_view());
    user_ids_[pending_] = is_user ? member_ids_[pending_] : absl::string_view();
    if (++pending_ == kBatch) Flush(row);
  }

  void Finish(InputRow& row) override {
    Flush(row);
    if (4 * batch.runs.size() > batch.user.size()) SpellRunsOut();
    batch.user.shrink_to_fit();
    batch.added_at.shrink_to_fit();
    batch.runs.shrink_to_fit();
  }

  MembershipBatch batch;
  std::vector<GroupEdge> edges;
  std::vector<Membership> memberships;

 private:
  static constexpr size_t kBatch = 256;

  // A row but for its ids, which stand in arrays of their own. A bad id is empty there.
  struct Pending {
    int64_t line = 0;
    bool ok = false;
    std::optional<size_t> type;
    Time added_at;
  };

  void Flush(InputRow& row) {
    std::array<uint32_t, kBatch> groups;
    std::array<uint32_t, kBatch> users;
    FindGroups(absl::MakeSpan(groups).first(pending_));
    users_.ids->FindMany({user_ids_.data(), pending_}, {users.data(), pending_});
    for (size_t i = 0; i < pending_; ++i) {
      const bool is_user = rows_[i].type == static_cast<size_t>(PrincipalType::kUser);
      const uint32_t group = Found(row, i, MemberColumn::kGroup, groups_, group_ids_[i], groups[i]);
      const uint32_t member =
          is_user ? Found(row, i, MemberColumn::kMember, users_, member_ids_[i], users[i])
                  : FindSubgroup(row, i);
      if (!rows_[i].ok || group == IdTable::kNone || member == IdTable::kNone) continue;
      is_user ? AddUser(i, group, member) : AddEdge(i, group, member);
    }
    pending_ = 0;
  }

  // Files mostly have the members of a group together: an id that stands in the row above is the
  // same group.
  void FindGroups(absl::Span<uint32_t> groups) {
    std::array<absl::string_view, kBatch> ids;
    std::array<uint32_t, kBatch> found;
    size_t count = 0;
    for (size_t i = 0; i < groups.size(); ++i) {
      if (i == 0 || group_ids_[i] != group_ids_[i - 1]) ids[count++] = group_ids_[i];
      groups[i] = static_cast<uint32_t>(count - 1);
    }
    groups_.ids->FindMany({ids.data(), count}, {found.data(), count});
    for (uint32_t& group : groups) group = found[group];
  }

  // Where a file has each user's groups together, runs are longer than rows.
  void SpellRunsOut() {
    for (const MembershipBatch::Run& run : batch.runs) batch.group.resize(run.end, run.group);
    batch.runs.clear();
  }

  // Answers `number`, and says why if there is none for the id.
  uint32_t Found(InputRow& row, size_t i, int column, const KnownIds& known, absl::string_view id,
                 uint32_t number) {
    if (number == IdTable::kNone && !id.empty()) {
      row.FailFind(rows_[i].line, column, id, known, "membership");
    }
    return number;
  }

  // Groups in groups are few. Of which type a member is may be unknown.
  uint32_t FindSubgroup(InputRow& row, size_t i) {
    const absl::string_view id = member_ids_[i];
    if (!rows_[i].type) {
      static constexpr KnownIds kAny = {.complete = false};
      return Found(row, i, MemberColumn::kMember, kAny, id, IdTable::kNone);
    }
    const uint32_t number = groups_.ids->Find(id).value_or(IdTable::kNone);
    return Found(row, i, MemberColumn::kMember, groups_, id, number);
  }

  void AddUser(size_t i, GroupNo group, UserNo user) {
    batch.user.push_back(user);
    batch.added_at.push_back(rows_[i].added_at);
    if (batch.runs.empty() || batch.runs.back().group != group) {
      batch.runs.push_back({.group = group});
    }
    batch.runs.back().end = static_cast<uint32_t>(batch.user.size());
    if (keep_facts_) AddFact(i, UserId(member_ids_[i]));
  }

  void AddEdge(size_t i, GroupNo parent, GroupNo child) {
    edges.push_back({.parent = parent, .child = child, .added_at = rows_[i].added_at});
    if (keep_facts_) AddFact(i, GroupId(member_ids_[i]));
  }

  void AddFact(size_t i, Principal member) {
    memberships.push_back({.group = GroupId(group_ids_[i]),
                           .member = std::move(member),
                           .added_at = rows_[i].added_at});
  }

  const KnownIds& users_;
  const KnownIds& groups_;
  const bool keep_facts_;
  size_t pending_ = 0;
  std::array<Pending, kBatch> rows_;
  std::array<absl::string_view, kBatch> group_ids_;
  std::array<absl::string_view, kBatch> member_ids_;
  std::array<absl::string_view, kBatch> user_ids_;  // The members that are users.
};

// Users as they arrive, part by part.
struct UserColumns {
  void Append(const UserPart& part) {
    const uint32_t base = static_cast<uint32_t>(ids.size());
    ids.Append(part.ids);
    locations.insert(locations.end(), part.locations.begin(), part.locations.end());
    created_at.insert(created_at.end(), part.created_at.begin(), part.created_at.end());
    addresses.address.Append(part.addresses.address);
    for (uint32_t user : part.addresses.user) addresses.user.push_back(base + user);
  }

  StringColumn ids;
  std::vector<Location> locations;
  std::vector<Time> created_at;
  AddressColumn addresses;
};

}  // namespace

void FolderReading::ReadUsers() {
  InputTable& table = Open(kUserTable);
  const auto make = [&] { return UserPart(makes_facts()); };
  UserColumns columns;
  table.Read(KeyCheck::kLater, make, [&](UserPart& part) {
    columns.Append(part);
    Keep(part.users, facts_.users);
  });
  const std::vector<uint32_t> repeated =
      builder_->SetUsers(std::move(columns.ids), columns.locations, columns.created_at,
                         columns.addresses, table_options_.executor);
  if (!repeated.empty()) table.FindRepeatedKeys(make);
  users_ = Know(table, builder_->users(), "user");
}

void FolderReading::ReadGroups() {
  InputTable& table = Open(kGroupTable);
  const auto make = [&] { return GroupPart(makes_facts()); };
  StringColumn ids;
  table.Read(KeyCheck::kLater, make, [&](GroupPart& part) {
    ids.Append(part.ids);
    Keep(part.groups, facts_.groups);
  });
  if (!builder_->SetGroups(std::move(ids)).empty()) table.FindRepeatedKeys(make);
  groups_ = Know(table, builder_->groups(), "group");
}

void FolderReading::ReadMembers() {
  InputTable& table = Open(kMemberTable);
  members_ = &table;
  table.Read(
      KeyCheck::kLater, [&] { return MemberPart(users_, groups_, makes_facts()); },
      [&](MemberPart& part) {
        if (!ok()) return;  // Nothing will come of it.
        builder_->AddMemberships(std::move(part.batch));
        for (const GroupEdge& edge : part.edges) builder_->AddEdge(edge);
        Keep(part.memberships, facts_.memberships);
      });
}

void FolderReading::FindRepeatedMembers() {
  members_->FindRepeatedKeys([&] { return MemberPart(users_, groups_, false); });
}

}  // namespace seatwise
