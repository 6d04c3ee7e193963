// The queries that are measured: GetEffectiveLicenses for users of a tenant.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace grpc {
class Channel;
}

namespace seatwise::bench {

inline constexpr char kGetMethod[] = "/seatwise.v1.LicenseService/GetEffectiveLicenses";

// A server on loopback: "127.0.0.1:7480".
std::shared_ptr<grpc::Channel> Connect(const std::string& address);

// Ids of 10,000 users, or of all in a smaller tenant. `tenant` is its name, here and below. None if
// the server does not answer, which is printed.
std::vector<std::string> UserIds(const std::shared_ptr<grpc::Channel>& channel,
                                 const std::string& tenant);

// A serialized request for each user.
std::vector<std::string> GetRequests(const std::string& tenant,
                                     const std::vector<std::string>& ids);

}  // namespace seatwise::bench
