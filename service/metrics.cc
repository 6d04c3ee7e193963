#include "service/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <sstream>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/strip.h"
#include "base/mutex.h"
#include "base/process_stats.h"

namespace seatwise {
namespace {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;

// From 10 us, an answer from memory, to 10 s, a change to a large tenant.
const Histogram::BucketBoundaries& Seconds() {
  static const auto* const kBounds = new Histogram::BucketBoundaries{
      1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};
  return *kBounds;
}

// For what mostly takes some microseconds.
const Histogram::BucketBoundaries& FewMicroseconds() {
  static const auto* const kBounds = new Histogram::BucketBoundaries{
      5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};
  return *kBounds;
}

// By number; what gRPC calls them in text everywhere.
constexpr std::array<const char*, 17> kCodes = {"OK",
                                                "CANCELLED",
                                                "UNKNOWN",
                                                "INVALID_ARGUMENT",
                                                "DEADLINE_EXCEEDED",
                                                "NOT_FOUND",
                                                "ALREADY_EXISTS",
                                                "PERMISSION_DENIED",
                                                "RESOURCE_EXHAUSTED",
                                                "FAILED_PRECONDITION",
                                                "ABORTED",
                                                "OUT_OF_RANGE",
                                                "UNIMPLEM"
                                                "ENTED",
                                                "INTERNAL",
                                                "UNAVAILABLE",
                                                "DATA_LOSS",
                                                "UNAUTHENTICATED"};

prometheus::Family<Counter>& CounterFamily(prometheus::Registry& registry, const char* name,
                                           const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

Counter& AddCounter(prometheus::Registry& registry, const char* name, const char* help) {
  return CounterFamily(registry, name, help).Add({});
}

Gauge& AddGauge(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

prometheus::Family<Histogram>& HistogramFamily(prometheus::Registry& registry, const char* name,
                                               const char* help) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
}

Histogram& AddHistogram(prometheus::Registry& registry, const char* name, const char* help,
                        const Histogram::BucketBoundaries& bounds = Seconds()) {
  return HistogramFamily(registry, name, help).Add({}, bounds);
}

prometheus::Labels MethodLabels(absl::string_view method) {
  absl::string_view rest = absl::StripPrefix(method, "/");
  const size_t slash = rest.find('/');
  if (slash == absl::string_view::npos) return {{"grpc_method", std::string(rest)}};
  return {{"grpc_service", std::string(rest.substr(0, slash))},
          {"grpc_method", std::string(rest.substr(slash + 1))}};
}

}  // namespace

struct Metrics::Instruments {
  // Of one method.
  struct Method {
    prometheus::Labels labels;
    Histogram* seconds = nullptr;
    std::array<Counter*, kCodes.size()> handled = {};  // By code; made when first needed.
  };

