// What the server counts about itself, as Prometheus reads it. docs/operations.md lists the names.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace seatwise {

// One set of counters, gauges and histograms for a server. Times are seconds. Any thread; a call
// costs an atomic addition or a short lock, never a wait.
class Metrics {
 public:
  Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;
  ~Metrics();

  // A commit that was acknowledged: from the request to durable and published.
  void CommitDone(double seconds);
  void CommitFailed();
  // The engine's part of a commit or a what-if.
  void Prepared(double seconds);
  // A change that was so large that everything was computed anew.
  void BatchFallback();

  void TenantLoaded(double seconds);
  void TenantEvicted();
  // The state after loads and evictions. `bytes` is an estimate of their memory.
  void SetTenantsLoaded(int64_t tenants, int64_t bytes);

  // A reconciliation was done, and found `differences` between the live state and the facts: any
  // but 0 is an alarm.
  void Reconciled(int64_t differences);

  // Streams of WatchLicenses that are open: +1 and -1.
  void WatchersChanged(int change);

  // Whether writes are halted after a failure of the disk.
  void SetHalted(bool halted);

  // A call was answered. `method` is the full name ("/seatwise.v1.Queries/GetSeats"), `code` a
  // grpc::StatusCode.
  void RpcDone(absl::string_view method, int code, double seconds);

  // All of it in Prometheus' text format.
  std::string Text() const;

 private:
  struct Instruments;

  std::unique_ptr<Instruments> instruments_;
};

}  // namespace seatwise
