#include "cli/client.h"

#include <grpc/support/log.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/embedded_server.h"
#include "cli/rpc.h"
#include "service/address.h"

namespace seatwise::cli {
namespace {

// What a server may send in one message: its own limit is 4 MiB.
constexpr int kMostAnswerBytes = 16 << 20;

// What gRPC says of connections by itself is said again, in our words: it is for those who ask for
// it in gRPC's own way.
void KeepGrpcQuiet() {
  if (std::getenv("GRPC_VERBOSITY") == nullptr) gpr_set_log_function([](gpr_log_func_args*) {});
}

absl::StatusOr<std::string> Contents(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.is_open() || stream.fail()) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot read the file '", path, "' of --tls-ca"));
  }
  if (!absl::StrContains(text, "BEGIN CERTIFICATE")) {
    return absl::InvalidArgumentError(
        absl::StrCat("the file '", path, "' of --tls-ca has no certificate in PEM"));
  }
  return text;
}

// In the clear on this machine, unless TLS is asked for; never beyond it.
bool WithTls(const ServerPlace& place) {
  return !place.tls_ca.empty() || !IsLoopback(place.server);
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> Credentials(const ServerPlace& place) {
  if (!WithTls(place)) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  if (!place.tls_ca.empty()) {
    SEATWISE_ASSIGN_OR_RETURN(options.pem_root_certs, Contents(place.tls_ca));
  }
  return grpc::SslCredentials(options);
}

// Why a call did not get through, and what to do. `why` is gRPC's word.
std::string Unreachable(absl::string_view server, bool tls, absl::string_view why) {
  if (tls && absl::StrContains(why, "certificate")) {
    return absl::StrCat("the server at '", server, "' has no certificate that is trusted (", why,
                        "); --tls-ca names those to trust, and they have to be for this host");
  }
  const std::string text = absl::StrCat("no server answers at '", server, "' (", why,
                                        "); is seatwised running there? --server names another");
  if (tls || why == "Connection refused") return text;
  return absl::StrCat(text, "; one with TLS wants --tls-ca");
}

// "Connection refused", out of all that gRPC says.
absl::string_view LastPart(absl::string_view message) {
  const size_t colon = message.rfind(": ");
  return colon == absl::string_view::npos ? message : message.substr(colon + 2);
}

class ChannelClient : public Client {
 public:
  explicit ChannelClient(std::shared_ptr<grpc::Channel> channel) : channel_(std::move(channel)) {}

  absl::Status CallInto(absl::string_view method, const google::protobuf::Message& request,
                        google::protobuf::Message& response) override {
    return Explained(UnaryCall(channel_, method, request, response));
  }

  std::unique_ptr<Stream> Open(absl::string_view method) override {
    return OpenStream(channel_, method,
                      [this](absl::Status status) { return Explained(std::move(status)); });
  }

 protected:
  virtual absl::Status Explained(absl::Status status) const { return status; }
  void Disconnect() { channel_.reset(); }

 private:
  std::shared_ptr<grpc::Channel> channel_;
};

class RemoteClient final : public ChannelClient {
 public:
  RemoteClient(std::shared_ptr<grpc::Channel> channel, std::string server, bool tls)
      : ChannelClient(std::move(channel)), server_(std::move(server)), tls_(tls) {}

 private:
  absl::Status Explained(absl::Status status) const override {
    bool from_server = false;
    status.ForEachPayload([&](absl::string_view, const absl::Cord&) { from_server = true; });
    if (!absl::IsUnavailable(status) || from_server) return status;
    return absl::UnavailableError(Unreachable(server_, tls_, LastPart(status.message())));
  }

  const std::string server_;
  const bool tls_;
};

class EmbeddedClient final : public ChannelClient {
 public:
  explicit EmbeddedClient(std::unique_ptr<EmbeddedServer> server)
      : ChannelClient(server->Channel()), server_(std::move(server)) {}
  // The channel must not outlive the server.
  ~EmbeddedClient() override { Disconnect(); }

 private:
  const std::unique_ptr<EmbeddedServer> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Client>> Client::Connect(const ServerPlace& place) {
  if (!place.db.empty()) {
    SEATWISE_ASSIGN_OR_RETURN(std::unique_ptr<EmbeddedServer> server,
                              EmbeddedServer::Start(place.db));
    return std::make_unique<EmbeddedClient>(std::move(server));
  }
  if (!IsAddress(place.server)) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", place.server, "' is no address of a server; it has to be HOST:PORT"));
  }
  SEATWISE_ASSIGN_OR_RETURN(const std::shared_ptr<grpc::ChannelCredentials> credentials,
                            Credentials(place));
  KeepGrpcQuiet();
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMostAnswerBytes);
  return std::make_unique<RemoteClient>(
      grpc::CreateCustomChannel(place.server, credentials, arguments), place.server,
      WithTls(place));
}

}  // namespace seatwise::cli
