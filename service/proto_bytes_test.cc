#include "service/proto_bytes.h"

#include <set>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "gtest/gtest.h"
#include "seatwise/v1/change_service.pb.h"
#include "seatwise/v1/fact.pb.h"
#include "seatwise/v1/reconciliation_service.pb.h"
#include "seatwise/v1/user_licensing_service.pb.h"

namespace seatwise {
namespace {

using google::protobuf::Descriptor;

// The packed fields of a message and of those within it.
void FindPacked(const Descriptor& message, std::set<const Descriptor*>& seen,
                std::vector<std::string>& found) {
  if (!seen.insert(&message).second) return;
  for (int i = 0; i < message.field_count(); ++i) {
    const auto& field = *message.field(i);
    if (field.is_packed()) found.push_back(field.full_name());
    if (field.message_type() != nullptr) FindPacked(*field.message_type(), seen, found);
  }
}

TEST(ProtoBytesTest, NothingThatIsDigestedHasPackedFields) {
  for (const Descriptor* digested :
       {v1::Fact::descriptor(), v1::ApplyChangesRequest::descriptor(),
        v1::ReplaceUserLicensesRequest::descriptor(), v1::RunReconciliationRequest::descriptor()}) {
    std::set<const Descriptor*> seen;
    std::vector<std::string> found;
    FindPacked(*digested, seen, found);
    EXPECT_EQ(found, std::vector<std::string>()) << digested->full_name();
  }
}

TEST(ProtoBytesTest, WhatBecameOfAMessageBeforeMakesNoDifference) {
  v1::ApplyChangesRequest request;
  request.add_changes()->mutable_put()->mutable_user()->set_user_id("ana");
  v1::ApplyChangesRequest copy;
  ASSERT_TRUE(copy.ParseFromString(request.SerializeAsString()));
  EXPECT_EQ(SameBytesOf(request), SameBytesOf(copy));
  copy.add_changes()->mutable_delete_()->set_name("tenants/t/users/bob");
  EXPECT_NE(SameBytesOf(request), SameBytesOf(copy));
}

}  // namespace
}  // namespace seatwise
