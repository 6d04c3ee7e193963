// The outcome of users some of whose claims come or go without making a difference to the others,
// from the outcome that they had.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "engine/incremental/claim_shape.h"
#include "engine/incremental/outcome.h"
#include "engine/incremental/ref.h"
#include "engine/model/catalog.h"
#include "engine/rules/traits.h"

namespace seatwise {

// One claim that a list of claims has now.
struct SplicedClaim {
  const ClaimShape* shape = nullptr;
  size_t was = kNew;  // Its position in the list before.

  static constexpr size_t kNew = static_cast<size_t>(-1);
};

// Copies what stays instead of judging it anew. One thread. No outcome that it made may be given up
// before it is: it counts references to claims when it ends, for all outcomes together, since users
// of one tenant share few claims, for whose counts threads would have to wait.
class OutcomeSplice {
 public:
  // In place of the claims `before`, which follow each other in an outcome, there are `after` now.
  OutcomeSplice(const Catalog& catalog, uint32_t traits_version,
                absl::Span<const ClaimShape* const> before, absl::Span<const SplicedClaim> after);
  ~OutcomeSplice();
  OutcomeSplice(const OutcomeSplice&) = delete;
  OutcomeSplice& operator=(const OutcomeSplice&) = delete;

  // Whether this works for an outcome: not if its sets of plans are of another length.
  bool AppliesTo(const Outcome& before) const { return before.words == words_; }
  // The outcome of whoever had this one, where the claims are those from `begin` on. `claims` are
  // all that there are now, at least one, of which these are `granted`: so are claims that come,
  // and so were claims that go. No other claim asks for a SKU of theirs.
  Ref<Outcome> Make(const Outcome& before, Traits traits, size_t begin,
                    absl::Span<const ClaimShape* const> claims, absl::Span<const uint64_t> granted);

 private:
  void AddItems(const Outcome& before, size_t begin, Outcome& outcome) const;
  void AddLicenses(const Outcome& before, Outcome& outcome) const;

  const size_t words_;
  const uint32_t traits_version_;
  // Where the items of each claim are among those of the claims before, and how many of all these
  // there are.
  std::vector<size_t> first_item_;
  size_t items_before_ = 0;
  std::vector<SplicedClaim> after_;
  size_t items_after_ = 0;
  std::vector<LiveOutcomeLicense> new_licenses_;  // By the bytes of the SKU's id.
  std::vector<size_t> new_before_;                // By SKU: how many of these have a smaller id.
  std::vector<char> gone_;                        // By SKU: of the claims that come or go.
  absl::flat_hash_map<const ClaimShape*, uint32_t> shares_;
};

}  // namespace seatwise
