#include "service/impact.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "engine/model/derived.h"
#include "engine/model/license_delta.h"
#include "engine/plan/user_effect.h"
#include "google/protobuf/repeated_field.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"

namespace seatwise {
namespace {

constexpr size_t kDefaultSample = 100;
constexpr int32_t kMostSample = 1000;
// As the comments of Impact and its groups say.
constexpr size_t kMostGroups = 100;
constexpr size_t kMostGroupUsers = 10;

using Codes = google::protobuf::RepeatedField<int>;

void AddCodes(ViolationMask mask, Codes& codes) {
  for (int code = 0; code < kViolationCodes; ++code) {
    const auto value = static_cast<ViolationCode>(code);
    if (Contains(mask, value)) codes.Add(ToProto(value));
  }
}

v1::ViolationChange ViolationMessage(const Impact& impact, uint32_t user, const ItemEffect& item) {
  v1::ViolationChange change;
  change.set_user_id(std::string(impact.UserIdOf(user)));
  change.set_sku_id(impact.SkuIdOf(item.sku).value());
  if (item.direct) {
    change.mutable_source()->set_user_id(change.user_id());
  } else {
    change.mutable_source()->set_group_id(std::string(impact.GroupIdOf(item.group)));
  }
  AddCodes(item.before, *change.mutable_codes_before());
  AddCodes(item.after, *change.mutable_codes_after());
  return change;
}

// What LicenseChange, LicenseChangeGroup and ImpactRows::Run have in common.
template <typename Message>
void FillLicense(const LicenseDelta::Run& run, Message& message) {
  message.set_sku_id(run.sku.value());
  if (run.before.has_value()) *message.mutable_before() = ToProto(*run.before);
  if (run.after.has_value()) *message.mutable_after() = ToProto(*run.after);
}

// Makes one message, part by part.
class ImpactMessage {
 public:
  ImpactMessage(const Impact& impact, size_t sample_size)
      : impact_(impact), totals_(impact.totals()), sample_size_(sample_size) {}

  v1::Impact Make(int32_t limit) && {
    AddTotals();
    AddGuard(limit);
    AddSkus();
    AddPlans();
    AddViolations();
    AddLicenseGroups();
    AddViolationGroups();
    SampleLicenses();
    SampleViolations();
    return std::move(message_);
  }

 private:
  void AddTotals() {
    message_.set_licenses_gained(totals_.licenses_gained);
    message_.set_licenses_lost(totals_.licenses_lost);
    message_.set_licenses_changed(totals_.licenses_changed);
    message_.set_users_affected(totals_.users);
    message_.set_users_gaining(totals_.users_gaining);
    message_.set_users_losing(totals_.users_losing);
    message_.set_users_with_data_at_risk(totals_.users_at_risk);
    message_.set_data_at_risk(totals_.plans_at_risk);
  }

  void AddGuard(int32_t limit) {
    v1::RemovalGuard& guard = *message_.mutable_removal_guard();
    guard.set_removed(totals_.licenses_lost);
    guard.set_held(totals_.licenses_held);
    guard.set_limit_percent(limit);
    guard.set_blocked(TakesTooMany(totals_.licenses_lost, totals_.licenses_held, limit));
  }

  void AddSkus() {
    for (const SkuImpact& sku : totals_.skus) {
      v1::SkuImpact& message = *message_.add_skus();
      message.set_sku_id(sku.sku.value());
      message.set_gained(sku.gained);
      message.set_lost(sku.lost);
      message.set_changed(sku.changed);
      if (sku.seats_before.has_value()) {
        *message.mutable_seats_before() = ToProto(*sku.seats_before);
      }
      if (sku.seats_after.has_value()) *message.mutable_seats_after() = ToProto(*sku.seats_after);
    }
  }

  void AddPlans() {
    for (const PlanImpact& plan : totals_.plans) {
      v1::PlanImpact& message = *message_.add_plans();
      message.set_plan_id(plan.plan.value());
      message.set_gained(plan.gained);
      message.set_lost(plan.lost);
      message.set_data_at_risk(plan.data_at_risk);
    }
  }

