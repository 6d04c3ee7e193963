// The outcome of users some of whose claims come or go without making a difference to the others,
// from the outcome that they had.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

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
// before it is: it counts references to claims for many outcomes together, and the last when it
// ends, since users of one tenant share few claims, for whose counts threads would have to wait.
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
  // The outcome of whoever had this one, where the claims are those from `begin` on, and some are
  // left. Claims that come are granted, and so were claims that go; what stays is granted as it
  // was. No other claim asks for a SKU of theirs.
  Ref<Outcome> Make(const Outcome& before, Traits traits, size_t begin);

 private:
  // How often a claim was shared by outcomes and not counted yet.
  struct Shares {
    const ClaimShape* claim = nullptr;
    uint32_t times = 0;
  };
  static constexpr size_t kShares = 4096;

  void Count(Shares& shares);
  void AddClaim(const ClaimShape* claim, bool granted, Outcome& outcome);
  void AddClaims(const Outcome& before, size_t begin, Outcome& outcome);
  void AddItems(const Outcome& before, size_t begin, Outcome& outcome) const;
  void AddLicenses(const Outcome& before, Outcome& outcome) const;
  static void MoveUnions(const Outcome& before, Outcome& outcome);

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
  std::vector<Shares> shares_;                    // By PlaceFor.
};

}  // namespace seatwise
