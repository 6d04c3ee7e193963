#include "service/trend_reports.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/incremental/live_state.h"
#include "engine/model/catalog.h"
#include "engine/model/derived.h"
#include "engine/model/ids.h"
#include "engine/model/license_delta.h"
#include "engine/report/seat_outlook.h"
#include "service/delta_sum.h"
#include "service/derived_to_proto.h"
#include "service/errors.h"
#include "service/list_filters.h"
#include "service/message_names.h"
#include "service/report_pages.h"
#include "service/timestamps.h"
#include "storage/facts_snapshot.h"
#include "storage/journal.h"

namespace seatwise {
namespace {

constexpr int32_t kDefaultWeeks = 12;
constexpr int32_t kMostWeeks = 520;
constexpr int64_t kMicrosPerWeek = int64_t{7} * 24 * 3600 * 1'000'000;

// The first revision after `oldest` that was made at `since` or later; one beyond the last if there
// is none. Times ascend with revisions (L1).
absl::StatusOr<uint64_t> FirstSince(const FactsSnapshot& facts, uint64_t oldest, Time since) {
  uint64_t low = oldest + 1;
  uint64_t high = facts.revision() + 1;
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    bool is_before = false;
    SEATWISE_RETURN_IF_ERROR(ReadJournal(facts, middle, [&](const JournalEntry& entry) {
      is_before = entry.time < since;
      return false;
    }));
    if (is_before) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// A revision in the journal; 0 if there is none.
struct Dated {
  uint64_t revision = 0;
  Time time;
};

// The first revision after `oldest`; with `licensing`, the first one that changed a license.
absl::StatusOr<Dated> FirstAfter(const FactsSnapshot& facts, uint64_t oldest, bool licensing) {
  Dated first;
  SEATWISE_RETURN_IF_ERROR(ReadJournal(facts, oldest + 1, [&](const JournalEntry& entry) {
    if (licensing && entry.delta.empty()) return true;
    first = {.revision = entry.revision, .time = entry.time};
    return false;
  }));
  return first;
}

// Who came and went, and from when on.
struct Observation {
  SeatMovements movements;
  Time since;
};

absl::StatusOr<Observation> Observe(const FactsSnapshot& facts, Time since, Time now) {
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t oldest, OldestRevision(facts));
  // What filled the tenant, if the journal tells of it, or else what it begins with.
  const bool whole = oldest == 0;
  SEATWISE_ASSIGN_OR_RETURN(const Dated beginning, FirstAfter(facts, oldest, whole));
  Observation seen{.movements = {}, .since = std::max(since, beginning.time)};
  if (beginning.revision == 0) {
    seen.since = now;
    return seen;
  }
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t first, FirstSince(facts, oldest, since));
  SEATWISE_RETURN_IF_ERROR(ReadJournal(facts, std::max(first, beginning.revision + (whole ? 1 : 0)),
                                       [&](const JournalEntry& entry) {
                                         seen.movements.Add(entry.delta);
                                         return true;
                                       }));
  return seen;
}

// Between which revisions changes are listed: after the first, up to the second.
struct Span {
  uint64_t from = 0;
  uint64_t to = 0;
};

// The last revision before `time` that is kept; but what filled a tenant is no change of it.
absl::StatusOr<uint64_t> RevisionAt(const FactsSnapshot& facts, uint64_t oldest, Time time) {
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t since, FirstSince(facts, oldest, time));
  if (oldest > 0) return since - 1;
  SEATWISE_ASSIGN_OR_RETURN(const Dated beginning, FirstAfter(facts, oldest, true));
  return std::max(since - 1, beginning.revision);
}

// Where differences begin.
absl::StatusOr<uint64_t> BeginningOf(const FactsSnapshot& facts, uint64_t oldest,
                                     const v1::ListLicenseChangesRequest& request) {
  if (!request.has_from_time()) return static_cast<uint64_t>(request.from_revision());
  if (request.from_revision() != 0) {
    return FieldError(v1::CONTRADICTION, "from_time", "and from_revision are both set; set one");
  }
  const std::optional<Time> time = FromTimestamp(request.from_time());
  if (!time) return FieldError(v1::OUT_OF_RANGE, "from_time", "is not within year 1 to 9999");
  return RevisionAt(facts, oldest, *time);
}

absl::StatusOr<Span> SpanOf(const TenantState& state,
                            const v1::ListLicenseChangesRequest& request) {
  if (request.from_revision() < 0) {
    return FieldError(v1::OUT_OF_RANGE, "from_revision", "is negative");
  }
  if (request.to_revision() < 0) return FieldError(v1::OUT_OF_RANGE, "to_revision", "is negative");
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t oldest, OldestRevision(*state.facts));
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t from, BeginningOf(*state.facts, oldest, request));
  const Span span = {.from = from,
                     .to = request.to_revision() == 0
                               ? state.revision
                               : static_cast<uint64_t>(request.to_revision())};
  if (std::max(span.from, span.to) > state.revision) {
    return RevisionNotReachedError(std::max(span.from, span.to), state.revision);
  }
  if (request.to_revision() != 0 && span.from >= span.to) {
    return FieldError(v1::CONTRADICTION, request.has_from_time() ? "from_time" : "from_revision",
                      "is not before to_revision");
  }
  if (span.from < oldest) return RevisionPrunedError(span.from, oldest, state.revision);
  return span;
}

