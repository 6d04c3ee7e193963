// Who may see the pages of `seatwise ui`, and what they answer.
//
// The address that is printed holds a token that is good once: it is exchanged for a cookie of this
// session, which no script can read and no other site can send. Whoever has neither sees nothing;
// so does a page of another site whose name was made to point here (DNS rebinding), because its
// requests name another host.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/http_server.h"

namespace seatwise::cli {

// What the pages show. Each may be called by any thread, several at a time.
struct UiSource {
  std::function<absl::StatusOr<std::string>()> page;                       // HTML.
  std::function<absl::StatusOr<std::string>()> revision;                   // A number.
  std::function<absl::StatusOr<std::string>(const std::string&)> explain;  // Of a user's id: text.
};

// 256 bits that nobody can guess, as hexadecimal digits.
std::string NewUiSecret();

// Any thread, several at a time.
class UiPages {
 public:
  // `token` and `session` are secrets of this run.
  UiPages(std::string token, std::string session, UiSource source);

  // Where the pages are, once that is known. Before, and for any other port, nothing is shown.
  void ServeAt(int port) { port_ = port; }

  // What to open in a browser: "http://127.0.0.1:45123/?token=...".
  std::string Address() const;

  HttpAnswer Answer(const HttpRequest& request);

 private:
  HttpAnswer Open(const HttpRequest& request, absl::string_view token);
  HttpAnswer Show(const HttpRequest& request) const;
  std::string CookieName() const;
  bool IsHere(absl::string_view host) const;
  bool HasCookie(absl::string_view cookies) const;

  const std::string token_;
  const std::string session_;
  const UiSource source_;
  std::atomic<int> port_ = 0;
  std::atomic<bool> spent_ = false;
};

}  // namespace seatwise::cli
