// Lists of the API come in pages; here they are one.
#pragma once

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "cli/client.h"

namespace seatwise::cli {

// How many rows a page is asked for: the most that a server gives.
inline constexpr int kPageSize = 1000;

// Calls a list method page by page, of so many rows, and `visit` with each Response, until there
// are no more or it answers false. `Request` and `Response` have the fields of the API's lists.
template <typename Response, typename Request, typename Visit>
absl::Status ForEachPage(Client& client, absl::string_view method, Request request, Visit visit,
                         int page_size = kPageSize) {
  request.set_page_size(page_size);
  for (;;) {
    SEATWISE_ASSIGN_OR_RETURN(Response response, client.Call<Response>(method, request));
    const std::string next = response.next_page_token();
    if (!visit(std::move(response)) || next.empty()) return absl::OkStatus();
    request.set_page_token(next);
  }
}

}  // namespace seatwise::cli
