#include "cli/admin.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cli/call_error.h"
#include "cli/text.h"
#include "storage/repair.h"
#include "storage/rocks_backup.h"
#include "storage/rocks_store.h"
#include "storage/rocks_store_options.h"
#include "storage/store.h"

namespace seatwise::cli {
namespace {

class AdminVerb final : public Verb {
 public:
  CLI::App* Declare(CLI::App& parent) override;
  ExitCode Run(Console& console) override;

 private:
  ExitCode Repair(Console& console) const;
  ExitCode Backup(Console& console) const;
  ExitCode Verify(Console& console) const;
  ExitCode Restore(Console& console) const;

  CLI::App* repair_ = nullptr;
  CLI::App* backup_ = nullptr;
  CLI::App* verify_ = nullptr;
  CLI::App* restore_ = nullptr;
  std::string db_;
  std::string backups_;
  bool accept_loss_ = false;
};

CLI::App* AdminVerb::Declare(CLI::App& parent) {
  CLI::App* admin = parent.add_subcommand("admin", "Care for a database that no server has open");
  admin->require_subcommand(1);
  admin->footer(
      "Examples:\n"
      "  seatwise admin backup --db data --to backups\n"
      "  seatwise admin repair --db data --accept-loss");
  const auto add = [&](const char* name, const char* what, const std::string& examples) {
    CLI::App* verb = admin->add_subcommand(name, what);
    verb->footer(absl::StrCat("Examples:\n", examples));
    return verb;
  };
  const auto add_db = [this](CLI::App* verb) {
    verb->add_option("--db", db_, "Folder of the database")->required()->type_name("DIR");
  };
  const auto add_backups = [this](CLI::App* verb, const char* flag) {
    verb->add_option(flag, backups_, "Folder of backups")->required()->type_name("DIR");
  };
  backup_ = add("backup", "Add a backup to a folder of backups",
                "  seatwise admin backup --db data --to backups\n"
                "  seatwise admin backup --db data --to /mnt/backups");
  add_db(backup_);
  add_backups(backup_, "--to");
  verify_ = add("verify", "Read the newest backup against its checksums",
                "  seatwise admin verify --from backups\n"
                "  seatwise admin verify --from /mnt/backups");
  add_backups(verify_, "--from");
  restore_ = add("restore", "Make a database from the newest backup",
                 "  seatwise admin restore --from backups --db data\n"
                 "  seatwise admin restore --from /mnt/backups --db data");
  add_backups(restore_, "--from");
  add_db(restore_);
  repair_ = add("repair", "Give up acknowledged writes that are lost",
                "  seatwise admin repair --db data\n"
                "  seatwise admin repair --db data --accept-loss");
  add_db(repair_);
  repair_->add_flag("--accept-loss", accept_loss_, "Do it; without, only say what is lost");
  return admin;
}

ExitCode AdminVerb::Repair(Console& console) const {
  const absl::StatusOr<seatwise::Repair> repair =
      RepairRocksStore({.path = db_, .file_system = nullptr}, accept_loss_);
  if (!repair.ok()) return ReportCallError(repair.status(), console);
  std::string text;
  for (const absl::string_view line : absl::StrSplit(repair->text, '\n', absl::SkipEmpty())) {
    absl::StrAppend(&text, Printable(line), "\n");
  }
  return console.Print(text);
}

ExitCode AdminVerb::Backup(Console& console) const {
  const absl::StatusOr<std::unique_ptr<Store>> store =
      OpenRocksStore({.path = db_, .file_system = nullptr});
  if (!store.ok()) return ReportCallError(store.status(), console);
  const absl::Status backed_up = (*store)->Backup(backups_);
  if (!backed_up.ok()) return ReportCallError(backed_up, console);
  return console.Print(
      absl::StrCat("a backup of ", Printable(db_), " is in ", Printable(backups_), "\n"));
}

ExitCode AdminVerb::Verify(Console& console) const {
  const absl::Status verified = VerifyBackup(backups_);
  if (!verified.ok()) return ReportCallError(verified, console);
  return console.Print(absl::StrCat("the newest backup in ", Printable(backups_), " is whole\n"));
}

ExitCode AdminVerb::Restore(Console& console) const {
  const absl::Status restored = RestoreBackup(backups_, {.path = db_, .file_system = nullptr});
  if (!restored.ok()) return ReportCallError(restored, console);
  return console.Print(
      absl::StrCat("the newest backup in ", Printable(backups_), " is now ", Printable(db_), "\n"));
}

ExitCode AdminVerb::Run(Console& console) {
  if (repair_->parsed()) return Repair(console);
  if (backup_->parsed()) return Backup(console);
  return verify_->parsed() ? Verify(console) : Restore(console);
}

}  // namespace

std::unique_ptr<Verb> MakeAdminVerb() { return std::make_unique<AdminVerb>(); }

}  // namespace seatwise::cli
