// One class per group of files; ids are spelled anew at each mention, which is faster than looking
// them up in tens of megabytes.
#include "bench/workload/folder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "bench/workload/guid.h"
#include "bench/workload/identity.h"
#include "bench/workload/random.h"
#include "bench/workload/timeline.h"

namespace seatwise::workload {

namespace {

absl::string_view Spell(bool value) { return value ? "true" : "false"; }

absl::string_view Spell(SubscriptionStatus status) {
  switch (status) {
    case SubscriptionStatus::kEnabled:
      return "Enabled";
    case SubscriptionStatus::kWarning:
      return "Warning";
    case SubscriptionStatus::kSuspended:
      return "Suspended";
    case SubscriptionStatus::kLockedOut:
      return "LockedOut";
    case SubscriptionStatus::kDeleted:
      break;
  }
  return "Deleted";
}

// Takes the files as they are finished.
class Writer {
 public:
  Writer(const Tenant& tenant, const std::string& folder)
      : tenant_(tenant), seed_(tenant.options.seed), folder_(folder) {}

  absl::Status WriteAll();
  std::vector<FileSize> Take() { return std::move(sizes_); }

 private:
  // Creates `name`, lets `rows` fill it, and closes it.
  template <typename Rows>
  absl::Status Write(absl::string_view name, absl::string_view header, Rows rows) {
    SEATWISE_ASSIGN_OR_RETURN(CsvFile file, CsvFile::Create(folder_, name, header));
    rows(file);
    SEATWISE_ASSIGN_OR_RETURN(FileSize size, file.Close());
    sizes_.push_back(std::move(size));
    return absl::OkStatus();
  }

  absl::Status WriteCatalog();
  absl::Status WriteRelations();
  absl::Status WriteDirectory();

  void AddTenant(CsvFile& file) const;
  void AddSkus(CsvFile& file) const;
  void AddPlans(CsvFile& file) const;
  void AddSkuPlans(CsvFile& file) const;
  void AddConflicts(CsvFile& file) const;
  void AddRequirements(CsvFile& file) const;
  void AddProhibitions(CsvFile& file) const;
  void AddSubscriptions(CsvFile& file) const;
  void AddUsers(CsvFile& file) const;
  void AddUser(uint32_t user, Sharing sharing, CsvFile& file) const;
  void AddGroups(CsvFile& file) const;
  void AddMembers(CsvFile& file) const;
  void AddAssignments(CsvFile& file) const;
  void AddAssignment(absl::string_view type, GuidKind kind, const Assignment& assignment,
                     CsvFile& file) const;

  Guid Id(GuidKind kind, uint64_t index) const { return MakeGuid(seed_, kind, index); }
  template <typename Plans>
  std::string PlanList(const Plans& plans) const;

