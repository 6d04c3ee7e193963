// From the newest revision back: what a fact was before the first change that is undone is what it
// was at the revision asked for.
#include "storage/undo.h"

#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "engine/model/fact_key.h"
#include "engine/model/facts.h"
#include "storage/journal.h"

namespace seatwise {
namespace {

// What facts were; nothing: they were not there.
using Before = std::map<FactKey, std::optional<Fact>>;

absl::Status CheckIsKept(const FactsSnapshot& facts, uint64_t revision) {
  SEATWISE_ASSIGN_OR_RETURN(const uint64_t oldest, OldestRevision(facts));
  if (revision < oldest) {
    return absl::OutOfRangeError(absl::StrCat(
        "revision ", revision, " is no longer kept; the oldest that can be read is ", oldest));
  }
  if (revision <= facts.revision()) return absl::OkStatus();
  return absl::OutOfRangeError(
      absl::StrCat("revision ", revision, " is not there yet; the last is ", facts.revision()));
}

}  // namespace

absl::StatusOr<Undo> UndoTo(const FactsSnapshot& facts, uint64_t revision) {
  SEATWISE_RETURN_IF_ERROR(CheckIsKept(facts, revision));
  Undo undo;
  Before before;
  for (uint64_t undone = facts.revision(); undone > revision; --undone) {
    SEATWISE_ASSIGN_OR_RETURN(RevisionChanges read, ReadRevision(facts, undone));
    if (read.bulk_load) {
      undo.from_nothing = true;
      before.clear();
    }
    for (JournalChange& change : read.changes) {
      before.insert_or_assign(std::move(change.key), std::move(change.before));
    }
  }
  for (auto& [key, fact] : before) {
    if (fact.has_value()) {
      undo.changes.changes.push_back(Put{*std::move(fact)});
    } else if (std::holds_alternative<TenantSettingsKey>(key)) {
      undo.changes.changes.push_back(Put{TenantSettings()});
    } else if (!undo.from_nothing) {
      SEATWISE_ASSIGN_OR_RETURN(const bool is_there, facts.Contains(key));
      if (is_there) undo.changes.changes.push_back(Delete{.key = key, .cascade = true});
    }
  }
  return undo;
}

}  // namespace seatwise
