#include "service/services.h"

#include <iterator>
#include <utility>

#include "grpcpp/impl/codegen/service_type.h"
#include "service/catalog_services.h"
#include "service/change_service.h"
#include "service/directory_services.h"
#include "service/explain_service.h"
#include "service/license_service.h"
#include "service/plan_relation_services.h"
#include "service/reconciliation_service.h"
#include "service/report_service.h"
#include "service/resource_calls.h"
#include "service/tenant_service.h"
#include "service/transfer_service.h"
#include "service/user_licensing_service.h"
#include "service/watch_service.h"

namespace seatwise {
namespace {

// For the calls to tenants that are not in memory yet.
constexpr int kWorkers = 8;

void Move(std::vector<OwnedService> from, std::vector<OwnedService>& to) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

}  // namespace

Services::Services(TenantRegistry& registry)
    : page_tokens_(PageTokens::WithRandomKey()), reconciler_(registry), workers_(kWorkers) {
  const ResourceCalls calls(registry, page_tokens_);
  Move(MakeCatalogServices(calls), all_);
  Move(MakePlanRelationServices(calls), all_);
  Move(MakeDirectoryServices(calls), all_);
  all_.push_back(MakeTenantService(registry, page_tokens_));
  all_.push_back(MakeTransferService(registry, page_tokens_));
  Move(MakeReconciliationServices(registry, reconciler_, page_tokens_), all_);
  all_.push_back(MakeWatchService(registry));
  all_.push_back(MakeChangeService(registry));
  all_.push_back(MakeUserLicensingService(registry));
  all_.push_back({.service = MakeLicenseService(registry, page_tokens_, workers_),
                  .name = "seatwise.v1.LicenseService"});
  all_.push_back(MakeExplainService(registry, page_tokens_));
  all_.push_back(
      {.service = MakeReportService(registry, page_tokens_), .name = "seatwise.v1.ReportService"});
}

}  // namespace seatwise
