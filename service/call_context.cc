#include "service/call_context.h"

#include <chrono>
#include <memory>
#include <vector>

#include "grpcpp/security/auth_context.h"

namespace seatwise {
namespace {

constexpr std::chrono::minutes kLongestWait{1};

}  // namespace

Deadline DeadlineOf(const grpc::ServerContextBase& context) {
  return Deadline::At(context.deadline()).OrBy(Deadline::After(kLongestWait));
}

std::string CallerOf(const grpc::ServerContextBase& context) {
  const std::shared_ptr<const grpc::AuthContext> auth = context.auth_context();
  if (auth == nullptr || !auth->IsPeerAuthenticated()) return "anonymous";
  const std::vector<grpc::string_ref> names = auth->GetPeerIdentity();
  return names.empty() ? "anonymous" : std::string(names.front().data(), names.front().size());
}

}  // namespace seatwise
