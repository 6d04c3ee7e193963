// How `--help` looks.
#pragma once

#include <memory>

namespace CLI {
class FormatterBase;
}

namespace seatwise::cli {

// For the program; its verbs inherit it.
std::shared_ptr<CLI::FormatterBase> MakeHelpFormatter();

}  // namespace seatwise::cli
