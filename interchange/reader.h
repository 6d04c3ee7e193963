// Reads an interchange folder (semantics section 10). All errors of all files are found, in the
// order of the files below, then by line and column, whatever the number of threads; with a single
// one nothing is answered.
//
// Files, in the order in which they are read and reported: tenant.json, skus.csv,
// service_plans.csv, sku_plans.csv, plan_conflicts.csv, plan_requirements.csv,
// plan_prohibited_locations.csv, subscriptions.csv, users.csv, groups.csv, members.csv,
// assignments.csv, observed.csv. Other files are ignored, except one whose name looks like a
// misspelling of a file that is missing.
#pragma once

#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "base/executor.h"
#include "engine/model/columns.h"
#include "engine/model/facts.h"
#include "interchange/progress.h"
#include "interchange/read_report.h"

namespace seatwise {

// For folders of any size: memory does not grow with the bytes of the files, only with the columns.
// Names and texts of users and groups and all of observed.csv are checked, but not kept. `progress`
// counts bytes of the folder. nullopt iff !report.ok().
std::optional<Columns> ReadColumns(const std::string& dir, Executor& executor, ReadReport& report,
                                   const Progress& progress = {});

// For folders of any size: as ReadColumns, but each fact is passed on to `take`, one at a time, on
// this thread; the settings only if there is a tenant.json. What has been taken counts only if the
// answer is true: it comes before all errors are known. Memory as for ReadColumns.
bool StreamFacts(const std::string& dir, Executor& executor, ReadReport& report,
                 absl::FunctionRef<void(Fact)> take, const Progress& progress = {});

// For small folders: everything is kept. Rows come in the order of the files. nullopt iff
// !report.ok(), and that for exactly the same errors as ReadColumns.
std::optional<Facts> ReadFacts(const std::string& dir, ReadReport& report);

}  // namespace seatwise
