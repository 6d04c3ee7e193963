// A plan shows what will be done, and does nothing: of random changes of random tenants.
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "engine/model/change.h"
#include "engine/model/license_delta.h"
#include "engine/model/tiny_tenant.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "seatwise/v1/change_service.pb.h"
#include "service/change_service.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/facts_to_proto.h"
#include "service/impact.h"
#include "service/license_comparison.h"
#include "service/names.h"
#include "service/runtime_for_test.h"
#include "service/tenant.h"
#include "storage/store.h"
#include "tests/histories/history.h"
#include "tests/histories/random_history.h"

namespace seatwise {
namespace {

using ::testing::HasSubstr;

v1::Change Putting(const Fact& fact) {
  v1::Change change;
  *change.mutable_put() = ToBareProto(fact);
  return change;
}

v1::Change Deleting(const FactKey& key, bool cascade = false) {
  v1::Change change;
  change.mutable_delete_()->set_name(NameOf("contoso", key));
  change.mutable_delete_()->set_cascade(cascade);
  return change;
}

v1::ApplyChangesRequest RequestOf(const ChangeSet& set) {
  v1::ApplyChangesRequest request;
  request.set_parent("tenants/contoso");
  for (const Change& change : set.changes) {
    const auto* put = std::get_if<Put>(&change);
    const auto* deletion = std::get_if<Delete>(&change);
    *request.add_changes() =
        put != nullptr ? Putting(put->fact) : Deleting(deletion->key, deletion->cascade);
  }
  return request;
}

// A plan as its messages tell it.
struct Plan {
  absl::Status status;
  v1::PlanChangesResponse::Plan sums;
  // "user sku" -> "before -> after".
  std::map<std::string, std::string> licenses;
  std::map<std::string, std::string> violations;
  int64_t data_at_risk = 0;
  int messages = 0;
};

std::string InWords(const v1::LicenseValue& value, bool there) {
  return there ? value.ShortDebugString() : "none";
}

Plan PlanOf(RuntimeForTest& runtime, const v1::ApplyChangesRequest& changes) {
  v1::PlanChangesRequest request;
  request.set_parent(changes.parent());
  *request.mutable_changes() = changes.changes();
  request.set_include_rows(true);
  Plan plan;
  plan.status = PlanChanges(runtime.registry, "ana", request, [&](const auto& message) {
    if (++plan.messages == 1) {
      plan.sums = message.plan();
      return true;
    }
    for (const v1::ImpactRows::Run& run : message.rows().licenses()) {
      for (const std::string& user : run.user_ids()) {
        const bool is_new =
            plan.licenses
                .emplace(absl::StrCat(user, " ", run.sku_id()),
                         absl::StrCat(InWords(run.before(), run.has_before()), " -> ",
                                      InWords(run.after(), run.has_after())))
                .second;
        EXPECT_TRUE(is_new) << user;
      }
    }
    for (const v1::ViolationChange& row : message.rows().violations()) {
      plan.violations[row.ShortDebugString()];
    }
    for (const v1::DataAtRisk& row : message.rows().data_at_risk()) {
      plan.data_at_risk += row.plan_ids_size();
    }
    return true;
  });
  return plan;
}

// What a commit did, in the same words.
std::map<std::string, std::string> DoneBy(const LicenseDelta& delta, const TenantState& before,
                                          const TenantState& after) {
  std::map<std::string, std::string> licenses;
  for (const LicenseDelta::Run& run : delta.runs) {
    const auto words = [](const std::optional<LicenseValue>& value) {
      return value.has_value() ? ToProto(*value).ShortDebugString() : "none";
    };
    for (const uint32_t user : run.users) {
      const absl::string_view id = after.live->UserIdOf(user);
      licenses[absl::StrCat(id.empty() ? before.live->UserIdOf(user) : id, " ", run.sku.value())] =
          absl::StrCat(words(run.before), " -> ", words(run.after));
    }
  }
  return licenses;
}

// Every byte that the store holds of a tenant.
std::vector<std::string> BytesOf(RuntimeForTest& runtime, const Tenant& tenant) {
  std::vector<std::string> bytes;
  const auto collect = [&](absl::string_view key, absl::string_view value) {
    bytes.push_back(absl::StrCat(key, " ", value));
    return true;
  };
  EXPECT_TRUE(runtime.store.TakeSnapshot()->Scan(tenant.entry().number, KeyRange{}, collect).ok());
  EXPECT_FALSE(bytes.empty());
  return bytes;
}

void PlanThenApply(uint64_t seed, int64_t& applied) {
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  const histories::History history = histories::MakeHistory(seed).history;
  RuntimeForTest runtime;
  const auto tenant = runtime.NewTenant("contoso");
  ASSERT_TRUE(tenant->Commit(Puts(AllOf(history.start)), {.actor = "ana", .method = "Test"}).ok());
  for (const ChangeSet& step : history.steps) {
    if (step.changes.empty()) continue;
    v1::ApplyChangesRequest request = RequestOf(step);
    const TenantStatePtr before = tenant->Published();
    const std::vector<std::string> bytes = BytesOf(runtime, *tenant);
    const Plan plan = PlanOf(runtime, request);
    EXPECT_EQ(tenant->Published(), before);
    ASSERT_EQ(BytesOf(runtime, *tenant), bytes);
    if (!plan.status.ok()) continue;
    ++applied;
    request.set_plan_token(plan.sums.plan_token());
    request.set_include_impact(true);
    v1::ApplyChangesResponse response;
    const absl::Status done = ApplyChanges(runtime.registry, "ana", request, response);
    ASSERT_TRUE(done.ok()) << done;
    const TenantStatePtr after = tenant->Published();
    v1::Impact shown = plan.sums.impact();
    EXPECT_EQ(shown.DebugString(), response.impact().DebugString());
    EXPECT_EQ(shown.data_at_risk(), plan.data_at_risk);
    EXPECT_EQ(shown.licenses_gained() + shown.licenses_lost() + shown.licenses_changed(),
              static_cast<int64_t>(plan.licenses.size()));
    EXPECT_EQ(plan.violations.empty(), shown.violation_groups_size() == 0);
    // All licenses, held against each other.
    LicenseValues values;
    const auto old_ones = ReadLive(*before->live, values);
    const auto new_ones = ReadLive(*after->live, values);
    const LicenseDelta delta = DifferenceOf(*old_ones, *new_ones, values);
    ASSERT_EQ(plan.licenses, DoneBy(delta, *before, *after));
  }
}

TEST(PlanChangesTest, WhatIsShownIsWhatIsDoneAndNothingIsDoneBefore) {
  int64_t applied = 0;
  for (uint64_t seed = 0; seed < 12 && !HasFatalFailure(); ++seed) PlanThenApply(seed, applied);
  EXPECT_GT(applied, 60) << "the histories do too little";
}

// Ana has e3 by staff, bob e1 of his own.
struct Contoso {
  Contoso() : tenant(runtime.NewTenant("contoso")) {
    SEATWISE_CHECK(
        tenant->Commit(Puts(AllOf(HoldingTenant())), {.actor = "a", .method = "T"}).ok());
  }
  RuntimeForTest runtime;
  std::shared_ptr<Tenant> tenant;

