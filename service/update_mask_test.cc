#include "service/update_mask.h"

#include <string>

#include "google/protobuf/text_format.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "seatwise/v1/catalog.pb.h"
#include "seatwise/v1/directory.pb.h"
#include "seatwise/v1/tenant.pb.h"
#include "service/errors.h"

namespace seatwise {
namespace {

template <typename Message>
Message Read(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// The resource after an update, or the reason why not.
template <typename Message>
std::string Updated(const std::string& stored, const std::string& mask, const std::string& patch) {
  Message resource = Read<Message>(stored);
  const absl::Status status =
      ApplyUpdate(Read<google::protobuf::FieldMask>(mask), Read<Message>(patch), resource);
  return status.ok() ? resource.ShortDebugString() : ErrorInfoOf(status).reason();
}

constexpr char kUser[] =
    "name: \"n\" user_id: \"u\" display_name: \"U\" usage_location: \"IN\" account_enabled: false "
    "proxy_addresses: \"a\" attributes { key: \"k\" value: \"v\" }";

TEST(UpdateMaskTest, TheFieldsOfTheMaskAreReplaced) {
  const struct {
    std::string mask, patch, updated;
  } cases[] = {
      {"paths: 'display_name'", "display_name: 'V' usage_location: 'US'",
       "name: \"n\" user_id: \"u\" display_name: \"V\" usage_location: \"IN\" account_enabled: "
       "false proxy_addresses: \"a\" attributes { key: \"k\" value: \"v\" }"},
      {"paths: ['usage_location', 'account_enabled', 'proxy_addresses']", "proxy_addresses: 'b'",
       "name: \"n\" user_id: \"u\" display_name: \"U\" proxy_addresses: \"b\" attributes { key: "
       "\"k\" value: \"v\" }"},
      {"", "name: 'n' etag: 'e' account_enabled: true attributes { key: 'x' value: 'y' }",
       "name: \"n\" user_id: \"u\" display_name: \"U\" usage_location: \"IN\" account_enabled: "
       "true proxy_addresses: \"a\" attributes { key: \"x\" value: \"y\" }"},
      {"paths: '*'", "name: 'n' user_id: 'other' user_principal_name: 'u@x'",
       "name: \"n\" user_id: \"u\" user_principal_name: \"u@x\""},
  };
  for (const auto& c : cases) EXPECT_EQ(Updated<v1::User>(kUser, c.mask, c.patch), c.updated);
}

TEST(UpdateMaskTest, MasksThatNameWhatCannotChangeAreRefused) {
  for (const char* path : {"name", "user_id", "etag", "nothing", "attributes.k", "created_at.x",
                           "proxy_addresses.0", "", "Display_name", "*.x"}) {
    const std::string mask = std::string("paths: 'display_name' paths: '") + path + "'";
    EXPECT_EQ(Updated<v1::User>(kUser, mask, "display_name: 'V'"), "INVALID_UPDATE_MASK") << path;
  }
  EXPECT_EQ(Updated<v1::Subscription>("", "paths: 'sku_id'", "sku_id: 's'"), "sku_id: \"s\"");
  EXPECT_EQ(Updated<v1::Sku>("", "paths: 'sku_id'", "sku_id: 's'"), "INVALID_UPDATE_MASK");
}

TEST(UpdateMaskTest, OneSettingOfATenantChangesAlone) {
  EXPECT_EQ(Updated<v1::Tenant>("settings { retention_days: 5 }", "paths: 'settings.nested_groups'",
                                "settings { nested_groups: true retention_days: 9 }"),
            "settings { nested_groups: true retention_days: 5 }");
}

TEST(UpdateMaskTest, OfTwoWaysToSayTheOverageTheNewOneHolds) {
  EXPECT_EQ(Updated<v1::Sku>("overage_units: 5", "", "unlimited_overage: true"),
            "unlimited_overage: true");
  EXPECT_EQ(Updated<v1::Sku>("unlimited_overage: true", "paths: '*'", "overage_units: 5"),
            "overage_units: 5");
}

}  // namespace
}  // namespace seatwise
