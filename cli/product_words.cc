#include "cli/product_words.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/status_macros.h"
#include "cli/pages.h"
#include "cli/text.h"
#include "interchange/nearest_name.h"
#include "seatwise/v1/service_plan_service.pb.h"
#include "seatwise/v1/sku_service.pb.h"
#include "service/names.h"

namespace seatwise::cli {
namespace {

constexpr size_t kMostEdits = 3;  // Between what was typed and what is suggested.

const std::string& IdOf(const v1::Sku& sku) { return sku.sku_id(); }
const std::string& NameOf(const v1::Sku& sku) { return sku.sku_part_number(); }
const std::string& IdOf(const v1::ServicePlan& plan) { return plan.service_plan_id(); }
const std::string& NameOf(const v1::ServicePlan& plan) { return plan.service_plan_name(); }

template <typename Product>
absl::StatusOr<Product> Find(absl::Span<const Product> products, const std::string& word,
                             absl::string_view what) {
  for (const Product& product : products) {
    if (IdOf(product) == word) return product;
  }
  for (const bool by_display_name : {false, true}) {
    std::vector<const Product*> found;
    for (const Product& product : products) {
      const std::string& name = by_display_name ? product.display_name() : NameOf(product);
      if (name == word) found.push_back(&product);
    }
    if (found.size() == 1) return *found[0];
    if (found.size() > 1) {
      return absl::InvalidArgumentError(absl::StrCat(
          Counted(static_cast<int64_t>(found.size()), what), " are called '", Printable(word),
          "'; name one by its id, for example '", Printable(IdOf(*found[0])), "'"));
    }
  }
  std::vector<absl::string_view> names;
  for (const Product& product : products) names.push_back(NameOf(product));
  const std::optional<absl::string_view> nearest = NearestName(word, names, kMostEdits);
  return absl::NotFoundError(absl::StrCat(
      "there is no ", what, " '", Printable(word), "'",
      nearest.has_value() ? absl::StrCat("; did you mean '", Printable(*nearest), "'?") : ""));
}

}  // namespace

absl::StatusOr<absl::Span<const v1::Sku>> ProductWords::Skus() {
  if (skus_.has_value()) return *skus_;
  std::vector<v1::Sku> skus;
  v1::ListSkusRequest request;
  request.set_parent(TenantName(tenant_));
  SEATWISE_RETURN_IF_ERROR(ForEachPage<v1::ListSkusResponse>(
      client_, "seatwise.v1.SkuService/ListSkus", request, [&](const v1::ListSkusResponse& page) {
        skus.insert(skus.end(), page.skus().begin(), page.skus().end());
        return true;
      }));
  skus_ = std::move(skus);
  return *skus_;
}

absl::StatusOr<absl::Span<const v1::ServicePlan>> ProductWords::Plans() {
  if (plans_.has_value()) return *plans_;
  std::vector<v1::ServicePlan> plans;
  v1::ListServicePlansRequest request;
  request.set_parent(TenantName(tenant_));
  SEATWISE_RETURN_IF_ERROR(ForEachPage<v1::ListServicePlansResponse>(
      client_, "seatwise.v1.ServicePlanService/ListServicePlans", request,
      [&](const v1::ListServicePlansResponse& page) {
        plans.insert(plans.end(), page.service_plans().begin(), page.service_plans().end());
        return true;
      }));
  plans_ = std::move(plans);
  return *plans_;
}

absl::StatusOr<v1::Sku> ProductWords::FindSku(const std::string& word) {
  SEATWISE_ASSIGN_OR_RETURN(const absl::Span<const v1::Sku> skus, Skus());
  return Find(skus, word, "SKU");
}

absl::StatusOr<std::string> ProductWords::FindPlan(const std::string& word) {
  SEATWISE_ASSIGN_OR_RETURN(const absl::Span<const v1::ServicePlan> plans, Plans());
  SEATWISE_ASSIGN_OR_RETURN(const v1::ServicePlan plan, Find(plans, word, "service plan"));
  return plan.service_plan_id();
}

}  // namespace seatwise::cli