// A place is up to which revision the first page listed, and how many rows are before: "17:1000".
absl::StatusOr<Span> SpanAt(const TenantState& state, const v1::ListLicenseChangesRequest& request,
                            absl::string_view& place) {
  SEATWISE_ASSIGN_OR_RETURN(Span span, SpanOf(state, request));
  if (place.empty()) return span;
  const size_t colon = place.find(':');
  if (colon == absl::string_view::npos || !absl::SimpleAtoi(place.substr(0, colon), &span.to)) {
    return InvalidPageTokenError();
  }
  place.remove_prefix(colon + 1);
  return span;
}

absl::StatusOr<LicenseDelta> DeltaOf(const FactsSnapshot& facts, const Span& span) {
  DeltaSum sum;
  if (span.from < span.to) {
    SEATWISE_RETURN_IF_ERROR(ReadJournal(facts, span.from + 1, [&](const JournalEntry& entry) {
      sum.Add(entry.delta);
      return entry.revision < span.to;
    }));
  }
  return std::move(sum).Take();
}

absl::Status AddUsers(const TenantState& state, const std::vector<uint32_t>& users, size_t sample,
                      v1::LicenseChangeGroup& row) {
  for (size_t i = 0; i < std::min(sample, users.size()); ++i) {
    std::string id(state.live->UserIdOf(users[i]));
    if (id.empty()) {
      SEATWISE_ASSIGN_OR_RETURN(const std::optional<UserId> gone,
                                state.facts->UserOfNumber(users[i]));
      if (gone) id = gone->value();
    }
    row.add_sample_user_ids(std::move(id));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> FillSeatForecasts(const TenantState& state,
                                              const v1::ListSeatForecastsRequest& request,
                                              absl::string_view place, size_t page_size, Time now,
                                              v1::ListSeatForecastsResponse& reply) {
  if (request.weeks() < 0 || request.weeks() > kMostWeeks) {
    return FieldError(v1::OUT_OF_RANGE, "weeks",
                      absl::StrCat("is ", request.weeks(), "; give 1 to ", kMostWeeks));
  }
  const int32_t weeks = request.weeks() == 0 ? kDefaultWeeks : request.weeks();
  SEATWISE_ASSIGN_OR_RETURN(const Observation seen,
                            Observe(*state.facts, Time{now.micros - weeks * kMicrosPerWeek}, now));
  const auto add = [&](const SeatUsage& seats) {
    v1::SeatForecast& row = *reply.add_rows();
    *row.mutable_seats() = ToProto(seats);
    const SeatMovement movement = seen.movements.Of(seats.sku);
    row.set_joined(movement.joined);
    row.set_left(movement.left);
    const SeatOutlook outlook = OutlookOf(seats, movement, seen.since, now);
    row.set_net_per_week(outlook.net_per_week);
    if (outlook.runs_out_at) *row.mutable_runs_out_at() = ToTimestamp(*outlook.runs_out_at);
  };
  SEATWISE_ASSIGN_OR_RETURN(std::string next,
                            AddRowsFrom(state.live->Seats(), place, page_size, add));
  *reply.mutable_since() = ToTimestamp(seen.since);
  *reply.mutable_now() = ToTimestamp(now);
  SEATWISE_RETURN_IF_ERROR(
      FillNames(state.live->catalog(), *state.facts, reply, *reply.mutable_names()));
  return next;
}

absl::StatusOr<std::string> FillLicenseChanges(const TenantState& state, absl::string_view tenant,
                                               const v1::ListLicenseChangesRequest& request,
                                               absl::string_view place, size_t page_size,
                                               v1::ListLicenseChangesResponse& reply) {
  SEATWISE_ASSIGN_OR_RETURN(const Span span, SpanAt(state, request, place));
  SEATWISE_ASSIGN_OR_RETURN(const size_t sample, UserSampleOf(request.sample_size()));
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<SkuNo> sku,
                            SkuFilter(*state.live, tenant, request.sku_id()));
  SEATWISE_ASSIGN_OR_RETURN(LicenseDelta delta, DeltaOf(*state.facts, span));
  if (sku) {
    std::erase_if(delta.runs, [&](const LicenseDelta::Run& run) {
      return run.sku.value() != request.sku_id();
    });
  }
  std::stable_sort(delta.runs.begin(), delta.runs.end(),
                   [](const LicenseDelta::Run& x, const LicenseDelta::Run& y) {
                     if (x.sku != y.sku) return x.sku < y.sku;
                     return x.users.size() > y.users.size();
                   });
  absl::Status named;
  const auto add = [&](const LicenseDelta::Run& run) {
    v1::LicenseChangeGroup& row = *reply.add_rows();
    row.set_sku_id(run.sku.value());
    if (run.before) *row.mutable_before() = ToProto(*run.before);
    if (run.after) *row.mutable_after() = ToProto(*run.after);
    row.set_users(static_cast<int64_t>(run.users.size()));
    named.Update(AddUsers(state, run.users, sample, row));
  };
  SEATWISE_ASSIGN_OR_RETURN(std::string next, AddRowsFrom(delta.runs, place, page_size, add));
  SEATWISE_RETURN_IF_ERROR(named);
  reply.set_from_revision(static_cast<int64_t>(span.from));
  reply.set_to_revision(static_cast<int64_t>(span.to));
  SEATWISE_RETURN_IF_ERROR(
      FillNames(state.live->catalog(), *state.facts, reply, *reply.mutable_names()));
  return next.empty() ? next : absl::StrCat(span.to, ":", next);
}

}  // namespace seatwise
