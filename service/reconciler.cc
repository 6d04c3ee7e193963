#include "service/reconciler.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/executor.h"
#include "base/status_macros.h"
#include "base/thread_pool.h"
#include "service/errors.h"
#include "service/grpc_status.h"
#include "service/impact.h"
#include "service/names.h"
#include "service/request_id.h"
#include "service/timestamps.h"
#include "storage/documents.h"

namespace seatwise {
namespace {

using google::longrunning::Operation;

// Operations that are done and still known.
constexpr size_t kMostFinished = 1000;

std::string OperationName(const std::string& tenant, const std::string& id) {
  return ChildName(tenant, "operations", id);
}

// All threads but one, which is left to others.
std::unique_ptr<Executor> MakeExecutor(int threads) {
  --threads;
  if (threads <= 1) return std::make_unique<InlineExecutor>();
  return std::make_unique<ThreadPool>(threads);
}

// The run before, if one is kept.
absl::StatusOr<std::optional<v1::Reconciliation>> LatestOf(Tenant& tenant) {
  SEATWISE_ASSIGN_OR_RETURN(const std::vector<Document> latest,
                            tenant.documents().List(kRunsFolder, "", 1));
  if (latest.empty()) return std::nullopt;
  v1::Reconciliation run;
  if (!run.ParseFromString(latest.front().bytes)) {
    return absl::DataLossError("the reconciliation before cannot be read");
  }
  return run;
}

}  // namespace

Reconciler::Reconciler(TenantRegistry& registry) : registry_(registry), workers_(1) {}

Reconciler::~Reconciler() = default;

std::string Reconciler::NewId() {
  // From the latest to the first, in the order of the bytes; never twice.
  const int64_t now = registry_.environment().clock.Now().micros;
  last_id_ = std::max(last_id_ + 1, now);
  return absl::StrFormat("r%016x", std::numeric_limits<int64_t>::max() - last_id_);
}

absl::StatusOr<Operation> Reconciler::Start(const std::string& tenant,
                                            const v1::RunReconciliationRequest& request,
                                            Deadline deadline) {
  SEATWISE_ASSIGN_OR_RETURN(const size_t sample_size, SampleSizeOf(request.sample_size()));
  SEATWISE_RETURN_IF_ERROR(RequestKeyOf(request).status());
  if (request.min_revision() < 0) {
    return FieldError(v1::OUT_OF_RANGE, "min_revision", "is negative");
  }
  SEATWISE_ASSIGN_OR_RETURN(const std::shared_ptr<Tenant> holder, registry_.Get(tenant));
  SEATWISE_ASSIGN_OR_RETURN(
      TenantStatePtr state,
      holder->AtLeast(static_cast<uint64_t>(request.min_revision()), deadline));
  auto run = std::make_shared<Run>();
  Operation started;
  {
    MutexLock lock(&mutex_);
    for (const auto& [name, known] : runs_) {
      if (known->tenant == tenant && !request.request_id().empty() &&
          known->request_id == request.request_id()) {
        return known->operation;
      }
    }
    if (under_way_.contains(tenant)) {
      return OverloadedError("a reconciliation of this tenant is under way; wait for it");
    }
    *run = Run{.tenant = tenant,
               .id = NewId(),
               .request_id = request.request_id(),
               .started_at = registry_.environment().clock.Now(),
               .holder = holder,
               .state = std::move(state),
               .sample_size = sample_size,
               .operation = {}};
    run->operation.set_name(OperationName(tenant, run->id));
    v1::RunReconciliationMetadata metadata;
    metadata.set_reconciliation(ChildName(tenant, "reconciliations", run->id));
    metadata.set_revision(static_cast<int64_t>(run->state->revision));
    metadata.set_stage(v1::RunReconciliationMetadata::LOADING);
    *metadata.mutable_start_time() = ToTimestamp(run->started_at);
    run->operation.mutable_metadata()->PackFrom(metadata);
    started = run->operation;
    runs_[started.name()] = run;
    under_way_[tenant] = run;
  }
  workers_.Run([this, run] { Carry(run); });
  return started;
}

void Reconciler::Carry(const std::shared_ptr<Run>& run) {
  absl::StatusOr<v1::Reconciliation> found = Compute(*run);
  if (found.ok()) {
    if (absl::Status kept = Keep(*run->holder, *run, *found); !kept.ok()) found = std::move(kept);
  }
  if (found.ok()) {
    Report(*run, *found);
  } else {
    registry_.environment().log.Error(
        "a reconciliation failed", {{"tenant", run->tenant}, {"why", found.status().ToString()}});
  }
  Finish(run, found);
}

absl::StatusOr<v1::Reconciliation> Reconciler::Compute(Run& run) {
  SEATWISE_ASSIGN_OR_RETURN(const std::optional<v1::Reconciliation> previous,
                            LatestOf(*run.holder));
  ReconciliationOptions options{.sample_size = run.sample_size};
  if (previous.has_value()) options.previous_revision = static_cast<uint64_t>(previous->revision());
  options.progress = [&](v1::RunReconciliationMetadata::Stage stage) { SetStage(run, stage); };
  const std::unique_ptr<Executor> executor = MakeExecutor(registry_.environment().threads);
  SEATWISE_ASSIGN_OR_RETURN(v1::Reconciliation found, Reconcile(*run.state, options, *executor));
  found.set_name(ChildName(run.tenant, "reconciliations", run.id));
  *found.mutable_start_time() = ToTimestamp(run.started_at);
  *found.mutable_end_time() = ToTimestamp(registry_.environment().clock.Now());
  if (previous.has_value()) found.set_previous(previous->name());
  return found;
}

absl::Status Reconciler::Keep(Tenant& tenant, const Run& run, const v1::Reconciliation& found) {
  Documents documents = tenant.documents();
  SEATWISE_RETURN_IF_ERROR(documents.Put(kRunsFolder, {run.id, found.SerializeAsString()}));
  SEATWISE_ASSIGN_OR_RETURN(const std::vector<Document> all,
                            documents.List(kRunsFolder, "", kKeptRuns + 1));
  if (all.size() <= kKeptRuns) return absl::OkStatus();
  return documents.Delete(kRunsFolder, all.back().name);
}

void Reconciler::Report(const Run& run, const v1::Reconciliation& found) {
  const TenantEnvironment& environment = registry_.environment();
  const int64_t differences = found.against_live().licenses() + found.against_live().seats();
  environment.metrics.Reconciled(differences);
  if (differences > 0) {
    environment.log.Error("the live state differs from what its facts say",
                          {{"tenant", run.tenant},
                           {"revision", found.revision()},
                           {"licenses", found.against_live().licenses()},
                           {"seats", found.against_live().seats()},
                           {"reconciliation", found.name()}});
  } else {
    environment.log.Info("reconciled", {{"tenant", run.tenant}, {"revision", found.revision()}});
  }
}

void Reconciler::Finish(const std::shared_ptr<Run>& run,
                        const absl::StatusOr<v1::Reconciliation>& found) {
  std::shared_ptr<Tenant> holder;  // Let go of outside of the lock.
  TenantStatePtr state;
  SetStage(*run, v1::RunReconciliationMetadata::DONE);
  {
    MutexLock lock(&mutex_);
    run->operation.set_done(true);
    if (found.ok()) {
      run->operation.mutable_response()->PackFrom(*found);
    } else {
      run->operation.mutable_error()->set_code(static_cast<int>(found.status().code()));
      run->operation.mutable_error()->set_message(std::string(found.status().message()));
    }
    holder = std::move(run->holder);
    state = std::move(run->state);
    under_way_.erase(run->tenant);
    finished_.push_back(run->operation.name());
    if (finished_.size() > kMostFinished) {
      runs_.erase(finished_.front());
      finished_.pop_front();
    }
  }
  changed_.NotifyAll();
}

void Reconciler::SetStage(Run& run, v1::RunReconciliationMetadata::Stage stage) {
  MutexLock lock(&mutex_);
  v1::RunReconciliationMetadata metadata;
  run.operation.metadata().UnpackTo(&metadata);
  metadata.set_stage(stage);
  run.operation.mutable_metadata()->PackFrom(metadata);
}

absl::StatusOr<Operation> Reconciler::Find(const std::string& name) const {
  MutexLock lock(&mutex_);
  const auto run = runs_.find(name);
  if (run == runs_.end()) return NotFoundError(name);
  return run->second->operation;
}

std::vector<Operation> Reconciler::List(const std::string& tenant) const {
  MutexLock lock(&mutex_);
  std::vector<Operation> operations;
  for (const auto& [name, run] : runs_) {
    if (run->tenant == tenant) operations.push_back(run->operation);
  }
  return operations;
}

absl::StatusOr<Operation> Reconciler::Wait(const std::string& name, Deadline deadline) const {
  MutexLock lock(&mutex_);
  for (;;) {
    const auto run = runs_.find(name);
    if (run == runs_.end()) return NotFoundError(name);
    if (run->second->operation.done()) return run->second->operation;
    if (!changed_.WaitUntil(mutex_, deadline)) return run->second->operation;
  }
}

}  // namespace seatwise
