#include "service/reconciliation.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/batch/batch.h"
#include "engine/incremental/live_state.h"
#include "engine/model/loaded_facts.h"
#include "service/delta_sum.h"
#include "service/derived_to_proto.h"
#include "service/license_comparison.h"
#include "storage/facts_snapshot.h"
#include "storage/journal.h"
#include "storage/load.h"

namespace seatwise {
namespace {

using Stage = v1::RunReconciliationMetadata;

absl::StatusOr<std::string> UserIdOf(const TenantState& state, uint32_t user) {
  const absl::string_view id = state.live->UserIdOf(user);
  if (!id.empty()) return std::string(id);
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<UserId> gone, state.facts->UserOfNumber(user));
  return gone.has_value() ? gone->value() : absl::StrCat("(user number ", user, ")");
}

// What changed since an earlier revision; nothing if nobody knows any more.
absl::StatusOr<std::optional<LicenseDelta>> Since(const TenantState& state, uint64_t revision) {
  DeltaSum sum;
  const absl::Status read = ReadJournal(*state.facts, revision + 1, [&](const JournalEntry& entry) {
    sum.Add(entry.delta);
    return true;
  });
  if (absl::IsOutOfRange(read)) return std::nullopt;
  SEATWISE_RETURN_IF_ERROR(read);
  return std::move(sum).Take();
}

void Summarize(const DerivedView& view, v1::Reconciliation& run) {
  const ClaimCounts counts = view.Counts();
  run.set_users(static_cast<int64_t>(view.columns().users.size()));
  run.set_claims_granted(counts.granted);
  run.set_claims_rejected(counts.rejected);
  run.set_users_with_errors(counts.users_with_errors);
  for (const SeatUsage& seats : view.Seats()) *run.add_seats() = ToProto(seats);
}

// Seats are no licenses, so no delta tells of them: those that differ count as well.
int64_t SeatsThatDiffer(const DerivedView& view, const LiveState& live) {
  const std::vector<SeatUsage> recomputed = view.Seats();
  const std::vector<SeatUsage> answered = live.Seats();
  if (recomputed.size() != answered.size()) return 1;
  int64_t differences = 0;
  for (size_t i = 0; i < recomputed.size(); ++i) {
    if (!(recomputed[i] == answered[i])) ++differences;
  }
  return differences;
}

}  // namespace

absl::StatusOr<v1::Difference> DifferenceMessage(const LicenseDelta& delta,
                                                 const TenantState& state, size_t sample_size) {
  std::vector<std::pair<uint32_t, const LicenseDelta::Run*>> rows;
  for (const LicenseDelta::Run& run : delta.runs) {
    for (const uint32_t user : run.users) rows.emplace_back(user, &run);
  }
  std::sort(rows.begin(), rows.end());
  v1::Difference message;
  message.set_licenses(static_cast<int64_t>(rows.size()));
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto& [user, run] = rows[i];
    if (i == 0 || rows[i - 1].first != user) message.set_users(message.users() + 1);
    if (i >= sample_size) continue;
    v1::LicenseChange& change = *message.add_sample();
    SEATWISE_ASSIGN_OR_RETURN(*change.mutable_user_id(), UserIdOf(state, user));
    change.set_sku_id(run->sku.value());
    if (run->before.has_value()) *change.mutable_before() = ToProto(*run->before);
    if (run->after.has_value()) *change.mutable_after() = ToProto(*run->after);
  }
  return message;
}

absl::StatusOr<v1::Reconciliation> Reconcile(const TenantState& state,
                                             const ReconciliationOptions& options,
                                             Executor& executor) {
  const auto progress = [&](Stage::Stage stage) {
    if (options.progress) options.progress(stage);
  };
  progress(Stage::LOADING);
  SEATWISE_ASSIGN_OR_RETURN(const LoadedFacts loaded, Load(*state.facts, executor));
  progress(Stage::DERIVING);
  const std::unique_ptr<const BatchState> recomputed = Derive(loaded.columns, executor);
  progress(Stage::COMPARING);
  LicenseValues values;
  const auto answered = ReadLive(*state.live, values);
  const auto expected = ReadDerived(*recomputed, loaded.user_number, values);
  const LicenseDelta against_live = DifferenceOf(*answered, *expected, values);

  v1::Reconciliation run;
  run.set_revision(static_cast<int64_t>(state.revision));
  Summarize(*recomputed, run);
  SEATWISE_ASSIGN_OR_RETURN(*run.mutable_against_live(),
                            DifferenceMessage(against_live, state, options.sample_size));
  run.mutable_against_live()->set_seats(SeatsThatDiffer(*recomputed, *state.live));
  if (options.previous_revision.has_value()) {
    SEATWISE_ASSIGN_OR_RETURN(const std::optional<LicenseDelta> since,
                              Since(state, *options.previous_revision));
    if (since.has_value()) {
      SEATWISE_ASSIGN_OR_RETURN(*run.mutable_against_previous(),
                                DifferenceMessage(*since, state, options.sample_size));
    }
  }
  return run;
}

}  // namespace seatwise
