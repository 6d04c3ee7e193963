#include "storage/repair.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/high_water_mark.h"
#include "storage/rocks_options.h"
#include "storage/rocks_status.h"
#include "storage/start_up.h"
#include "storage/store_folder.h"

namespace seatwise {
namespace {

// What tells of the damage; the tables stay in use.
bool IsEvidence(const std::string& name) {
  return absl::EndsWith(name, ".log") || absl::StartsWith(name, "MANIFEST-") || name == "CURRENT";
}

// Links what RocksDB is about to replace into a folder of its own, and returns its path. Links are
// enough: RocksDB replaces these files and does not write into them again.
absl::StatusOr<std::string> KeepEvidence(const StoreFolder& folder, uint64_t generation) {
  rocksdb::FileSystem& files = folder.file_system();
  const rocksdb::IOOptions io;
  const std::string kept = folder.PathOf(absl::StrCat("damaged-", generation));
  SEATWISE_RETURN_IF_ERROR(
      FromRocks(files.CreateDirIfMissing(kept, io, nullptr), "keeping the damaged log"));
  std::vector<std::string> names;
  SEATWISE_RETURN_IF_ERROR(FromRocks(files.GetChildren(folder.RocksPath(), io, &names, nullptr),
                                     "keeping the damaged log"));
  for (const std::string& name : names) {
    const std::string link = absl::StrCat(kept, "/", name);
    // There already if a repair was broken off.
    if (!IsEvidence(name) || files.FileExists(link, io, nullptr).ok()) continue;
    SEATWISE_RETURN_IF_ERROR(
        FromRocks(files.LinkFile(absl::StrCat(folder.RocksPath(), "/", name), link, io, nullptr),
                  "keeping the damaged log"));
  }
  SEATWISE_RETURN_IF_ERROR(folder.SyncNames());
  return kept;
}

std::string TextOf(const Findings& findings, const Repair& repair) {
  const std::string lost =
      findings.mark.ok()
          ? absl::StrCat("Acknowledged were writes up to ", findings.mark->ticket, "; those after ",
                         findings.recovered.ticket, " are lost.\n")
          : absl::StrCat(
                "Which acknowledged writes are lost, if any, is not known: there is no "
                "mark. What is there ends at write ",
                findings.recovered.ticket, ".\n");
  return absl::StrCat(
      lost, findings.log.ok() ? "" : absl::StrCat("The damage: ", findings.log.message(), "\n"),
      "The store opens again, as generation ", repair.generation, "; the damaged log is kept in '",
      repair.evidence,
      "'.\nClients that saw a later revision must read again; a reconciliation tells what has to "
      "be "
      "done once more.\n");
}

absl::Status RaiseGeneration(const StoreFolder& folder, const rocksdb::Options& options,
                             const Findings& findings, uint64_t generation) {
  SEATWISE_ASSIGN_OR_RETURN(const auto db, OpenForWriting(folder, options, findings));
  // Tickets that were promised are not given again.
  const uint64_t promised = findings.mark.ok() ? findings.mark->ticket : 0;
  const Mark mark{generation, std::max(findings.recovered.ticket, promised) + 1};
  // Broken off between the two, the store is of two generations, and wants a repair again.
  SEATWISE_RETURN_IF_ERROR(WriteMark(*db, mark));
  return HighWaterMark::Create(folder, mark);
}

}  // namespace

absl::StatusOr<Repair> RepairRocksStore(const RocksStoreOptions& options, bool accept_loss) {
  StoreFolder folder(options.path, options.file_system);
  SEATWISE_RETURN_IF_ERROR(CheckIsStore(folder));
  SEATWISE_RETURN_IF_ERROR(folder.Lock());
  const rocksdb::Options rocks =
      MakeRocksOptions(folder.env(), options.memory_bytes, /*listener=*/nullptr);
  SEATWISE_ASSIGN_OR_RETURN(const Findings findings, LookAt(folder, rocks));
  if (findings.complete()) {
    return Repair{.generation = findings.recovered.generation,
                  .text = "Nothing is missing; nothing was changed.\n"};
  }
  if (!accept_loss) return Verdict(folder, findings);
  const uint64_t before = findings.mark.ok() ? findings.mark->generation : 0;
  Repair repair;
  repair.repaired = true;
  repair.generation = std::max(findings.recovered.generation, before) + 1;
  SEATWISE_ASSIGN_OR_RETURN(repair.evidence, KeepEvidence(folder, repair.generation));
  SEATWISE_RETURN_IF_ERROR(RaiseGeneration(folder, rocks, findings, repair.generation));
  repair.text = TextOf(findings, repair);
  return repair;
}

}  // namespace seatwise
