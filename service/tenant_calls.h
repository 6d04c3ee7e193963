// The calls of TenantService: tenants are created, listed, changed and deleted.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "base/clock.h"
#include "seatwise/v1/tenant_service.pb.h"
#include "service/page_token.h"
#include "service/tenant_registry.h"

namespace seatwise {

// Each does what its rpc says, and blocks. Any thread.
//
// A creation is two commits, of the directory and of the settings; a tenant at revision 0 is one
// whose creation was cut short, and creating it again completes it. A deletion leaves nothing
// behind, request ids neither: repeated, it is NOT_FOUND, or OK with allow_missing.
class TenantCalls {
 public:
  // Both outlive it.
  TenantCalls(TenantRegistry& registry, const PageTokens& tokens)
      : registry_(registry), tokens_(tokens) {}

  absl::Status Get(Deadline deadline, const v1::GetTenantRequest& request,
                   v1::GetTenantResponse& response) const;
  absl::Status List(const v1::ListTenantsRequest& request, v1::ListTenantsResponse& response) const;
  absl::Status GetStatus(Deadline deadline, const v1::GetTenantStatusRequest& request,
                         v1::GetTenantStatusResponse& response) const;
  absl::Status Create(const std::string& actor, const v1::CreateTenantRequest& request,
                      v1::CreateTenantResponse& response) const;
  absl::Status Update(const std::string& actor, const v1::UpdateTenantRequest& request,
                      v1::UpdateTenantResponse& response) const;
  absl::Status Delete(const v1::DeleteTenantRequest& request,
                      v1::DeleteTenantResponse& response) const;

 private:
  absl::Status AddListed(const TenantEntry& entry, v1::ListTenantsResponse& response) const;

  TenantRegistry& registry_;
  const PageTokens& tokens_;
};

}  // namespace seatwise
