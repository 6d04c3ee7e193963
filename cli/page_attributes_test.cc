#include "cli/page_attributes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "seatwise/v1/user_service.pb.h"

namespace seatwise::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Twelve users.
class FakeClient final : public Client {
 public:
  absl::Status CallInto(absl::string_view, const google::protobuf::Message&,
                        google::protobuf::Message& response) override {
    for (int i = 0; i < users; ++i) {
      auto& attributes =
          *static_cast<v1::ListUsersResponse&>(response).add_users()->mutable_attributes();
      attributes["number"] = absl::StrCat(i);
      attributes["pair"] = absl::StrCat(i / 2);
      attributes["department"] = absl::StrCat(i % 3);
      if (i < 6) attributes["city"] = "Lisboa";
    }
    return absl::OkStatus();
  }
  std::unique_ptr<Stream> Open(absl::string_view) override { return nullptr; }

  int users = 12;
};

TEST(PageAttributesTest, ThoseWhoseValuesUsersShareAreShown) {
  FakeClient client;
  EXPECT_THAT(*GroupingAttributes(client, "t", 9), ElementsAre("city", "department", "pair"));
  EXPECT_THAT(*GroupingAttributes(client, "t", 2), ElementsAre("department", "pair"))
      << "fewer users have a city";
  client.users = 1;
  EXPECT_THAT(*GroupingAttributes(client, "t", 9), IsEmpty());
}

}  // namespace
}  // namespace seatwise::cli
