#include "cli/ui_pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kHost[] = "127.0.0.1:4000";
constexpr char kCookie[] = "seatwise-4000=session";

class UiPagesTest : public testing::Test {
 protected:
  UiPagesTest() { pages_.ServeAt(4000); }

  HttpAnswer Get(const std::string& path, const std::string& query = "",
                 const std::string& cookie = kCookie, const std::string& host = kHost) {
    return pages_.Answer({.path = path, .query = query, .host = host, .cookie = cookie});
  }

  UiPages pages_{"token",
                 "session",
                 {.page = [] { return std::string("<!doctype html>"); },
                  .revision = [] { return std::string("7"); },
                  .explain = [](const std::string& user) -> absl::StatusOr<std::string> {
                    if (user == "nobody") return absl::NotFoundError("no user 'nobody'");
                    return absl::StrCat("about ", user);
                  }}};
};

TEST_F(UiPagesTest, TheTokenIsExchangedForACookieOnce) {
  EXPECT_EQ(pages_.Address(), "http://127.0.0.1:4000/?token=token");
  const HttpAnswer head =
      pages_.Answer({.path = "/", .query = "token=token", .host = kHost, .head = true});
  EXPECT_THAT(head.headers, Not(HasSubstr("Set-Cookie")));
  EXPECT_EQ(Get("/", "token=toke", "").status, 403);
  const HttpAnswer opened = Get("/", "token=token", "");
  EXPECT_EQ(opened.status, 200);
  EXPECT_THAT(opened.headers, HasSubstr("Set-Cookie: seatwise-4000=session; HttpOnly; "
                                        "SameSite=Strict; Path=/\r\n"));
  EXPECT_THAT(opened.body, Not(HasSubstr("token")));
  for (const char* cookie : {"", kCookie}) {
    const HttpAnswer again = Get("/", "token=token", cookie);
    EXPECT_EQ(again.status, 403);
    EXPECT_THAT(again.headers, Not(HasSubstr("Set-Cookie")));
  }
}

TEST_F(UiPagesTest, NothingIsShownWithoutTheCookieOrToAnotherHost) {
  for (const char* path : {"/", "/revision", "/explain", "/other"}) {
    for (const char* cookie : {"", "seatwise-4000=sessio", "seatwise-4001=session", "session"}) {
      EXPECT_EQ(Get(path, "user=ana", cookie).status, 403) << path << " " << cookie;
    }
    for (const char* host :
         {"", "127.0.0.1", "127.0.0.1:4001", "evil.example:4000", "0.0.0.0:4000"}) {
      EXPECT_EQ(Get(path, "user=ana", kCookie, host).status, 403) << path << " " << host;
    }
  }
  EXPECT_EQ(Get("/", "token=token", "", "evil.example:4000").status, 403);
  EXPECT_EQ(Get("/", "token=token", "").status, 200) << "the other host has spent the token";
}

TEST_F(UiPagesTest, PagesAreShownWithTheCookie) {
  EXPECT_EQ(Get("/").body, "<!doctype html>\n");
  EXPECT_EQ(Get("/").content_type, "text/html; charset=utf-8");
  EXPECT_EQ(Get("/", "", "other=1; seatwise-4000=session", "localhost:4000").status, 200);
  EXPECT_EQ(Get("/revision").body, "7\n");
  EXPECT_EQ(Get("/explain", "user=an%C3%A1%20b%2").body, "about an\xC3\xA1 b%2\n");
  EXPECT_EQ(Get("/explain", "user=nobody").status, 404);
  EXPECT_EQ(Get("/explain").status, 404);
  EXPECT_EQ(Get("/../etc/passwd").status, 404);
}

TEST_F(UiPagesTest, EveryAnswerHasTheHeadersThatProtectIt) {
  for (const char* path : {"/", "/revision", "/other"}) {
    const HttpAnswer answer = Get(path);
    EXPECT_THAT(answer.headers, HasSubstr("Content-Security-Policy: default-src 'none'"));
    EXPECT_THAT(answer.headers, HasSubstr("; frame-ancestors 'none'\r\n"));
    EXPECT_THAT(answer.headers, HasSubstr("\r\nReferrer-Policy: no-referrer\r\n"));
  }
  EXPECT_THAT(Get("/").headers, HasSubstr("connect-src 'self'"));
}

TEST(UiSecretTest, IsLongAndNeverTheSame) {
  EXPECT_EQ(NewUiSecret().size(), 64u);
  EXPECT_NE(NewUiSecret(), NewUiSecret());
}

}  // namespace
}  // namespace seatwise::cli
