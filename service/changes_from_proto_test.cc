#include "service/changes_from_proto.h"

#include <string>

#include "engine/model/memory_facts.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "seatwise/v1/change_service.pb.h"
#include "service/facts_to_proto.h"

namespace seatwise {
namespace {

const Group kStaff{.id = GroupId("staff"), .display_name = "Staff"};
const User kAna{.id = UserId("ana"), .created_at = Time{3}};

v1::ApplyChangesRequest Request(const std::string& text) {
  v1::ApplyChangesRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  return request;
}

// The outcome for a tenant with kStaff and kAna: "OK" and the keys, or the reason and field.
std::string Outcome(const std::string& text) {
  Facts facts;
  facts.groups = {kStaff};
  facts.users = {kAna};
  FieldErrors errors;
  const std::vector<InputChange> inputs =
      InputChangesOf(Request(text).changes(), "t", "changes", Time{5}, errors);
  if (!errors.empty()) {
    const auto info = ErrorInfoOf(errors.ToStatus());
    return info.reason() + " " + info.metadata().at("field");
  }
  const auto settled = Settle(inputs, "t", MemoryFacts(facts));
  if (!settled.ok()) return ErrorInfoOf(settled.status()).reason();
  std::string outcome = "OK";
  for (size_t i = 0; i < settled->set.changes.size(); ++i) {
    outcome += " " + inputs[settled->input[i]].path;
  }
  return outcome;
}

TEST(ChangesFromProtoTest, ChangesAreReadAndTheirPreconditionsChecked) {
  const std::string etag = EtagOf(kStaff);
  const struct {
    std::string request;
    std::string outcome;
  } cases[] = {
      {"", "OK"},
      {"changes { put { group { group_id: 'g' } } }", "OK changes[0].put.group"},
      {"changes {}", "FIELD_REQUIRED changes[0]"},
      {"changes { put {} }", "FIELD_REQUIRED changes[0].put.fact"},
      {"changes { put { group {} } }", "FIELD_REQUIRED changes[0].put.group.group_id"},
      {"changes { delete {} }", "FIELD_REQUIRED changes[0].delete.name"},
      {"changes { delete { name: 'x' } }", "INVALID_RESOURCE_NAME changes[0].delete.name"},
      {"changes { delete { name: 'tenants/x/users/u' } }", "CONTRADICTION changes[0].delete.name"},
      {"changes { delete { name: 'tenants/t/users/nobody' } }", "OK changes[0].delete"},
      {"changes { delete { name: 'tenants/t/users/nobody' allow_missing: true } }"
       "changes { delete { name: 'tenants/t/users/ana' allow_missing: true } }",
       "OK changes[1].delete"},
      {"changes { put { group { group_id: 'staff' } } precondition { exists: false } }",
       "ALREADY_EXISTS"},
      {"changes { put { group { group_id: 'x' } } precondition { exists: true } }", "NOT_FOUND"},
      {"changes { put { group { group_id: 'x' } } precondition { exists: false } }",
       "OK changes[0].put.group"},
      {"changes { put { group { group_id: 'staff' } } precondition { etag: 'old' } }",
       "ETAG_MISMATCH"},
      {"changes { delete { name: 'tenants/t/groups/staff' } precondition { etag: '" + etag +
           "' } }",
       "OK changes[0].delete"},
      {"changes { put { group { group_id: 'x' } } precondition { etag: 'old' } }", "NOT_FOUND"},
  };
  for (const auto& c : cases) EXPECT_EQ(Outcome(c.request), c.outcome) << c.request;
}

TEST(ChangesFromProtoTest, ANewFactGetsThePresentTimeAndAnOldOneKeepsItsOwn) {
  Facts facts;
  facts.users = {kAna};
  FieldErrors errors;
  const std::vector<InputChange> inputs =
      InputChangesOf(Request("changes { put { user { user_id: 'ana' display_name: 'Ana' } } }"
                             "changes { put { user { user_id: 'bob' } } }")
                         .changes(),
                     "t", "changes", Time{5}, errors);
  const auto settled = Settle(inputs, "t", MemoryFacts(facts));
  ASSERT_TRUE(settled.ok());
  const auto created_at = [&](size_t i) {
    return std::get<User>(std::get<Put>(settled->set.changes[i]).fact).created_at;
  };
  EXPECT_EQ(created_at(0), Time{3});
  EXPECT_EQ(created_at(1), Time{5});
}

}  // namespace
}  // namespace seatwise
