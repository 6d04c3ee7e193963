#include "service/tenant.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "base/executor.h"
#include "base/lazy_thread_pool.h"
#include "base/status_macros.h"
#include "base/thread_pool.h"
#include "engine/incremental/live_state.h"
#include "engine/model/validate.h"
#include "engine/plan/impact.h"
#include "service/errors.h"
#include "service/license_comparison.h"
#include "service/plan_token.h"
#include "storage/bulk_load.h"
#include "storage/load.h"
#include "storage/requests.h"

namespace seatwise {
namespace {

// The rules that deltas are derived with: grows when a new version of the program answers
// differently to the same facts.
constexpr uint32_t kRuleVersion = 1;

// Of the newest deltas, for watchers that keep up.
constexpr size_t kWatchBytes = 1 << 20;

// For how long a request can be repeated: 24 hours were promised to callers.
constexpr int64_t kRequestLifeMicros = int64_t{25} * 3600 * 1'000'000;

TenantStatePtr MakeState(uint64_t revision, Time committed_at,
                         std::shared_ptr<const LiveState> live,
                         std::shared_ptr<const FactsSnapshot> facts) {
  return std::make_shared<const TenantState>(
      TenantState{revision, committed_at, std::move(live), std::move(facts)});
}

std::shared_ptr<const LicenseDelta> Share(LicenseDelta delta) {
  return std::make_shared<const LicenseDelta>(std::move(delta));
}

// What is known before anything is tried.
CommitResult ResultOn(const TenantStatePtr& tip) {
  return {.revision = tip->revision,
          .committed_at = tip->committed_at,
          .delta = Share({}),
          .before = tip,
          .after = tip};
}

absl::Status CheckRevision(const TenantState& tip, const CommitOptions& options) {
  if (options.expected_revision.value_or(tip.revision) == tip.revision) return absl::OkStatus();
  return RevisionMismatchError(*options.expected_revision, tip.revision);
}

absl::Status WritesHaltedError(const absl::Status& why) {
  return ErrorOf(
      v1::WRITES_HALTED,
      absl::StrCat("the tenant takes no writes, because storage failed: ", why.message()));
}

absl::Status OutcomeUnknownError(const absl::Status& why) {
  return ErrorOf(v1::WRITES_HALTED,
                 absl::StrCat("storage failed, and whether the change was made is unknown; repeat "
                              "it with the same request id: ",
                              why.message()));
}

absl::Status CheckRemoval(const LicenseDelta& delta, const LiveState& live, int32_t limit) {
  const int64_t lost = LicensesLost(delta);
  const int64_t held = LicensesHeld(live);
  if (!TakesTooMany(lost, held, limit)) return absl::OkStatus();
  return RemovalGuardError("licenses that are held", lost, held, limit);
}

// A large tenant is worth threads; for a small one starting them takes longer.
constexpr size_t kUsersWorthThreads = 20'000;

absl::StatusOr<std::shared_ptr<const LiveState>> DeriveFrom(const FactsSnapshot& facts,
                                                            int threads) {
  SEATWISE_ASSIGN_OR_RETURN(const size_t users, facts.Count(FactKind::kUser));
  std::unique_ptr<Executor> executor;
  if (threads > 1 && users >= kUsersWorthThreads) {
    executor = std::make_unique<ThreadPool>(threads);
  } else {
    executor = std::make_unique<InlineExecutor>();
  }
  SEATWISE_ASSIGN_OR_RETURN(LoadedFacts loaded, Load(facts, *executor));
  return LiveStateFrom(std::move(loaded), *executor);
}

}  // namespace

absl::StatusOr<std::shared_ptr<Tenant>> Tenant::LoadFrom(const TenantEntry& entry,
                                                         const TenantEnvironment& environment) {
  SEATWISE_ASSIGN_OR_RETURN(std::unique_ptr<TenantStore> store,
                            TenantStore::Open(environment.store, entry.number));
  std::shared_ptr<const FactsSnapshot> facts = store->tip();
  SEATWISE_ASSIGN_OR_RETURN(std::shared_ptr<const LiveState> live,
                            DeriveFrom(*facts, environment.threads));
  const uint64_t revision = facts->revision();
  const Time time = facts->commit_time();
  TenantStatePtr state = MakeState(revision, time, std::move(live), std::move(facts));
  return std::shared_ptr<Tenant>(
      new Tenant(entry, environment, std::move(store), std::move(state)));
}

Tenant::Tenant(TenantEntry entry, const TenantEnvironment& environment,
               std::unique_ptr<TenantStore> store, TenantStatePtr loaded)
    : entry_(std::move(entry)),
      environment_(environment),
      store_(std::move(store)),
      watches_(loaded->revision, kWatchBytes),
      publication_(loaded, watches_) {}

absl::StatusOr<CommitResult> Tenant::Commit(const ChangeMaker& make, const CommitOptions& options) {
  const Stopwatch stopwatch;
  if (options.validate_only) {
    SEATWISE_ASSIGN_OR_RETURN(Attempt attempt, Try(make, options, Published()));
    return Conclude(std::move(attempt), stopwatch);
  }
  SEATWISE_ASSIGN_OR_RETURN(Attempt attempt, Apply(make, options));
  return Conclude(std::move(attempt), stopwatch);
}

absl::StatusOr<CommitResult> Tenant::Fill(absl::FunctionRef<absl::Status(BulkLoad&)> fill,
                                          const CommitOptions& options) {
  const Stopwatch stopwatch;
  SEATWISE_ASSIGN_OR_RETURN(Attempt attempt, ApplyFill(fill, options));
  return Conclude(std::move(attempt), stopwatch);
}

absl::StatusOr<Tenant::Attempt> Tenant::Try(const ChangeMaker& make, const CommitOptions& options,
                                            const TenantStatePtr& tip) const {
  SEATWISE_ASSIGN_OR_RETURN(std::optional<CommitResult> known, Recall(*tip, options));
  if (known.has_value()) return Attempt{.result = *std::move(known)};
  SEATWISE_RETURN_IF_ERROR(CheckRevision(*tip, options));

  SEATWISE_ASSIGN_OR_RETURN(ChangeSet changes, make(*tip->facts));
  Attempt attempt{.result = ResultOn(tip)};
  if (changes.changes.empty() && !options.request.has_value()) return attempt;
  SEATWISE_ASSIGN_OR_RETURN(attempt.changes, Judge(std::move(changes), *tip, options, attempt));
  if (!attempt.changes.has_value()) return attempt;
  SEATWISE_RETURN_IF_ERROR(Derive(*attempt.changes, *tip, options, attempt));
  return attempt;
}

absl::StatusOr<Tenant::Attempt> Tenant::Apply(const ChangeMaker& make,
                                              const CommitOptions& options) {
  MutexLock lock(&writer_);
  if (absl::Status status = health(); !status.ok()) return WritesHaltedError(status);
  const TenantStatePtr tip = publication_.Tip();
  SEATWISE_ASSIGN_OR_RETURN(Attempt attempt, Try(make, options, tip));
  if (!attempt.changes.has_value()) return attempt;
  const CommitMeta meta = MetaOf(*tip, options, attempt.result);
  absl::StatusOr<Appended> appended =
      store_->Append(*attempt.changes, *tip->facts, *attempt.result.delta, meta);
  if (!appended.ok()) return AppendFailed(tip->revision + 1, appended.status());
  tip->live->SetHeir(attempt.result.after->live);
  Advance(*std::move(appended), attempt);
  return attempt;
}

absl::StatusOr<Tenant::Attempt> Tenant::ApplyFill(absl::FunctionRef<absl::Status(BulkLoad&)> fill,
                                                  const CommitOptions& options) {
  MutexLock lock(&writer_);
  if (absl::Status status = health(); !status.ok()) return WritesHaltedError(status);
  const TenantStatePtr tip = publication_.Tip();
  SEATWISE_ASSIGN_OR_RETURN(std::optional<CommitResult> known, Recall(*tip, options));
  if (known.has_value()) return Attempt{.result = *std::move(known)};
  SEATWISE_RETURN_IF_ERROR(CheckRevision(*tip, options));

  SEATWISE_ASSIGN_OR_RETURN(std::unique_ptr<BulkLoad> load, BulkLoad::Start(*store_));
  SEATWISE_RETURN_IF_ERROR(fill(*load));
  absl::StatusOr<std::shared_ptr<const FactsSnapshot>> facts = load->Finish();
  Attempt attempt{.result = ResultOn(tip)};
  attempt.result.errors = load->errors();
  attempt.result.more_errors = load->more_errors();
  if (!attempt.result.errors.empty()) {
    SEATWISE_RETURN_IF_ERROR(load->Drop());
    return attempt;
  }
  SEATWISE_RETURN_IF_ERROR(facts.status());
  SEATWISE_ASSIGN_OR_RETURN(std::shared_ptr<const LiveState> live,
                            DeriveFrom(**facts, environment_.threads));
  SEATWISE_RETURN_IF_ERROR(Plan(live, WholeDelta(*live), *tip, options, attempt));
  if (options.validate_only) {
    SEATWISE_RETURN_IF_ERROR(load->Drop());
    return attempt;
  }
  const CommitMeta meta = MetaOf(*tip, options, attempt.result);
  absl::StatusOr<Appended> appended = load->Commit(*attempt.result.delta, meta);
  if (!appended.ok()) return AppendFailed(tip->revision + 1, appended.status());
  Advance(*std::move(appended), attempt);
  return attempt;
}

absl::StatusOr<std::optional<CommitResult>> Tenant::Recall(const TenantState& tip,
                                                           const CommitOptions& options) const {
  if (!options.request.has_value()) return std::nullopt;
  SEATWISE_ASSIGN_OR_RETURN(
      std::optional<RequestOutcome> known,
      FindRequest(*tip.facts, options.actor, options.method, options.request->id));
  if (!known.has_value()) return std::nullopt;
  if (known->request.digest != options.request->digest) {
    return RequestIdReusedError(options.request->id);
  }
  return CommitResult{
      .revision = known->revision, .replayed = true, .reply = std::move(known->request.reply)};
}

absl::StatusOr<std::optional<ValidatedChangeSet>> Tenant::Judge(ChangeSet changes,
                                                                const TenantState& tip,
                                                                const CommitOptions& options,
                                                                Attempt& attempt) const {
  SEATWISE_ASSIGN_OR_RETURN(ValidationResult judged, Validate(std::move(changes), *tip.facts));
  CommitResult& result = attempt.result;
  result.errors = std::move(judged.errors);
  result.more_errors = judged.more_errors;
  result.warnings = std::move(judged.warnings);
  result.more_warnings = judged.more_warnings;
  if (!judged.changes.has_value()) return std::nullopt;
  result.facts_put = judged.changes->puts().size();
  result.facts_deleted = judged.changes->deletes().size();
  if (options.guard) SEATWISE_RETURN_IF_ERROR(options.guard(*judged.changes, *tip.facts));
  return std::move(judged.changes);
}

absl::Status Tenant::Derive(const ValidatedChangeSet& changes, const TenantState& tip,
                            const CommitOptions& options, Attempt& attempt) const {
  // One thread: a change of very many users leaves the others to readers. Somebody looks at a plan
  // while it is made: it has more, behind the readers.
  LazyThreadPool executor(options.validate_only ? environment_.threads : 1);
  const Stopwatch stopwatch;
  struct Prepared prepared = Prepare(tip.live, changes, executor);
  environment_.metrics.Prepared(stopwatch.Seconds());
  if (prepared.statistics.fell_back) environment_.metrics.BatchFallback();
  return Plan(std::move(prepared.state), std::move(prepared.delta), tip, options, attempt);
}

absl::Status Tenant::Plan(std::shared_ptr<const LiveState> live, LicenseDelta delta,
                          const TenantState& tip, const CommitOptions& options,
                          Attempt& attempt) const {
  if (options.plan.has_value()) {
    SEATWISE_RETURN_IF_ERROR(CheckEffect(
        *options.plan, PlanTokenOf(options.plan->changes, tip.revision, delta, *tip.live, *live)));
  }
  if (options.max_removed_percent.has_value() && !options.validate_only) {
    SEATWISE_RETURN_IF_ERROR(CheckRemoval(delta, *tip.live, *options.max_removed_percent));
  }
  attempt.result.delta = Share(std::move(delta));
  attempt.result.after = MakeState(tip.revision, tip.committed_at, std::move(live), tip.facts);
  return absl::OkStatus();
}

CommitMeta Tenant::MetaOf(const TenantState& tip, const CommitOptions& options,
                          CommitResult& result) const {
  result.wrote = true;
  result.revision = tip.revision + 1;
  result.committed_at = std::max(environment_.clock.Now(), tip.committed_at);  // L1.
  CommitMeta meta{.time = result.committed_at, .actor = options.actor, .method = options.method};
  if (tip.facts->rule_version() != kRuleVersion) meta.rule_version = kRuleVersion;
  if (options.request.has_value()) {
    std::string reply = options.reply ? options.reply(result) : "";
    if (reply.size() > kMaxStoredReplyBytes) reply.clear();
    meta.request = {.request_id = options.request->id,
                    .digest = options.request->digest,
                    .reply = std::move(reply),
                    .expires_at = Time{meta.time.micros + kRequestLifeMicros}};
  }
  return meta;
}

absl::Status Tenant::AppendFailed(uint64_t revision, const absl::Status& why) {
  environment_.metrics.CommitFailed();
  // Nothing was written; there may be room on the disk later.
  if (absl::IsResourceExhausted(why)) return why;
  return EndWrites(revision, why);
}

absl::Status Tenant::EndWrites(uint64_t revision, const absl::Status& why) {
  publication_.Fail(revision, why);
  environment_.log.Error("writes of a tenant have ended",
                         {{"tenant", id()}, {"revision", revision}, {"why", why.ToString()}});
  return OutcomeUnknownError(why);
}

void Tenant::Advance(Appended appended, Attempt& attempt) {
  CommitResult& result = attempt.result;
  SEATWISE_CHECK(appended.revision == result.revision) << appended.revision;
  attempt.ticket = appended.ticket;
  result.committed_at = appended.time;
  result.after =
      MakeState(appended.revision, appended.time, result.after->live, std::move(appended.facts));
  publication_.Apply(result.after, result.delta);
}

absl::StatusOr<CommitResult> Tenant::Conclude(Attempt attempt, const Stopwatch& since) {
  const uint64_t revision = attempt.result.revision;
  if (attempt.ticket.has_value()) {
    if (absl::Status status = store_->AwaitDurable(*attempt.ticket); !status.ok()) {
      environment_.metrics.CommitFailed();
      return EndWrites(revision, status);
    }
    publication_.Settle(revision);
  }
  if (attempt.ticket.has_value() || attempt.result.replayed) {
    // What others wrote first may not be durable yet, or have failed.
    absl::StatusOr<TenantStatePtr> published = AtLeast(revision, Deadline::Never());
    if (!published.ok()) return OutcomeUnknownError(published.status());
  }
  if (attempt.result.wrote) environment_.metrics.CommitDone(since.Seconds());
  return std::move(attempt.result);
}

size_t Tenant::ApproximateBytes() const {
  constexpr size_t kEmpty = 8 << 10;  // What a tenant without a fact takes.
  return kEmpty + Published()->live->ApproximateBytes() + watches_.bytes();
}

void Tenant::Renew() {
  if (!writer_.TryLock()) return;
  // In doubt, what is published has to be read as it was.
  if (health().ok() && environment_.store.Health().ok() &&
      publication_.Tip() == publication_.Published()) {
    publication_.Renew(store_->Renew());
  }
  writer_.Unlock();
}

absl::Status Tenant::Prune(const Retention& retention) {
  MutexLock lock(&writer_);
  if (absl::Status status = health(); !status.ok()) return WritesHaltedError(status);
  return store_->Prune(retention, environment_.clock.Now());
}

}  // namespace seatwise
