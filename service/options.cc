#include "service/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/version.h"
#include "service/config_file.h"

namespace seatwise {
namespace {

// Instead of an address: nothing is served there.
constexpr absl::string_view kOff = "off";

using LogLevelNames = std::vector<std::pair<std::string, LogLevel>>;

const LogLevelNames& Levels() {
  static const auto* const kLevels = new LogLevelNames{{"debug", LogLevel::kDebug},
                                                       {"info", LogLevel::kInfo},
                                                       {"warning", LogLevel::kWarning},
                                                       {"error", LogLevel::kError}};
  return *kLevels;
}

// The command line, with the places where its values go.
struct CommandLine {
  CommandLine();

  ServerOptions options;
  std::string config;
  std::string level = "info";
  CLI::App app{"seatwised: the server of Seatwise", "seatwised"};
};

CommandLine::CommandLine() {
  app.set_help_flag("-h,--help", "Print this help");
  app.set_version_flag("--version", absl::StrCat("seatwised ", kVersion), "Print the version");
  // What comes later wins: the config file's values are put in front.
  app.option_defaults()->take_last();
  const auto add = [this](const char* name, auto& value, const char* what, const char* type) {
    return app.add_option(name, value, what)->type_name(type)->capture_default_str();
  };
  add("--data", options.data, "Folder of the database (required)", "DIR");
  add("--listen", options.listen, "Address for gRPC", "HOST:PORT");
  add("--http-listen", options.http_listen,
      "Loopback address for /metrics, /livez and /readyz, or off", "HOST:PORT");
  add("--tls-certificate", options.tls_certificate, "Certificate chain in PEM", "FILE");
  add("--tls-key", options.tls_key, "Its private key in PEM", "FILE");
  add("--memory-mib", options.memory_mib, "Memory for loaded tenants", "N")
      ->check(CLI::Range(int64_t{16}, int64_t{1} << 30).description(""));
  add("--threads", options.threads, "Threads that compute; 0: one a processor", "N")
      ->check(CLI::Range(0, 1024).description(""));
  add("--retention-days", options.retention_days, "How long old revisions are kept", "N")
      ->check(CLI::Range(1, 36500).description(""));
  add("--drain-seconds", options.drain_seconds, "Time for running calls at SIGTERM", "N")
      ->check(CLI::Range(0, 3600).description(""));
  add("--log-level", level, "debug, info, warning or error", "LEVEL")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}).description(""));
  app.add_option("--config", config, "JSON object with these names as keys; flags win")
      ->type_name("FILE");
  app.footer(
      "Examples:\n"
      "  seatwised --data /var/lib/seatwise\n"
      "  seatwised --config /etc/seatwise/seatwised.json --log-level debug");
}

// CLI11 takes "--flag=" for a flag without its value; here it has one, which is empty.
std::vector<std::string> WithEmptyValues(std::vector<std::string> arguments) {
  std::vector<std::string> all;
  for (std::string& argument : arguments) {
    const bool empty = absl::StartsWith(argument, "--") && absl::EndsWith(argument, "=");
    if (empty) argument.pop_back();
    all.push_back(std::move(argument));
    if (empty) all.emplace_back();
  }
  return all;
}

// Help, version or an error; nullopt if the arguments were taken.
std::optional<absl::StatusOr<TextAnswer>> Parse(CommandLine& line,
                                                std::vector<std::string> arguments) {
  arguments = WithEmptyValues(std::move(arguments));
  // CLI11 takes them from the back.
  std::reverse(arguments.begin(), arguments.end());
  try {
    line.app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return TextAnswer{line.app.help()};
  } catch (const CLI::CallForVersion&) {
    return TextAnswer{absl::StrCat(line.app.version(), "\n")};
  } catch (const CLI::ExtrasError&) {
    return absl::InvalidArgumentError(
        absl::StrCat("unknown argument '", line.app.remaining().front(), "'"));
  } catch (const CLI::ParseError& error) {
    return absl::InvalidArgumentError(error.what());
  }
  if (line.options.http_listen == kOff) line.options.http_listen.clear();
  for (const auto& [name, level] : Levels()) {
    if (name == line.level) line.options.log_level = level;
  }
  return std::nullopt;
}

absl::Status Check(const ServerOptions& options) {
  if (options.data.empty()) {
    return absl::InvalidArgumentError("--data is required: the folder of the database");
  }
  if (options.tls_certificate.empty() != options.tls_key.empty()) {
    return absl::InvalidArgumentError("--tls-certificate and --tls-key belong together");
  }
  return absl::OkStatus();
}

// The config file as arguments, each of which is fine by itself.
absl::StatusOr<std::vector<std::string>> ArgumentsOf(const std::string& path) {
  absl::StatusOr<std::vector<ConfigEntry>> entries = ReadConfigFile(path);
  if (!entries.ok()) return entries.status();
  std::vector<std::string> arguments;
  for (const ConfigEntry& entry : *entries) {
    const std::string where = absl::StrCat(path, ":", entry.line, ": ");
    CommandLine alone;
    if (entry.key == "config" || alone.app.get_option_no_throw("--" + entry.key) == nullptr ||
        entry.key == "help" || entry.key == "version") {
      return absl::InvalidArgumentError(
          absl::StrCat(where, "unknown key '", entry.key, "'; see seatwised --help"));
    }
    const std::vector<std::string> argument = {"--" + entry.key, entry.value};
    const auto answer = Parse(alone, argument);
    if (answer.has_value()) {
      return absl::InvalidArgumentError(absl::StrCat(where, answer->status().message()));
    }
    arguments.insert(arguments.end(), argument.begin(), argument.end());
  }
  return arguments;
}

}  // namespace

absl::StatusOr<std::variant<ServerOptions, TextAnswer>> ParseServerOptions(
    int argc, const char* const* argv) {
  using Answer = std::variant<ServerOptions, TextAnswer>;
  std::vector<std::string> arguments(argv + 1, argv + argc);
  CommandLine flags;
  if (auto answer = Parse(flags, arguments); answer.has_value()) {
    if (!answer->ok()) return answer->status();
    return Answer(**std::move(answer));
  }
  if (!flags.config.empty()) {
    absl::StatusOr<std::vector<std::string>> from_file = ArgumentsOf(flags.config);
    if (!from_file.ok()) return from_file.status();
    arguments.insert(arguments.begin(), from_file->begin(), from_file->end());
  }
  CommandLine all;
  Parse(all, std::move(arguments));
  const absl::Status checked = Check(all.options);
  if (!checked.ok()) return checked;
  return Answer(all.options);
}

}  // namespace seatwise
