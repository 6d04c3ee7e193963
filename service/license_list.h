// ListEffectiveLicenses: effective licenses by user and SKU, filtered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "engine/incremental/live_state.h"
#include "engine/model/facts_view.h"
#include "seatwise/v1/license_service.pb.h"

namespace seatwise {

// A ListEffectiveLicensesResponse whose rows are bytes already (license_wire.h).
struct LicensePage {
  std::string rows;
  v1::ListEffectiveLicensesResponse rest;  // All but the rows.

  void set_revision(int64_t revision) { rest.set_revision(revision); }
  void set_next_page_token(std::string token) { rest.set_next_page_token(std::move(token)); }

  // The whole of it. Once.
  std::string Bytes() && {
    rest.AppendToString(&rows);
    return std::move(rows);
  }
};

// Fills the rows of one page, which begins at `place` (user_pages.h); answers the place of the next
// one. `live` and `facts` are of one revision of `tenant`. Errors as the rpc has them.
absl::StatusOr<std::string> FillLicensePage(const LiveState& live, const FactsView& facts,
                                            absl::string_view tenant,
                                            const v1::ListEffectiveLicensesRequest& request,
                                            absl::string_view place, size_t page_size,
                                            LicensePage& page);

}  // namespace seatwise
