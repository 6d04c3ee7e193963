#include "cli/command_line.h"
#include "cli/console.h"
#include "cli/process.h"

int main(int argc, char** argv) {
  seatwise::cli::PrepareProcess();
  seatwise::cli::Console console(seatwise::cli::ProgramName(argc > 0 ? argv[0] : ""));
  return static_cast<int>(seatwise::cli::RunCommandLine(argc, argv, console));
}
