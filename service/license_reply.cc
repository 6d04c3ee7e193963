// A batch reply says each different license once. Licenses are alike if they are of the same SKU,
// in the same state, with the same plans; most users of a batch share most of theirs:
//
//   licenses: [E3 ACTIVE {mail, docs}], [E5 ERROR {}]
//   users:    ana [0], bob [0, 1], cy []
#include "service/license_reply.h"

#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "service/derived_to_proto.h"

namespace seatwise {
namespace {

// What makes licenses alike. The bits live as long as the state.
struct LicenseKey {
  SkuNo sku;
  LicenseState state;
  PlanBits plans;

  friend bool operator==(const LicenseKey& a, const LicenseKey& b) {
    return a.sku == b.sku && a.state == b.state && absl::c_equal(a.plans, b.plans);
  }
  template <typename H>
  friend H AbslHashValue(H state, const LicenseKey& key) {
    return H::combine(std::move(state), key.sku, key.state, key.plans);
  }
};

// What a reply takes for a user besides indexes: tag, length, and the packed list's tag and length.
constexpr size_t kUserOverhead = 12;
// An index, at most.
constexpr size_t kIndexBytes = 5;

// Fills the table and the users of one reply.
class BatchFiller {
 public:
  BatchFiller(const LiveState& live, v1::BatchGetEffectiveLicensesResponse& reply)
      : live_(live), catalog_(live.catalog()), reply_(reply) {}

  void Add(const std::string& id) {
    v1::UserLicenses& out = *reply_.add_users();
    const std::optional<uint32_t> user = live_.FindUser(id);
    if (!user) {
      out.set_missing(true);
    } else {
      live_.ForEachLicense(
          *user, [&](const LiveLicense& license) { out.add_license_indexes(IndexOf(license)); });
    }
    bytes_ += kUserOverhead + kIndexBytes * static_cast<size_t>(out.license_indexes_size());
  }

  size_t bytes() const { return bytes_; }

 private:
  int32_t IndexOf(const LiveLicense& license) {
    const LicenseKey key{license.sku, license.state, license.enabled_plans};
    const auto [it, is_new] = indexes_.try_emplace(key, reply_.licenses_size());
    if (is_new) {
      v1::EffectiveLicense& added = *reply_.add_licenses();
      FillLicense(catalog_, license, added);
      bytes_ += added.ByteSizeLong() + kUserOverhead;
    }
    return it->second;
  }

  const LiveState& live_;
  const Catalog& catalog_;
  v1::BatchGetEffectiveLicensesResponse& reply_;
  absl::flat_hash_map<LicenseKey, int32_t> indexes_;
  size_t bytes_ = 0;
};

void FillClaim(const LiveState& live, uint32_t user, const LiveItem& item, v1::ClaimItem& out) {
  v1::Source& source = *out.mutable_source();
  if (item.direct) {
    source.set_user_id(std::string(live.UserIdOf(user)));
  } else {
    source.set_group_id(std::string(live.GroupIdOf(item.principal)));
  }
  out.set_sku_id(live.catalog().sku(item.sku).id.value());
  out.set_granted(item.violations == 0);
  AddCodes(item.violations, out);
}

}  // namespace

void AddPlanIds(const Catalog& catalog, PlanBits plans,
                google::protobuf::RepeatedPtrField<std::string>* ids) {
  catalog.ForEachIdOf(plans, [&](absl::string_view id) { ids->Add(std::string(id)); });
}

void FillLicense(const Catalog& catalog, const LiveLicense& license, v1::EffectiveLicense& out) {
  out.set_sku_id(catalog.sku(license.sku).id.value());
  out.set_state(ToProto(license.state));
  AddPlanIds(catalog, license.enabled_plans, out.mutable_enabled_plan_ids());
}

void FillReply(const LiveState& live, uint32_t user, const v1::GetEffectiveLicensesRequest& request,
               v1::GetEffectiveLicensesResponse& reply) {
  const Catalog& catalog = live.catalog();
  live.ForEachLicense(user, [&](const LiveLicense& license) {
    FillLicense(catalog, license, *reply.add_licenses());
  });
  if (request.include_effective_plans()) {
    AddPlanIds(catalog, live.EffectivePlansOf(user), reply.mutable_effective_plan_ids());
  }
  if (request.include_claims()) {
    live.ForEachItem(
        user, [&](const LiveItem& item) { FillClaim(live, user, item, *reply.add_claims()); });
  }
}

size_t FillBatch(const LiveState& live, const v1::BatchGetEffectiveLicensesRequest& request,
                 size_t begin, v1::BatchGetEffectiveLicensesResponse& reply) {
  const auto end = static_cast<size_t>(request.user_ids_size());
  BatchFiller filler(live, reply);
  size_t next = begin;
  while (next < end && (next == begin || filler.bytes() < kMaxBatchReplyBytes)) {
    filler.Add(request.user_ids(static_cast<int>(next)));
    ++next;
  }
  return next;
}

}  // namespace seatwise
