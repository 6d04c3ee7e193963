// One reading of an interchange folder, table by table: the shared path behind ReadColumns and
// ReadFacts (reader.h). Used by one thread, which lends others to the tables.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/executor.h"
#include "engine/model/columns.h"
#include "engine/model/columns_builder.h"
#include "engine/model/facts.h"
#include "engine/model/id_table.h"
#include "interchange/input_row.h"
#include "interchange/input_table.h"
#include "interchange/progress.h"
#include "interchange/read_report.h"
#include "interchange/row_error.h"

namespace seatwise {

struct FolderOptions {
  size_t slice_bytes;
  // Whether users, groups, memberships, assignments and observed rows become facts, too. The
  // catalog always does.
  bool keep_facts = false;
  // Where those of these facts go that are not kept. May be empty.
  std::function<void(Fact)> take;
};

template <typename T>
void MoveTo(std::vector<T>& from, std::vector<T>& to) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

class FolderReading {
 public:
  FolderReading(std::string dir, const FolderOptions& options, Executor& executor,
                const Progress& progress);
  FolderReading(const FolderReading&) = delete;
  FolderReading& operator=(const FolderReading&) = delete;

  // Reads everything. Called once. nullopt if there are errors.
  std::optional<Columns> Read();
  // After Read, once.
  void Report(ReadReport& report);
  // After Read, if there were no errors.
  Facts TakeFacts() && { return std::move(facts_); }
  bool has_settings() const { return tenant_bytes_.has_value(); }

 private:
  bool CheckFolder();
  void CheckFileNames(const std::vector<std::string>& present);
  void ReadTenant();
  // folder_catalog.cc
  void ReadCatalog();
  void ReadSkus();
  void ReadPlans();
  void ReadSkuPlans();
  void ReadConflicts();
  void ReadRequirements();
  void ReadProhibitions();
  void ReadSubscriptions();
  // folder_directory.cc
  void ReadUsers();
  void ReadGroups();
  void ReadMembers();
  void FindRepeatedMembers();
  // folder_assignments.cc
  void ReadAssignments();
  void ReadObserved();

  InputTable& Open(const TableSpec& spec);
  std::string PathOf(absl::string_view file) const;
  // Whether there has been no error yet.
  bool ok() const;
  // Whether rows of the large tables become facts.
  bool makes_facts() const { return options_.keep_facts || options_.take; }
  // Keeps a part's facts in `kept`, or passes them on.
  template <typename FactType>
  void Keep(std::vector<FactType>& facts, std::vector<FactType>& kept) {
    if (!options_.take) return MoveTo(facts, kept);
    for (FactType& fact : facts) {
      if (ok()) options_.take(std::move(fact));
    }
  }
  // What references to the ids of `table` may name.
  static KnownIds Know(const InputTable& table, const IdTable& ids, absl::string_view noun);

  const std::string dir_;
  const FolderOptions options_;
  const Progress& progress_;
  InputOptions table_options_;
  int64_t done_bytes_ = 0;
  int64_t total_bytes_ = 0;

  ErrorList folder_errors_;
  ErrorList tenant_errors_;
  std::optional<int64_t> tenant_bytes_;
  std::deque<InputTable> tables_;

  Facts facts_;
  IdTable plan_ids_;
  IdTable sku_ids_;
  KnownIds plans_;
  KnownIds skus_;
  KnownIds users_;
  KnownIds groups_;
  std::vector<uint32_t> sku_rows_;  // By number of the SKU: its place in facts_.skus.
  std::optional<ColumnsBuilder> builder_;
  InputTable* members_ = nullptr;
};

}  // namespace seatwise