  void AddViolations() {
    for (int code = 0; code < kViolationCodes; ++code) {
      const ViolationImpact& violation = totals_.violations[static_cast<size_t>(code)];
      if (violation.appeared == 0 && violation.cleared == 0) continue;
      v1::ViolationImpact& message = *message_.add_violations();
      message.set_code(ToProto(static_cast<ViolationCode>(code)));
      message.set_appeared(violation.appeared);
      message.set_cleared(violation.cleared);
    }
  }

  void AddLicenseGroups() {
    const std::vector<const LicenseDelta::Run*> groups = impact_.LicenseGroups();
    const size_t shown = std::min(groups.size(), kMostGroups);
    for (size_t i = 0; i < shown; ++i) {
      v1::LicenseChangeGroup& group = *message_.add_license_groups();
      FillLicense(*groups[i], group);
      const std::vector<uint32_t>& users = groups[i]->users;
      group.set_users(static_cast<int64_t>(users.size()));
      const size_t named = std::min(users.size(), kMostGroupUsers);
      AddUsers(absl::MakeConstSpan(users).first(named), *group.mutable_sample_user_ids());
    }
    message_.set_more_license_groups(static_cast<int32_t>(groups.size() - shown));
  }

  void AddViolationGroups() {
    const std::vector<ItemGroup> groups = impact_.ItemGroups(kMostGroupUsers);
    const size_t shown = std::min(groups.size(), kMostGroups);
    for (size_t i = 0; i < shown; ++i) {
      const ItemEffect& item = groups[i].item;
      v1::ViolationChangeGroup& group = *message_.add_violation_groups();
      if (!item.direct) group.set_group_id(std::string(impact_.GroupIdOf(item.group)));
      group.set_sku_id(impact_.SkuIdOf(item.sku).value());
      AddCodes(item.before, *group.mutable_codes_before());
      AddCodes(item.after, *group.mutable_codes_after());
      group.set_users(groups[i].users);
      AddUsers(groups[i].some_users, *group.mutable_sample_user_ids());
    }
    message_.set_more_violation_groups(static_cast<int32_t>(groups.size() - shown));
  }

  void AddUsers(absl::Span<const uint32_t> users,
                google::protobuf::RepeatedPtrField<std::string>& ids) const {
    for (uint32_t user : users) ids.Add(std::string(impact_.UserIdOf(user)));
    std::sort(ids.begin(), ids.end());
  }

  // The licenses of the users that were there first, by user and SKU.
  void SampleLicenses() {
    using Row = std::pair<uint32_t, const LicenseDelta::Run*>;
    std::vector<Row> rows;
    for (const LicenseDelta::Run& run : impact_.delta().runs) {
      for (const uint32_t user : run.users) rows.emplace_back(user, &run);
    }
    // Runs are sorted by SKU, and lie side by side.
    const auto end = rows.begin() + static_cast<ptrdiff_t>(std::min(sample_size_, rows.size()));
    std::partial_sort(rows.begin(), end, rows.end());
    std::sort(rows.begin(), end, [&](const Row& x, const Row& y) {
      return std::tuple(impact_.UserIdOf(x.first), x.second) <
             std::tuple(impact_.UserIdOf(y.first), y.second);
    });
    for (auto row = rows.begin(); row != end; ++row) {
      v1::LicenseChange& change = *message_.add_sample();
      change.set_user_id(std::string(impact_.UserIdOf(row->first)));
      FillLicense(*row->second, change);
    }
  }

  void SampleViolations() {
    std::vector<v1::ViolationChange> sample;
    impact_.ForEachItems([&](uint32_t user, absl::Span<const ItemEffect> items) {
      for (const ItemEffect& item : items) {
        if (sample.size() == sample_size_) return false;
        sample.push_back(ViolationMessage(impact_, user, item));
      }
      return true;
    });
    const auto key = [](const v1::ViolationChange& row) {
      return std::tuple(absl::string_view(row.user_id()), !row.source().has_user_id(),
                        absl::string_view(row.source().group_id()),
                        absl::string_view(row.sku_id()));
    };
    std::ranges::sort(sample, {}, key);
    for (v1::ViolationChange& row : sample) *message_.add_violation_sample() = std::move(row);
  }