  absl::Status Apply(const v1::ApplyChangesRequest& request) {
    v1::ApplyChangesResponse response;
    return ApplyChanges(runtime.registry, "ana", request, response);
  }
};

v1::ApplyChangesRequest Deletion(const FactKey& key) {
  v1::ApplyChangesRequest request;
  request.set_parent("tenants/contoso");
  *request.add_changes() = Deleting(key, true);
  return request;
}

TEST(PlanChangesTest, AStalePlanSaysWhatDiffers) {
  Contoso contoso;
  auto request = Deletion(UserId("bob"));
  request.set_plan_token(PlanOf(contoso.runtime, request).sums.plan_token());
  ASSERT_TRUE(contoso.Apply(Deletion(AssignmentKey{UserId("bob"), SkuId("e1")})).ok());
  const absl::Status stale = contoso.Apply(request);
  EXPECT_EQ(ReasonOf(stale), v1::PLAN_STALE);
  EXPECT_THAT(stale.message(), HasSubstr("at revision 1 they were to give 0 licenses, take 1"));
  EXPECT_THAT(stale.message(), HasSubstr("at revision 2 they would give 0 licenses, take 0"));
}

TEST(PlanChangesTest, ATokenIsForTheChangesThatWerePlanned) {
  Contoso contoso;
  // Both have no effect on licenses.
  v1::ApplyChangesRequest planned;
  planned.set_parent("tenants/contoso");
  *planned.add_changes() = Putting(tiny::Person("new"));
  v1::ApplyChangesRequest other = planned;
  *other.mutable_changes(0) = Putting(tiny::Person("other"));
  other.set_plan_token(PlanOf(contoso.runtime, planned).sums.plan_token());
  EXPECT_EQ(ReasonOf(contoso.Apply(other)), v1::CONTRADICTION);
  other.set_plan_token("made up");
  EXPECT_EQ(ReasonOf(contoso.Apply(other)), v1::INVALID_PLAN_TOKEN);
}

TEST(PlanChangesTest, TooManyLicensesAreNotTakenUnlessThatIsAllowed) {
  Contoso contoso;
  auto request = Deletion(UserId("bob"));
  request.set_max_removed_percent(10);
  const Plan plan = PlanOf(contoso.runtime, request);
  EXPECT_TRUE(plan.status.ok());
  EXPECT_TRUE(plan.sums.impact().removal_guard().blocked());
  EXPECT_EQ(plan.sums.impact().removal_guard().limit_percent(), 10);
  EXPECT_EQ(plan.sums.impact().removal_guard().removed(), 1);
  const uint64_t revision = contoso.tenant->Published()->revision;
  EXPECT_EQ(ReasonOf(contoso.Apply(request)), v1::REMOVAL_GUARD);
  EXPECT_EQ(contoso.tenant->Published()->revision, revision);
  request.set_max_removed_percent(101);
  EXPECT_EQ(ReasonOf(contoso.Apply(request)), v1::OUT_OF_RANGE);
  request.set_max_removed_percent(100);
  EXPECT_TRUE(contoso.Apply(request).ok());
}

TEST(PlanChangesTest, RowsComeInMessagesAsLargeAsIsWanted) {
  Contoso contoso;
  const auto prepared =
      contoso.tenant->Commit(Deletes({UserId("ana"), UserId("bob")}),
                             {.actor = "a", .method = "T", .validate_only = true});
  ASSERT_TRUE(prepared.ok());
  const std::shared_ptr<const Impact> impact = ImpactOf(*prepared);
  for (const size_t bytes : {1, 40, 1 << 20}) {
    int messages = 0;
    int users = 0;
    EXPECT_TRUE(ForEachRows(*impact, bytes, [&](const v1::ImpactRows& rows) {
      ++messages;
      for (const auto& run : rows.licenses()) users += run.user_ids_size();
      return true;
    }));
    EXPECT_EQ(messages == 1, bytes > 100) << bytes;
    int64_t want = 0;
    for (const auto& run : impact->delta().runs) want += static_cast<int64_t>(run.users.size());
    EXPECT_EQ(users, want) << bytes;
  }
  EXPECT_FALSE(ForEachRows(*impact, 1, [](const v1::ImpactRows&) { return false; }));
}

}  // namespace
}  // namespace seatwise
