#include "service/page_token.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gtest/gtest.h"
#include "seatwise/v1/license_service.pb.h"
#include "seatwise/v1/report_service.pb.h"
#include "service/errors.h"

namespace seatwise {
namespace {

constexpr absl::string_view kMethod = "List";

v1::ListEffectiveLicensesRequest Request() {
  v1::ListEffectiveLicensesRequest request;
  request.set_parent("tenants/t");
  request.set_sku_id("s");
  return request;
}

const PagePosition kPosition{.revision = 0x0102030405060708, .place = std::string("a\0b", 3)};

TEST(PageTokenTest, ATokenBringsBackItsPositionOnAnyPage) {
  const PageTokens tokens("key");
  v1::ListEffectiveLicensesRequest request = Request();
  request.set_page_token(tokens.Make(kMethod, request, kPosition));
  request.set_page_size(7);
  request.set_min_revision(9);
  EXPECT_EQ(tokens.Open(kMethod, request).value(), kPosition);
  EXPECT_EQ(tokens.Open(kMethod, Request()).value(), PagePosition());
}

TEST(PageTokenTest, ATokenIsForOneRequestOnly) {
  const PageTokens tokens("key");
  const std::string token = tokens.Make(kMethod, Request(), kPosition);
  const auto refused = [&](const PageTokens& server, absl::string_view method, auto request) {
    request.set_page_token(token);
    return ReasonOf(server.Open(method, request).status()) == v1::INVALID_PAGE_TOKEN;
  };
  EXPECT_FALSE(refused(tokens, kMethod, Request()));
  v1::ListEffectiveLicensesRequest other = Request();
  other.set_parent("tenants/u");
  EXPECT_TRUE(refused(tokens, kMethod, other)) << "another tenant";
  other = Request();
  other.clear_sku_id();
  EXPECT_TRUE(refused(tokens, kMethod, other)) << "another filter";
  other = Request();
  other.add_states(v1::EffectiveLicense::ERROR);
  EXPECT_TRUE(refused(tokens, kMethod, other)) << "another filter, in a packed field";
  EXPECT_TRUE(refused(tokens, "Lis", Request())) << "another method";
  EXPECT_TRUE(refused(tokens, kMethod, v1::ListSeatUsageRequest())) << "another type";
  EXPECT_TRUE(refused(PageTokens("other"), kMethod, Request())) << "another server";
  EXPECT_TRUE(refused(PageTokens::WithRandomKey(), kMethod, Request())) << "another process";
}

TEST(PageTokenTest, NothingButATokenIsOne) {
  const PageTokens tokens("key");
  v1::ListEffectiveLicensesRequest request = Request();
  const std::string good = tokens.Make(kMethod, request, kPosition);
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(good, &bytes));
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    request.set_page_token(absl::WebSafeBase64Escape(changed));
    EXPECT_FALSE(tokens.Open(kMethod, request).ok()) << "byte " << i;
  }
  for (const std::string& token : {std::string("x"), std::string("!"), good + "A", good.substr(4),
                                   std::string(100'000, 'A')}) {
    request.set_page_token(token);
    EXPECT_FALSE(tokens.Open(kMethod, request).ok()) << token.size();
  }
}

TEST(PageTokenTest, PageSizesAreBounded) {
  EXPECT_EQ(PageSizeOf(0).value(), 100u);
  EXPECT_EQ(PageSizeOf(1).value(), 1u);
  EXPECT_EQ(PageSizeOf(1000).value(), 1000u);
  EXPECT_EQ(PageSizeOf(INT32_MAX).value(), 1000u);
  EXPECT_EQ(ReasonOf(PageSizeOf(-1).status()), v1::OUT_OF_RANGE);
}

}  // namespace
}  // namespace seatwise
