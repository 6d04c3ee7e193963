#include "cli/import_mode.h"

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"

namespace seatwise::cli {

void ImportModeFlag::Declare(CLI::App& verb) {
  verb.add_option("--mode", name_, "merge, or snapshot: what is absent goes")
      ->check(CLI::IsMember({"merge", "snapshot"}).description(""))
      ->type_name("MODE")
      ->capture_default_str();
}

v1::ImportRequest::Finish::Mode ImportModeFlag::mode() const {
  return name_ == "merge" ? v1::ImportRequest::Finish::MERGE : v1::ImportRequest::Finish::SNAPSHOT;
}

std::string ImportModeFlag::Typed() const {
  return name_ == "merge" ? "" : absl::StrCat(" --mode ", name_);
}

}  // namespace seatwise::cli
