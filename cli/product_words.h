// A tenant's SKUs and service plans, which people call by id, by technical name, or by display
// name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "cli/client.h"
#include "seatwise/v1/catalog.pb.h"

namespace seatwise::cli {

// Asks the server for all products when they are first needed, once. One thread.
class ProductWords {
 public:
  // `client` outlives it.
  ProductWords(Client& client, std::string tenant) : client_(client), tenant_(std::move(tenant)) {}

  Client& client() const { return client_; }
  const std::string& tenant() const { return tenant_; }

  // All, as the server lists them; valid as long as this. The errors of the call.
  absl::StatusOr<absl::Span<const v1::Sku>> Skus();
  absl::StatusOr<absl::Span<const v1::ServicePlan>> Plans();

  // Who has the id, else the only one with the technical name, else the only one with the display
  // name. NOT_FOUND says what is meant perhaps; INVALID_ARGUMENT if several have the name. Else the
  // errors of the call.
  absl::StatusOr<v1::Sku> FindSku(const std::string& word);
  // The id.
  absl::StatusOr<std::string> FindPlan(const std::string& word);

 private:
  Client& client_;
  const std::string tenant_;
  std::optional<std::vector<v1::Sku>> skus_;
  std::optional<std::vector<v1::ServicePlan>> plans_;
};

}  // namespace seatwise::cli
