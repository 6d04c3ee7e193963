// The five methods of a kind of resource, called by name: CreateX, GetX, ListXs, UpdateX, DeleteX.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/client.h"
#include "cli/resource_kind.h"

namespace seatwise::cli {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// One thread.
class ResourceCalls {
 public:
  // Both outlive it.
  ResourceCalls(const ResourceKind& kind, Client& client) : kind_(kind), client_(client) {}

  // An empty request of "Create", "Get", "List", "Update" or "Delete".
  MessagePtr Request(absl::string_view verb) const;

  // Calls the method of the verb; the answer is its response.
  absl::StatusOr<MessagePtr> Call(absl::string_view verb,
                                  const google::protobuf::Message& request) const;

  // Visits all resources of a tenant, until `visit` answers false.
  absl::Status ForEach(const std::string& parent,
                       absl::FunctionRef<bool(const google::protobuf::Message&)> visit) const;

  // The resource within a request or a response.
  google::protobuf::Message& Resource(google::protobuf::Message& message) const;

  // Fields of requests, by name. `Has` tells whether there is one.
  static bool Has(const google::protobuf::Message& message, const char* field);
  static void Set(google::protobuf::Message& message, const char* field, const std::string& text);
  static void Set(google::protobuf::Message& message, const char* field, bool value);
  static void AddToMask(google::protobuf::Message& request, const std::string& path);

 private:
  const ResourceKind& kind_;
  Client& client_;
};

}  // namespace seatwise::cli