  const Tenant& tenant_;
  const uint64_t seed_;
  const std::string& folder_;
  std::vector<FileSize> sizes_;
};

absl::Status Writer::WriteAll() {
  SEATWISE_RETURN_IF_ERROR(Write("tenant.json", "", [this](CsvFile& file) { AddTenant(file); }));
  SEATWISE_RETURN_IF_ERROR(WriteCatalog());
  SEATWISE_RETURN_IF_ERROR(WriteRelations());
  return WriteDirectory();
}

absl::Status Writer::WriteCatalog() {
  SEATWISE_RETURN_IF_ERROR(Write("skus.csv", "sku_id,part_number,display_name,overage_units",
                                 [this](CsvFile& file) { AddSkus(file); }));
  SEATWISE_RETURN_IF_ERROR(Write("service_plans.csv",
                                 "plan_id,name,display_name,applies_to,unique_address,retains_data",
                                 [this](CsvFile& file) { AddPlans(file); }));
  return Write("sku_plans.csv", "sku_id,plan_id", [this](CsvFile& file) { AddSkuPlans(file); });
}

absl::Status Writer::WriteRelations() {
  SEATWISE_RETURN_IF_ERROR(Write("plan_conflicts.csv", "plan_id,conflicts_with_plan_id",
                                 [this](CsvFile& file) { AddConflicts(file); }));
  SEATWISE_RETURN_IF_ERROR(Write("plan_requirements.csv", "plan_id,requires_any_of",
                                 [this](CsvFile& file) { AddRequirements(file); }));
  return Write("plan_prohibited_locations.csv", "plan_id,location",
               [this](CsvFile& file) { AddProhibitions(file); });
}

absl::Status Writer::WriteDirectory() {
  SEATWISE_RETURN_IF_ERROR(
      Write("subscriptions.csv",
            "subscription_id,sku_id,units,status,self_service,unit_price,currency,renews_at",
            [this](CsvFile& file) { AddSubscriptions(file); }));
  SEATWISE_RETURN_IF_ERROR(
      Write("users.csv",
            "user_id,user_principal_name,display_name,usage_location,account_enabled,user_type,"
            "created_at,proxy_addresses,attr:department",
            [this](CsvFile& file) { AddUsers(file); }));
  SEATWISE_RETURN_IF_ERROR(Write("groups.csv", "group_id,display_name,membership_rule",
                                 [this](CsvFile& file) { AddGroups(file); }));
  SEATWISE_RETURN_IF_ERROR(Write("members.csv", "group_id,member_type,member_id,added_at",
                                 [this](CsvFile& file) { AddMembers(file); }));
  return Write("assignments.csv",
               "principal_type,principal_id,sku_id,disabled_plans,priority,assigned_at",
               [this](CsvFile& file) { AddAssignments(file); });
}

// No default location, so that users without one lack it (rule K1).
void Writer::AddTenant(CsvFile& file) const {
  const bool atomic = tenant_.options.mode == Mode::kGroupAtomic;
  file.Field(absl::StrCat("{\"assignment_mode\":\"", atomic ? "GROUP_ATOMIC" : "SKU_INDEPENDENT",
                          "\",\"nested_groups\":", Spell(tenant_.options.nested),
                          ",\"default_usage_location\":\"\",\"retention_days\":30}"));
  file.EndRow();
}

void Writer::AddSkus(CsvFile& file) const {
  for (uint32_t sku = 0; sku < tenant_.catalog.skus.size(); ++sku) {
    const int64_t overage = tenant_.catalog.skus[sku].overage;
    file.Field(Id(GuidKind::kSku, sku).view());
    file.Field(absl::StrCat("SKU_", sku)).QuotedField(absl::StrCat("Product ", sku));
    if (overage == kUnlimited) {
      file.Field("unlimited");
    } else {
      file.Field(overage);
    }
    file.EndRow();
  }
}

void Writer::AddPlans(CsvFile& file) const {
  for (uint32_t number = 0; number < tenant_.catalog.plans.size(); ++number) {
    const Plan& plan = tenant_.catalog.plans[number];
    file.Field(Id(GuidKind::kPlan, number).view());
    file.Field(absl::StrCat("PLAN_", number)).Field(absl::StrCat("Service ", number));
    file.Field(plan.company ? "Company" : "User").Field(Spell(plan.unique_address));
    file.Field(Spell(plan.retains_data)).EndRow();
  }
}

void Writer::AddSkuPlans(CsvFile& file) const {
  for (uint32_t sku = 0; sku < tenant_.catalog.skus.size(); ++sku) {
    for (uint32_t plan : tenant_.catalog.skus[sku].plans) {
      file.Field(Id(GuidKind::kSku, sku).view()).Field(Id(GuidKind::kPlan, plan).view()).EndRow();
    }
  }
}

void Writer::AddConflicts(CsvFile& file) const {
  for (const auto& [plan, other] : tenant_.catalog.conflicts) {
    file.Field(Id(GuidKind::kPlan, plan).view()).Field(Id(GuidKind::kPlan, other).view()).EndRow();
  }
}

template <typename Plans>
std::string Writer::PlanList(const Plans& plans) const {
  std::string list;
  for (uint32_t plan : plans) {
    absl::StrAppend(&list, list.empty() ? "" : ";", Id(GuidKind::kPlan, plan).view());
  }
  return list;
}

void Writer::AddRequirements(CsvFile& file) const {
  for (const Requirement& requirement : tenant_.catalog.requirements) {
    file.Field(Id(GuidKind::kPlan, requirement.plan).view());
    file.Field(PlanList(requirement.any_of)).EndRow();
  }
}

void Writer::AddProhibitions(CsvFile& file) const {
  for (const Prohibition& prohibition : tenant_.catalog.prohibitions) {
    file.Field(Id(GuidKind::kPlan, prohibition.plan).view()).Field(prohibition.location).EndRow();
  }
}

void Writer::AddSubscriptions(CsvFile& file) const {
  for (uint32_t number = 0; number < tenant_.subscriptions.size(); ++number) {
    const Subscription& subscription = tenant_.subscriptions[number];
    Random random(seed_, Stream::kSupply, 1 + number);
    file.Field(Id(GuidKind::kSubscription, number).view());
    file.Field(Id(GuidKind::kSku, subscription.sku).view()).Field(subscription.units);
    file.Field(Spell(subscription.status)).Field(Spell(subscription.self_service));
    if (random.Chance(800'000)) {
      // One draw a statement: the order of a call's arguments is the compiler's choice.
      const uint32_t whole = random.Below(60);
      const uint32_t cents = random.Between(10, 99);
      file.Field(absl::StrCat(whole, ".", cents)).Field("USD");
      file.Field(SpellTime(random.Below(kTimelineDays) * kDaySeconds).view());
    } else {
      file.Field("").Field("").Field("");
    }
    file.EndRow();
  }
}

void Writer::AddUsers(CsvFile& file) const {
  const Sharing sharing =
      tenant_.options.shape == Shape::kSharedAddress ? Sharing::kByThousands : Sharing::kRare;
  for (uint32_t user = 0; user < tenant_.options.users; ++user) AddUser(user, sharing, file);
}

void Writer::AddUser(uint32_t user, Sharing sharing, CsvFile& file) const {
  const Person person = tenant_.people.Of(user);
  const Identity identity = IdentityOf(seed_, user, tenant_.options.users, sharing);
  file.Field(Id(GuidKind::kUser, user).view());
  file.Field(identity.user_principal_name).QuotedField(identity.display_name);
  file.Field(person.location).Field(Spell(person.enabled));
  file.Field(person.guest ? "Guest" : "Member").Field(SpellTime(person.created).view());
  file.Field(identity.proxy_addresses);
  file.Field(absl::StrCat("Department ", person.department)).EndRow();
}

// Some names need quotes, and a few groups have a rule.
void Writer::AddGroups(CsvFile& file) const {
  for (uint32_t group = 0; group < tenant_.options.groups; ++group) {
    const absl::string_view noun = tenant_.design.GroupNoun(group);
    file.Field(Id(GuidKind::kGroup, group).view());
    file.QuotedField(group % 50 == 49   ? absl::StrCat(noun, " ", group, ", restricted")
                     : group % 500 == 7 ? absl::StrCat(noun, " \"", group, "\"")
                                        : absl::StrCat(noun, " ", group));
    file.QuotedField(group % 100 == 3 ? "user.department -eq \"Department 1\"" : "");
    file.EndRow();
  }
}

// Groups first; one time in fourteen has milliseconds.
void Writer::AddMembers(CsvFile& file) const {
  for (const Nesting& nesting : tenant_.nestings) {
    file.Field(Id(GuidKind::kGroup, nesting.group).view()).Field("group");
    file.Field(Id(GuidKind::kGroup, nesting.member).view());
    file.Field(SpellTime(nesting.time).view()).EndRow();
  }
  for (uint32_t group = 0; group < tenant_.roster.groups(); ++group) {
    const Guid group_id = Id(GuidKind::kGroup, group);
    for (const Member& member : tenant_.roster.MembersOf(group)) {
      const auto hash = static_cast<uint32_t>(Mix64(uint64_t{group} << 32 | member.user));
      file.Field(group_id.view()).Field("user").Field(Id(GuidKind::kUser, member.user).view());
      file.Field(
          (hash % 14 == 0 ? SpellTime(member.time, hash % 1000) : SpellTime(member.time)).view());
      file.EndRow();
    }
  }
}

void Writer::AddAssignments(CsvFile& file) const {
  for (const Assignment& assignment : tenant_.assignments.to_groups) {
    AddAssignment("group", GuidKind::kGroup, assignment, file);
  }
  for (const Assignment& assignment : tenant_.assignments.to_users) {
    AddAssignment("user", GuidKind::kUser, assignment, file);
  }
}

void Writer::AddAssignment(absl::string_view type, GuidKind kind, const Assignment& assignment,
                           CsvFile& file) const {
  file.Field(type).Field(Id(kind, assignment.principal).view());
  file.Field(Id(GuidKind::kSku, assignment.sku).view()).Field(PlanList(assignment.disabled));
  file.Field(assignment.priority).Field(SpellTime(assignment.time).view()).EndRow();
}

}  // namespace

absl::StatusOr<std::vector<FileSize>> WriteFolder(const Tenant& tenant, const std::string& folder) {
  Writer writer(tenant, folder);
  SEATWISE_RETURN_IF_ERROR(writer.WriteAll());
  return writer.Take();
}

}  // namespace seatwise::workload
