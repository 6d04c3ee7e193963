// What `report html` and `ui` let people say about the page.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/exit_code.h"
#include "cli/page_data.h"

namespace seatwise::cli {

class PageFlags {
 public:
  void Declare(CLI::App& verb);
  // Complains of what contradicts itself.
  ExitCode Check(Console& console) const;
  void ApplyTo(PageRequest& request) const;

 private:
  bool no_fixes_ = false;
  int64_t from_ = -1;  // None.
  int days_ = 0;       // None.
  std::vector<std::string> attributes_;
};

}  // namespace seatwise::cli
