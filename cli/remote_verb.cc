#include "cli/remote_verb.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/call_error.h"
#include "cli/text.h"
#include "seatwise/v1/catalog.pb.h"

namespace seatwise::cli {
namespace {

absl::StatusOr<std::string> SkuIdOf(const std::string& word, ProductWords& products) {
  SEATWISE_ASSIGN_OR_RETURN(const v1::Sku sku, products.FindSku(word));
  return sku.sku_id();
}

absl::StatusOr<std::string> PlanIdOf(const std::string& word, ProductWords& products) {
  return products.FindPlan(word);
}

// The id instead of the word, if there is one. No word names nothing: what empties a list.
template <typename IdOf>
absl::Status Replace(std::string& word, ProductWords& products, IdOf id_of) {
  if (word.empty()) return absl::OkStatus();
  absl::StatusOr<std::string> id = id_of(word, products);
  if (id.ok()) word = *std::move(id);
  return absl::IsNotFound(id.status()) ? absl::OkStatus() : id.status();
}

}  // namespace

CLI::App* RemoteVerb::Declare(CLI::App& parent) {
  app_ = parent.add_subcommand(words_.name, words_.description);
  DeclareOwn(*app_);
  output_.Declare(*app_, words_.lists);
  connection_.Declare(*app_, tenant_ != TenantUse::kNone);
  app_->footer(absl::StrCat("Examples:\n", words_.examples));
  return app_;
}

bool RemoteVerb::parsed() const { return app_->parsed(); }

ExitCode RemoteVerb::Check(Console&) { return ExitCode::kOk; }

ExitCode RemoteVerb::Run(Console& console) {
  const ExitCode checked = Check(console);
  if (checked != ExitCode::kOk) return checked;
  const std::string tenant = tenant_ == TenantUse::kNone ? "" : connection_.Tenant();
  if (tenant.empty() && tenant_ == TenantUse::kOne) {
    return console.Fail("name a tenant with --tenant ID", ExitCode::kUsage);
  }
  const absl::StatusOr<std::unique_ptr<Client>> client = connection_.Connect();
  if (absl::IsInvalidArgument(client.status())) {
    return console.Fail(Printable(client.status().message()), ExitCode::kUsage);
  }
  if (!client.ok()) return ReportCallError(client.status(), console);
  ProductWords products(**client, tenant);
  const absl::Status found = FindProducts(products);
  if (!found.ok()) return ReportCallError(found, console);
  Session session = {.client = **client,
                     .console = console,
                     .form = output_.choice(),
                     .tenant = tenant,
                     .products = products,
                     .place = connection_.Typed()};
  return Do(session);
}

void RemoteVerb::AddSkuFlag(CLI::App& verb, std::string& sku, const std::string& description) {
  verb.add_option("--sku", sku, absl::StrCat(description, ": id or name"))->type_name("SKU");
  skus_.push_back(&sku);
}

absl::Status RemoteVerb::FindProducts(ProductWords& products) const {
  for (std::string* word : skus_) {
    SEATWISE_RETURN_IF_ERROR(Replace(*word, products, SkuIdOf));
  }
  for (std::vector<std::string>* list : sku_lists_) {
    for (std::string& word : *list) {
      SEATWISE_RETURN_IF_ERROR(Replace(word, products, SkuIdOf));
    }
  }
  for (std::vector<std::string>* list : plan_lists_) {
    for (std::string& word : *list) {
      SEATWISE_RETURN_IF_ERROR(Replace(word, products, PlanIdOf));
    }
  }
  return absl::OkStatus();
}

}  // namespace seatwise::cli
