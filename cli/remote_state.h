// The whole of a small tenant, as its server answers it: facts from an export, and what follows
// from them from the queries. Nothing is derived here.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/client.h"
#include "engine/model/columns.h"
#include "engine/model/derived.h"
#include "engine/model/derived_view.h"
#include "engine/model/facts.h"
#include "engine/model/plan_bits.h"

namespace seatwise::cli {

// Immutable once it is loaded; any thread.
class RemoteState final : public DerivedView {
 public:
  // Asks for everything: several calls for each user, so for small tenants only. INTERNAL if the
  // answers do not fit together, as when somebody changes the tenant meanwhile.
  static absl::StatusOr<std::unique_ptr<const RemoteState>> Load(Client& client,
                                                                 const std::string& tenant);

  const Facts& facts() const { return facts_; }

  const Columns& columns() const override { return columns_; }
  void ForEachLicense(UserNo begin, UserNo end,
                      absl::FunctionRef<void(const LicenseRow&)> visit) const override;
  void ForEachItem(UserNo begin, UserNo end,
                   absl::FunctionRef<void(const ItemRow&)> visit) const override;
  uint32_t PlanSetCount() const override { return static_cast<uint32_t>(plan_sets_.size()); }
  PlanBits PlanSet(uint32_t number) const override { return plan_sets_[number]; }
  std::vector<SeatUsage> Seats() const override { return seats_; }
  std::vector<GroupStatus> Groups() const override { return groups_; }
  ClaimCounts Counts() const override { return counts_; }
  std::vector<ClaimItem> Explain(UserNo user) const override { return items_[user]; }

 private:
  explicit RemoteState(Facts facts);

  absl::Status LoadUsers(Client& client, const std::string& tenant);
  absl::Status LoadUser(Client& client, const std::string& tenant, UserNo user);
  absl::Status LoadDetails(Client& client, const std::string& tenant);
  absl::Status LoadSeats(Client& client, const std::string& tenant);
  absl::Status LoadGroups(Client& client, const std::string& tenant);
  absl::Status LoadCounts(Client& client, const std::string& tenant);
  uint32_t PlanSetNumber(const std::vector<std::string>& plan_ids);

  const Facts facts_;
  const Columns columns_;
  std::vector<std::vector<LicenseRow>> licenses_;  // These two by UserNo.
  std::vector<std::vector<ClaimItem>> items_;
  PlanSetTable plan_sets_;
  std::vector<SeatUsage> seats_;
  std::vector<GroupStatus> groups_;
  ClaimCounts counts_;
};

}  // namespace seatwise::cli
