// A verb that asks a server: what all of those have in common.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "cli/client.h"
#include "cli/connection.h"
#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/product_words.h"
#include "cli/records.h"

namespace CLI {
class App;
}

namespace seatwise::cli {

// What a verb works with.
struct Session {
  Client& client;
  Console& console;
  OutputChoice form;
  std::string tenant;  // The id; empty for verbs that need none.
  ProductWords& products;
  std::string place;  // The flags that say where the tenant is, as typed, behind a space each.
};

// Whether a verb is about one tenant.
enum class TenantUse : uint8_t { kNone, kOptional, kOne };

// One word of the command line with the flags of connection, tenant and output. Declared once, then
// run at most once.
class RemoteVerb {
 public:
  virtual ~RemoteVerb() = default;

  // Adds the verb to the command line. Must outlive the parsing.
  CLI::App* Declare(CLI::App& parent);

  // Connects and does it. All complaints have been made when it returns.
  ExitCode Run(Console& console);

  bool parsed() const;

 protected:
  struct Words {
    std::string name;
    std::string description;
    std::string examples;  // Two lines, as a footer.
    bool lists = false;    // Answers rows, of which --columns chooses.
  };

  RemoteVerb(Words words, TenantUse tenant) : words_(std::move(words)), tenant_(tenant) {}

  // Adds the verb's own arguments and flags.
  virtual void DeclareOwn(CLI::App& verb) = 0;

  // Flags and arguments that name products as people do. In Do each is the id, where the tenant has
  // a product of that id, technical name or display name; else it is as typed, for the server to
  // complain about.
  void NamesSkus(std::vector<std::string>& words) { sku_lists_.push_back(&words); }
  void NamesPlans(std::vector<std::string>& words) { plan_lists_.push_back(&words); }
  // Declares --sku, which names one.
  void AddSkuFlag(CLI::App& verb, std::string& sku,
                  const std::string& description = "Only of this SKU");

  // What can be said without a server; kOk if nothing is wrong.
  virtual ExitCode Check(Console& console);

  virtual ExitCode Do(Session& session) = 0;

 private:
  absl::Status FindProducts(ProductWords& products) const;

  const Words words_;
  const TenantUse tenant_;
  ConnectionFlags connection_;
  OutputFlags output_;
  CLI::App* app_ = nullptr;
  std::vector<std::string*> skus_;
  std::vector<std::vector<std::string>*> sku_lists_;
  std::vector<std::vector<std::string>*> plan_lists_;
};

}  // namespace seatwise::cli
