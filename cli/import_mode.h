// The flag --mode of verbs that bring a folder in.
#pragma once

#include <string>

#include "seatwise/v1/transfer_service.pb.h"

namespace CLI {
class App;
}

namespace seatwise::cli {

// Declared once, then read.
class ImportModeFlag {
 public:
  void Declare(CLI::App& verb);

  v1::ImportRequest::Finish::Mode mode() const;

  // As it is typed: " --mode snapshot", or nothing for the default.
  std::string Typed() const;

 private:
  std::string name_ = "merge";
};

}  // namespace seatwise::cli
