#include "cli/ui_pages.h"

#include <cstddef>
#include <random>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/sha256.h"
#include "cli/html_page.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

constexpr int kSecretWords = 8;  // Of 32 bits.
constexpr absl::string_view kTokenKey = "token=";
constexpr absl::string_view kUserKey = "user=";

// Moves on to the page by itself: a redirection would still count as coming from the site that the
// link was on, and the browser would hold the cookie back.
constexpr char kOpening[] =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" "
    "content=\"0;url=/\"><title>Seatwise</title><p><a href=\"/\">To the page</a></p></html>\n";

HttpAnswer Text(int status, absl::string_view text) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = absl::StrCat(text, "\n");
  return answer;
}

HttpAnswer FromCall(const absl::StatusOr<std::string>& text) {
  if (text.ok()) return Text(200, *text);
  return Text(absl::IsNotFound(text.status()) ? 404 : 503, Printable(text.status().message()));
}

bool IsHexDigit(char sign) { return absl::ascii_isxdigit(static_cast<unsigned char>(sign)); }

// "a%20b" as "a b". What is no escape stays.
std::string Decoded(absl::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && IsHexDigit(text[i + 1]) &&
        IsHexDigit(text[i + 2])) {
      absl::StrAppend(&decoded, absl::HexStringToBytes(text.substr(i + 1, 2)));
      i += 2;
    } else {
      decoded.push_back(text[i]);
    }
  }
  return decoded;
}

// On all answers. `policy` is a Content-Security-Policy.
std::string Headers(absl::string_view policy) {
  return absl::StrCat("Content-Security-Policy: ", policy,
                      "; frame-ancestors 'none'\r\n"
                      "Referrer-Policy: no-referrer\r\n"
                      "Cross-Origin-Opener-Policy: same-origin\r\n"
                      "Cross-Origin-Resource-Policy: same-origin\r\n");
}

}  // namespace

std::string NewUiSecret() {
  std::random_device random;
  std::string secret;
  for (int i = 0; i < kSecretWords; ++i) {
    absl::StrAppend(&secret, absl::Hex(static_cast<uint32_t>(random()), absl::kZeroPad8));
  }
  return secret;
}

UiPages::UiPages(std::string token, std::string session, UiSource source)
    : token_(std::move(token)), session_(std::move(session)), source_(std::move(source)) {}

std::string UiPages::Address() const {
  return absl::StrCat("http://127.0.0.1:", port_.load(), "/?", kTokenKey, token_);
}

// Cookies know no ports: two of these at a time must not overwrite each other's.
std::string UiPages::CookieName() const { return absl::StrCat("seatwise-", port_.load()); }

bool UiPages::IsHere(absl::string_view host) const {
  return host == absl::StrCat("127.0.0.1:", port_.load()) ||
         host == absl::StrCat("localhost:", port_.load());
}

bool UiPages::HasCookie(absl::string_view cookies) const {
  const std::string wanted = absl::StrCat(CookieName(), "=", session_);
  for (const absl::string_view cookie : absl::StrSplit(cookies, ';')) {
    if (SameBytes(absl::StripAsciiWhitespace(cookie), wanted)) return true;
  }
  return false;
}

HttpAnswer UiPages::Open(const HttpRequest& request, absl::string_view token) {
  // Whoever only looks at the head does not take the token away.
  if (request.head || !SameBytes(token, token_) || spent_.exchange(true)) {
    return Text(403, "This address was good once, and has been used; run 'seatwise ui' again.");
  }
  HttpAnswer answer;
  answer.content_type = "text/html; charset=utf-8";
  answer.headers = absl::StrCat("Set-Cookie: ", CookieName(), "=", session_,
                                "; HttpOnly; SameSite=Strict; Path=/\r\n");
  answer.body = kOpening;
  return answer;
}

HttpAnswer UiPages::Show(const HttpRequest& request) const {
  if (request.path == "/revision") return FromCall(source_.revision());
  if (request.path == "/explain" && absl::StartsWith(request.query, kUserKey)) {
    return FromCall(source_.explain(Decoded(request.query.substr(kUserKey.size()))));
  }
  if (request.path != "/") return Text(404, "There is no such page.");
  HttpAnswer answer = FromCall(source_.page());
  if (answer.status == 200) answer.content_type = "text/html; charset=utf-8";
  return answer;
}

HttpAnswer UiPages::Answer(const HttpRequest& request) {
  HttpAnswer answer;
  bool is_page = false;
  if (!IsHere(request.host)) {
    answer = Text(403, "This server is for the host that 'seatwise ui' printed.");
  } else if (request.path == "/" && absl::StartsWith(request.query, kTokenKey)) {
    answer = Open(request, absl::string_view(request.query).substr(kTokenKey.size()));
  } else if (!HasCookie(request.cookie)) {
    answer = Text(403, "Open the address that 'seatwise ui' printed.");
  } else {
    answer = Show(request);
    is_page = request.path == "/";
  }
  absl::StrAppend(&answer.headers,
                  Headers(is_page ? PagePolicy(PageUse::kServed) : "default-src 'none'"));
  return answer;
}

}  // namespace seatwise::cli