  prometheus::Registry registry;
  prometheus::Family<Counter>& commits = CounterFamily(
      registry, "seatwise_commits_total", "Commits by outcome: ok is durable and published.");
  Counter& commits_ok = commits.Add({{"outcome", "ok"}});
  Counter& commits_failed = commits.Add({{"outcome", "failed"}});
  Histogram& commit_seconds =
      AddHistogram(registry, "seatwise_commit_seconds", "Time of a commit until it is published.");
  Histogram& prepare_seconds =
      AddHistogram(registry, "seatwise_prepare_seconds",
                   "The engine's time for a change or a what-if.", FewMicroseconds());
  Counter& batch_fallbacks =
      AddCounter(registry, "seatwise_batch_fallbacks_total",
                 "Changes so large that the whole tenant was computed anew.");
  Histogram& load_seconds =
      AddHistogram(registry, "seatwise_tenant_load_seconds", "Time to load a tenant.");
  Counter& evictions = AddCounter(registry, "seatwise_tenant_evictions_total",
                                  "Tenants dropped from memory to make room.");
  Gauge& tenants_loaded =
      AddGauge(registry, "seatwise_tenants_loaded", "Tenants that are in memory.");
  Gauge& tenant_bytes = AddGauge(registry, "seatwise_tenants_loaded_bytes",
                                 "Estimated memory of the tenants that are loaded.");
  Counter& reconciliations =
      AddCounter(registry, "seatwise_reconciliations_total", "Reconciliations that were done.");
  Counter& differences =
      AddCounter(registry, "seatwise_reconciliation_differences_total",
                 "Differences between live state and facts that were found: alarm on any.");
  Gauge& watchers = AddGauge(registry, "seatwise_watchers", "Streams of WatchLicenses open now.");
  Gauge& halted = AddGauge(registry, "seatwise_store_halted",
                           "1 while writes are halted after a failure of the disk.");
  Gauge& peak_memory = AddGauge(registry, "seatwise_process_peak_resident_bytes",
                                "The largest resident set of the process so far.");
  // The names that other gRPC servers use.
  prometheus::Family<Counter>& rpcs = CounterFamily(registry, "grpc_server_handled_total",
                                                    "Calls answered, by service, method and code.");
  prometheus::Family<Histogram>& rpc_seconds = HistogramFamily(
      registry, "grpc_server_handling_seconds", "Time to answer a call, by service and method.");

  Mutex mutex;
  absl::flat_hash_map<std::string, Method> methods SEATWISE_GUARDED_BY(mutex);
};

Metrics::Metrics() : instruments_(std::make_unique<Instruments>()) {}
Metrics::~Metrics() = default;

void Metrics::CommitDone(double seconds) {
  instruments_->commits_ok.Increment();
  instruments_->commit_seconds.Observe(seconds);
}

void Metrics::CommitFailed() { instruments_->commits_failed.Increment(); }

void Metrics::Prepared(double seconds) { instruments_->prepare_seconds.Observe(seconds); }

void Metrics::BatchFallback() { instruments_->batch_fallbacks.Increment(); }

void Metrics::TenantLoaded(double seconds) { instruments_->load_seconds.Observe(seconds); }

void Metrics::TenantEvicted() { instruments_->evictions.Increment(); }

void Metrics::SetTenantsLoaded(int64_t tenants, int64_t bytes) {
  instruments_->tenants_loaded.Set(static_cast<double>(tenants));
  instruments_->tenant_bytes.Set(static_cast<double>(bytes));
}

void Metrics::Reconciled(int64_t differences) {
  instruments_->reconciliations.Increment();
  instruments_->differences.Increment(static_cast<double>(differences));
}

void Metrics::WatchersChanged(int change) { instruments_->watchers.Increment(change); }

void Metrics::SetHalted(bool halted) { instruments_->halted.Set(halted ? 1 : 0); }

void Metrics::RpcDone(absl::string_view method, int code, double seconds) {
  const size_t index = code >= 0 && static_cast<size_t>(code) < kCodes.size()
                           ? static_cast<size_t>(code)
                           : size_t{2};  // Codes that gRPC does not know are UNKNOWN.
  Counter* handled = nullptr;
  Histogram* histogram = nullptr;
  {
    MutexLock lock(&instruments_->mutex);
    Instruments::Method& of = instruments_->methods[method];
    if (of.seconds == nullptr) {
      of.labels = MethodLabels(method);
      of.seconds = &instruments_->rpc_seconds.Add(of.labels, Seconds());
    }
    if (of.handled[index] == nullptr) {
      prometheus::Labels labels = of.labels;
      labels["grpc_code"] = kCodes[index];
      of.handled[index] = &instruments_->rpcs.Add(labels);
    }
    handled = of.handled[index];
    histogram = of.seconds;
  }
  handled->Increment();
  histogram->Observe(seconds);
}

std::string Metrics::Text() const {
  instruments_->peak_memory.Set(static_cast<double>(PeakResidentBytes()));
  std::ostringstream text;
  prometheus::TextSerializer().Serialize(text, instruments_->registry.Collect());
  return text.str();
}

}  // namespace seatwise