  const Impact& impact_;
  const ImpactTotals& totals_;
  const size_t sample_size_;
  v1::Impact message_;
};

// Fills messages and hands them on.
class RowsWriter {
 public:
  RowsWriter(const Impact& impact, size_t bytes,
             absl::FunctionRef<bool(const v1::ImpactRows&)> visit)
      : impact_(impact), most_bytes_(bytes), visit_(visit) {}

  bool Write() {
    for (const LicenseDelta::Run& run : impact_.delta().runs) WriteRun(run);
    impact_.ForEachItems([&](uint32_t user, absl::Span<const ItemEffect> items) {
      for (const ItemEffect& item : items) {
        v1::ViolationChange& row = *rows_.add_violations();
        row = ViolationMessage(impact_, user, item);
        Added(row.ByteSizeLong());
      }
      return open_;
    });
    impact_.ForEachAtRisk([&](uint32_t user, absl::Span<const PlanNo> plans) {
      v1::DataAtRisk& row = *rows_.add_data_at_risk();
      row.set_user_id(std::string(impact_.UserIdOf(user)));
      for (const PlanNo plan : plans) row.add_plan_ids(impact_.PlanIdOf(plan).value());
      std::sort(row.mutable_plan_ids()->begin(), row.mutable_plan_ids()->end());
      Added(row.ByteSizeLong());
      return open_;
    });
    if (bytes_ > 0) Flush();
    return open_;
  }

 private:
  void WriteRun(const LicenseDelta::Run& run) {
    for (size_t i = 0; i < run.users.size() && open_;) {
      v1::ImpactRows::Run& message = *rows_.add_licenses();
      FillLicense(run, message);
      size_t bytes = message.ByteSizeLong();
      // At least one, however large what they have in common is.
      do {
        const absl::string_view id = impact_.UserIdOf(run.users[i++]);
        message.add_user_ids(std::string(id));
        bytes += id.size() + 2;
      } while (i < run.users.size() && bytes_ + bytes < most_bytes_);
      Added(bytes);
    }
  }

  void Added(size_t bytes) {
    bytes_ += bytes;
    if (bytes_ >= most_bytes_) Flush();
  }

  void Flush() {
    open_ = open_ && visit_(rows_);
    rows_.Clear();
    bytes_ = 0;
  }

  const Impact& impact_;
  const size_t most_bytes_;
  absl::FunctionRef<bool(const v1::ImpactRows&)> visit_;
  v1::ImpactRows rows_;
  size_t bytes_ = 0;  // Of rows_, about.
  bool open_ = true;  // Somebody takes what is written.
};

}  // namespace

absl::StatusOr<size_t> SampleSizeOf(int32_t sample_size) {
  if (sample_size < 0 || sample_size > kMostSample) {
    return FieldError(v1::OUT_OF_RANGE, "sample_size",
                      absl::StrCat("is ", sample_size, "; give 0 to ", kMostSample));
  }
  return sample_size == 0 ? kDefaultSample : static_cast<size_t>(sample_size);
}

absl::StatusOr<std::optional<int32_t>> CheckRemovalLimit(std::optional<int32_t> percent) {
  if (percent.value_or(0) < 0 || percent.value_or(0) > 100) {
    return FieldError(v1::OUT_OF_RANGE, "max_removed_percent",
                      absl::StrCat("is ", *percent, "; give 0 to 100"));
  }
  return percent;
}

std::shared_ptr<const Impact> ImpactOf(const CommitResult& result) {
  return std::make_shared<const Impact>(result.before->live, result.after->live, result.delta);
}

v1::Impact ToProto(const Impact& impact, size_t sample_size, int32_t limit) {
  return ImpactMessage(impact, sample_size).Make(limit);
}

bool ForEachRows(const Impact& impact, size_t bytes,
                 absl::FunctionRef<bool(const v1::ImpactRows&)> visit) {
  return RowsWriter(impact, bytes, visit).Write();
}

}  // namespace seatwise
