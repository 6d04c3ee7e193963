// seatwise.v1.ReportService: violations, seats, groups.
#pragma once

#include <memory>

namespace grpc {
class Service;
}  // namespace grpc

namespace seatwise {

class PageTokens;
class TenantRegistry;

// Both outlive the service.
std::unique_ptr<grpc::Service> MakeReportService(TenantRegistry& registry,
                                                 const PageTokens& tokens);

}  // namespace seatwise
