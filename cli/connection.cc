#include "cli/connection.h"

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

void ConnectionFlags::Declare(CLI::App& verb, bool tenant) {
  if (tenant) {
    verb.add_option("--tenant", tenant_, "The tenant [SEATWISE_TENANT]")->type_name("ID");
  }
  verb.add_option("--server", place_.server, "A running server [SEATWISE_SERVER]")
      ->type_name("HOST:PORT");
  verb.add_option("--tls-ca", place_.tls_ca, "Certificates to trust, in PEM")->type_name("FILE");
  verb.add_option("--db", place_.db, "A database, served by this process [SEATWISE_DB]")
      ->type_name("DIR");
}

absl::StatusOr<std::unique_ptr<Client>> ConnectionFlags::Connect() const {
  ServerPlace place = place_;
  const bool by_flag = !place.server.empty() || !place.db.empty();
  if (!by_flag) {
    place.server = Environment("SEATWISE_SERVER");
    place.db = Environment("SEATWISE_DB");
  }
  if (!place.server.empty() && !place.db.empty()) {
    return absl::InvalidArgumentError(
        by_flag ? "--server and --db are two places; name one"
                : "SEATWISE_SERVER and SEATWISE_DB are both set; unset one, or use a flag");
  }
  if (place.server.empty() && place.db.empty()) {
    return absl::InvalidArgumentError(
        "name a server with --server HOST:PORT or a database with --db DIR");
  }
  return Client::Connect(place);
}

std::string ConnectionFlags::Tenant() const {
  return tenant_.empty() ? Environment("SEATWISE_TENANT") : tenant_;
}

std::string ConnectionFlags::Typed() const {
  std::string text;
  const auto add = [&](absl::string_view flag, const std::string& value) {
    if (!value.empty()) absl::StrAppend(&text, " ", flag, " ", ShellWord(value));
  };
  add("--server", place_.server);
  add("--tls-ca", place_.tls_ca);
  add("--db", place_.db);
  add("--tenant", tenant_);
  return text;
}

}  // namespace seatwise::cli
