#include "cli/catalog_convert.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/folders.h"
#include "cli/rejection.h"
#include "cli/text.h"
#include "interchange/vendor_catalog.h"
#include "interchange/writer.h"

namespace seatwise::cli {
namespace {

class CatalogConvertVerb final : public Verb {
 public:
  CLI::App* Declare(CLI::App& parent) override;
  ExitCode Run(Console& console) override;

 private:
  VendorCatalogInput input_;
  std::string out_;
};

CLI::App* CatalogConvertVerb::Declare(CLI::App& parent) {
  CLI::App* catalog = parent.add_subcommand("catalog", "Work with catalogs of products");
  catalog->require_subcommand(1);
  catalog->footer(
      "Examples:\n"
      "  seatwise catalog convert products.csv --out catalog\n"
      "  seatwise catalog convert --help");
  CLI::App* verb =
      catalog->add_subcommand("convert", "Convert Microsoft's list of products to files of facts");
  verb->add_option("IN.csv", input_.catalog, "The list, as it is downloaded or renamed")
      ->required()
      ->type_name("");
  verb->add_option("--conflicts", input_.conflicts,
                   "Conflict groups: plans of one group exclude each other")
      ->type_name("FILE");
  verb->add_option("--requirements", input_.requirements,
                   "Requirements: plans that need one of other plans")
      ->type_name("FILE");
  verb->add_option("--out", out_, "Folder for skus.csv and the other files")
      ->required()
      ->type_name("DIR");
  verb->footer(
      "Examples:\n"
      "  seatwise catalog convert products.csv --out catalog\n"
      "  seatwise catalog convert products.csv --conflicts conflicts.csv \\\n"
      "      --requirements requirements.csv --out catalog");
  return verb;
}

// A line for each kind of thing that was put right or left out, if there is any.
std::string Remarks(const VendorCatalog& catalog) {
  std::string remarks;
  const auto add = [&remarks](int64_t number, absl::string_view singular, absl::string_view plural,
                              absl::string_view what) {
    if (number == 0) return;
    absl::StrAppend(&remarks, "  ", Counted(number, singular, plural), " ", what, "\n");
  };
  add(catalog.repeated_rows, "row", "rows", "given again, ignored");
  add(catalog.respelled_names, "other spelling of a name", "other spellings of names",
      "dropped: the most frequent one was kept");
  add(catalog.reencoded_cells, "cell", "cells", "read as Windows-1252");
  add(catalog.conflicts_left_out, "plan of a conflict group", "plans of conflict groups",
      "not in the list, left out");
  add(catalog.requirements_left_out, "requirement", "requirements",
      "of or for plans not in the list, left out");
  return remarks;
}

std::string Answer(const VendorCatalog& catalog, const std::string& out) {
  const auto count = [](const auto& facts) { return static_cast<int64_t>(facts.size()); };
  int64_t pairs = 0;
  for (const Sku& sku : catalog.facts.skus) pairs += count(sku.plans);
  return absl::StrCat(Counted(count(catalog.facts.skus), "SKU"), ", ",
                      Counted(count(catalog.facts.plans), "service plan"), ", ",
                      Counted(pairs, "plan in a SKU", "plans in SKUs"), ", ",
                      Counted(count(catalog.facts.conflicts), "conflict"), " and ",
                      Counted(count(catalog.facts.requirements), "requirement"), " are in ",
                      Printable(out), "\n", Remarks(catalog));
}

ExitCode CatalogConvertVerb::Run(Console& console) {
  const absl::Status writable = CheckOutputFolder(out_);
  if (!writable.ok()) return console.Fail(writable);
  ReadReport report;
  const std::optional<VendorCatalog> catalog = ReadVendorCatalog(input_, report);
  if (!catalog.has_value()) return ReportRejection(report, input_.catalog, console);
  const absl::Status written = WriteCatalogFacts(catalog->facts, out_);
  if (!written.ok()) return console.Fail(written);
  return console.Print(Answer(*catalog, out_));
}

}  // namespace

std::unique_ptr<Verb> MakeCatalogConvertVerb() { return std::make_unique<CatalogConvertVerb>(); }

}  // namespace seatwise::cli
