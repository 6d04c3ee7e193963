// Runs reconciliations in the background, one at a time, and keeps what they found.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "google/longrunning/operations.pb.h"
#include "seatwise/v1/reconciliation_service.pb.h"
#include "service/reconciliation.h"
#include "service/tenant.h"
#include "service/tenant_registry.h"
#include "service/worker_threads.h"

namespace seatwise {

// Any thread. A run holds its tenant's state until it is done, and leaves a processor to readers.
// Its summary and differences are kept with the tenant (the last kKeptRuns); its operation is known
// until the server ends.
class Reconciler {
 public:
  // `registry` outlives it. The destructor waits for the runs under way.
  explicit Reconciler(TenantRegistry& registry);
  Reconciler(const Reconciler&) = delete;
  Reconciler& operator=(const Reconciler&) = delete;
  ~Reconciler();

  // Starts a run. OVERLOADED if one of the tenant is under way. With a request id that started a
  // run before: the operation of that one.
  absl::StatusOr<google::longrunning::Operation> Start(const std::string& tenant,
                                                       const v1::RunReconciliationRequest& request,
                                                       Deadline deadline);

  // NOT_FOUND.
  absl::StatusOr<google::longrunning::Operation> Find(const std::string& name) const;
  // Of one tenant, by name.
  std::vector<google::longrunning::Operation> List(const std::string& tenant) const;
  // The operation, once it is done or the deadline has passed.
  absl::StatusOr<google::longrunning::Operation> Wait(const std::string& name,
                                                      Deadline deadline) const;

 private:
  struct Run {
    std::string tenant;
    std::string id;          // Of the reconciliation and of the operation.
    std::string request_id;  // Empty if there was none.
    Time started_at;
    std::shared_ptr<Tenant> holder;  // Null once it is done, as is `state`.
    TenantStatePtr state;
    size_t sample_size = 0;
    google::longrunning::Operation operation;
  };

  void Carry(const std::shared_ptr<Run>& run);
  absl::StatusOr<v1::Reconciliation> Compute(Run& run);
  absl::Status Keep(Tenant& tenant, const Run& run, const v1::Reconciliation& found);
  void Report(const Run& run, const v1::Reconciliation& found);
  void Finish(const std::shared_ptr<Run>& run, const absl::StatusOr<v1::Reconciliation>& found);
  void SetStage(Run& run, v1::RunReconciliationMetadata::Stage stage);
  std::string NewId() SEATWISE_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  TenantRegistry& registry_;
  mutable Mutex mutex_;
  mutable CondVar changed_;
  // By the operation's name.
  absl::btree_map<std::string, std::shared_ptr<Run>> runs_ SEATWISE_GUARDED_BY(mutex_);
  std::deque<std::string> finished_ SEATWISE_GUARDED_BY(mutex_);  // Names, the oldest first.
  // Of tenants.
  absl::flat_hash_map<std::string, std::shared_ptr<Run>> under_way_ SEATWISE_GUARDED_BY(mutex_);
  int64_t last_id_ SEATWISE_GUARDED_BY(mutex_) = 0;
  WorkerThreads workers_;  // Last: its end waits for what uses the rest.
};

// The runs that are kept of a tenant.
inline constexpr size_t kKeptRuns = 100;

// The folder of the documents in which runs are kept. Names ascend from the latest run to the
// first.
inline constexpr absl::string_view kRunsFolder = "reconciliations";

}  // namespace seatwise
