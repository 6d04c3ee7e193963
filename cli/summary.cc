#include "cli/summary.h"

#include <algorithm>
#include <cstddef>

#include "engine/model/columns.h"

namespace seatwise::cli {
namespace {

// What is counted user by user, for one part of the users.
struct LicenseCounts {
  std::array<int64_t, kLicenseStates> by_state = {};
  int64_t users_without = 0;
  int64_t users_active_with_error = 0;
};

LicenseCounts CountLicenses(const DerivedView& view, UserNo begin, UserNo end) {
  LicenseCounts counts;
  for (UserNo user = begin; user < end; ++user) {
    std::array<bool, kLicenseStates> seen = {};
    view.ForEachLicense(user, user + 1, [&](const LicenseRow& row) {
      const auto state = static_cast<size_t>(row.state);
      ++counts.by_state[state];
      seen[state] = true;
    });
    const auto has = [&](LicenseState state) { return seen[static_cast<size_t>(state)]; };
    const bool holds = has(LicenseState::kActive) || has(LicenseState::kActiveWithError) ||
                       has(LicenseState::kDisabled);
    counts.users_without += has(LicenseState::kError) && !holds ? 1 : 0;
    counts.users_active_with_error += has(LicenseState::kActiveWithError) ? 1 : 0;
  }
  return counts;
}

void AddLicenses(const DerivedView& view, Executor& executor, Summary& summary) {
  std::vector<LicenseCounts> parts(static_cast<size_t>(executor.threads()));
  ParallelShards(executor, view.columns().users.size(), [&](Shard shard) {
    parts[static_cast<size_t>(shard.index)] =
        CountLicenses(view, static_cast<UserNo>(shard.begin), static_cast<UserNo>(shard.end));
  });
  for (const LicenseCounts& part : parts) {
    for (size_t i = 0; i < kLicenseStates; ++i) summary.licenses[i] += part.by_state[i];
    summary.users_without_license += part.users_without;
    summary.users_active_with_error += part.users_active_with_error;
  }
}

void AddSeats(const DerivedView& view, Summary& summary) {
  const Catalog& catalog = view.columns().catalog;
  const std::vector<SeatUsage> seats = view.Seats();
  for (SkuNo sku = 0; sku < seats.size(); ++sku) {
    summary.seats.push_back({.usage = seats[sku],
                             .part_number = catalog.sku(sku).part_number,
                             .display_name = catalog.sku(sku).display_name});
  }
}

int64_t CountLicensedGroups(const Columns& columns) {
  int64_t licensed = 0;
  for (GroupNo group = 0; group < columns.groups.size(); ++group) {
    licensed += columns.AssignmentsOf(group).empty() ? 0 : 1;
  }
  return licensed;
}

// Those with a figure above 0, by it and then as they are.
template <typename Figure>
std::vector<NamedSeats> Ranked(const Summary& summary, Figure figure) {
  std::vector<NamedSeats> ranked;
  std::copy_if(summary.seats.begin(), summary.seats.end(), std::back_inserter(ranked),
               [&](const NamedSeats& seats) { return figure(seats.usage) > 0; });
  std::stable_sort(ranked.begin(), ranked.end(), [&](const NamedSeats& a, const NamedSeats& b) {
    return figure(a.usage) > figure(b.usage);
  });
  return ranked;
}

}  // namespace

Summary Summarize(const DerivedView& view, Executor& executor) {
  const Columns& columns = view.columns();
  Summary summary{.users = static_cast<int64_t>(columns.users.size()),
                  .groups = static_cast<int64_t>(columns.groups.size()),
                  .licensed_groups = CountLicensedGroups(columns),
                  .skus = static_cast<int64_t>(columns.catalog.skus()),
                  .service_plans = static_cast<int64_t>(columns.catalog.plans()),
                  .user_memberships = static_cast<int64_t>(columns.membership_group.size()),
                  .group_memberships = static_cast<int64_t>(columns.edges.size()),
                  .direct_assignments = static_cast<int64_t>(columns.direct.size()),
                  .group_assignments = static_cast<int64_t>(columns.inherited.size()),
                  .claims = view.Counts()};
  AddLicenses(view, executor, summary);
  AddSeats(view, summary);
  return summary;
}

std::vector<NamedSeats> ShortSeats(const Summary& summary) {
  return Ranked(summary, [](const SeatUsage& usage) { return usage.overrun(); });
}

std::vector<NamedSeats> UnusedSeats(const Summary& summary) {
  return Ranked(summary, [](const SeatUsage& usage) { return usage.available(); });
}

}  // namespace seatwise::cli
