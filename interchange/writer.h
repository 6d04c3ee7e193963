// Writes facts as an interchange folder (semantics section 10).
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "engine/model/facts.h"

namespace seatwise {

// Writes tenant.json and all twelve tables into a folder, which is made if it is missing, fact by
// fact and in memory that does not grow with them.
//
// Equal facts give equal bytes, in whatever order they come: rows are sorted by the bytes of their
// key columns, every column is there, times have their shortest form. ReadFacts gives the same
// facts back, apart from the order of rows. (An attribute whose value is empty is the same as
// none.)
//
// One thread at a time.
class FactsWriter {
 public:
  // Rows that take more memory than this lie on the disk, in `dir`, until the end.
  static constexpr size_t kMemoryLimit = size_t{64} << 20;
  explicit FactsWriter(std::string dir, size_t memory_limit = kMemoryLimit);
  // What lay on the disk is gone.
  ~FactsWriter();

  // Facts are valid, and each has another key; without settings they are the defaults. Makes the
  // folder only if it has to. Errors of writing files.
  absl::Status Add(const Fact& fact);

  // Many at once.
  absl::Status AddAll(const Facts& facts);

  // All facts are there: writes the files. Each appears complete or not at all, and replaces an
  // older one in one step; after an error some files may be new and others old.
  absl::Status Finish();

 private:
  class Tables;
  static absl::Status WriteCatalog(const Facts& facts, const std::string& dir);
  friend absl::Status WriteCatalogFacts(const Facts& facts, const std::string& dir);

  const std::unique_ptr<Tables> tables_;
};

// The same for facts that are in memory.
absl::Status WriteFacts(const Facts& facts, const std::string& dir);

// The same for the catalog alone: skus.csv, service_plans.csv, sku_plans.csv, plan_conflicts.csv,
// plan_requirements.csv and plan_prohibited_locations.csv; the last two only if they have rows.
absl::Status WriteCatalogFacts(const Facts& facts, const std::string& dir);

}  // namespace seatwise
