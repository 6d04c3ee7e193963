// Names of a tenant's things, asked of its server as they are needed.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/client.h"
#include "cli/names.h"
#include "cli/product_words.h"
#include "engine/model/ids.h"

namespace seatwise::cli {

// Knows the names of what has been asked for. One thread.
class RemoteNames {
 public:
  // Knows nothing yet. `client` outlives it.
  RemoteNames(Client& client, std::string tenant) : client_(&client), tenant_(std::move(tenant)) {}

  // Knows all SKUs of the tenant.
  static absl::StatusOr<RemoteNames> WithSkus(ProductWords& products);
  // Knows all SKUs and service plans.
  static absl::StatusOr<RemoteNames> WithCatalog(ProductWords& products);

  // Asks for those that are not known yet. What does not exist any more keeps its id as its name.
  absl::Status Need(const std::vector<UserId>& users);
  absl::Status Need(const GroupId& group);
  absl::Status Need(const Principal& principal);

  const Names& names() const { return names_; }

 private:
  Client* client_;
  std::string tenant_;
  Names names_;
};

}  // namespace seatwise::cli
