// What all lists of derived rows have in common: check the request, find the state, fill a page,
// say where the next one is.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "base/status_macros.h"
#include "service/names.h"
#include "service/page_token.h"
#include "service/tenant_reads.h"
#include "service/tenant_state.h"

namespace seatwise {

// The revision that a page is read at, at least: the one asked for, and that of the page before.
// What is negative stays so, to be refused.
inline int64_t MinRevisionOf(int64_t asked, const PagePosition& position) {
  return asked < 0 ? asked : std::max(asked, static_cast<int64_t>(position.revision));
}

// Answers a list. `fill(state, tenant, request, place, page_size, reply)` fills the rows that begin
// at `place` (empty for the first page), and answers the place of the next page or "".
template <typename Request, typename Reply, typename Fill>
absl::Status AnswerList(absl::string_view method, TenantRegistry& registry,
                        const PageTokens& tokens, const Request& request, Deadline deadline,
                        const Fill& fill, Reply& reply) {
  SEATWISE_ASSIGN_OR_RETURN(const std::string tenant, ParseTenantName(request.parent(), "parent"));
  SEATWISE_ASSIGN_OR_RETURN(const size_t page_size, PageSizeOf(request.page_size()));
  SEATWISE_ASSIGN_OR_RETURN(const PagePosition position, tokens.Open(method, request));
  SEATWISE_ASSIGN_OR_RETURN(
      const TenantStatePtr state,
      ReadTenant(registry, tenant, MinRevisionOf(request.min_revision(), position), deadline));
  SEATWISE_ASSIGN_OR_RETURN(std::string next,
                            fill(*state, tenant, request, position.place, page_size, reply));
  reply.set_revision(static_cast<int64_t>(state->revision));
  if (!next.empty()) {
    reply.set_next_page_token(
        tokens.Make(method, request, {.revision = state->revision, .place = std::move(next)}));
  }
  return absl::OkStatus();
}

}  // namespace seatwise
