// seatwise.v1.LicenseService: what users effectively have.
#pragma once

#include <memory>

namespace grpc {
class Service;
}  // namespace grpc

namespace seatwise {

class PageTokens;
class TenantRegistry;
class WorkerThreads;

// GetEffectiveLicenses and BatchGetEffectiveLicenses are answered at once, on the thread that
// brings the call, if the tenant is in memory and at the revision asked for; otherwise on one of
// `workers`. All of these outlive the service.
std::unique_ptr<grpc::Service> MakeLicenseService(TenantRegistry& registry,
                                                  const PageTokens& tokens, WorkerThreads& workers);

}  // namespace seatwise
