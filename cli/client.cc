#include "cli/client.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/embedded_server.h"
#include "cli/rpc.h"
#include "service/address.h"

namespace seatwise::cli {
namespace {

// What a server may send in one message: its own limit is 4 MiB.
constexpr int kMostAnswerBytes = 16 << 20;

absl::StatusOr<std::string> Contents(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!stream.is_open() || stream.fail()) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot read the file '", path, "' of --tls-ca"));
  }
  return text;
}

// In the clear on this machine, unless TLS is asked for; never beyond it.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> Credentials(const ServerPlace& place) {
  if (place.tls_ca.empty() && IsLoopback(place.server)) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  if (!place.tls_ca.empty()) {
    SEATWISE_ASSIGN_OR_RETURN(options.pem_root_certs, Contents(place.tls_ca));
  }
  return grpc::SslCredentials(options);
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
  RemoteClient(std::shared_ptr<grpc::Channel> channel, std::string server)
      : ChannelClient(std::move(channel)), server_(std::move(server)) {}

 private:
  absl::Status Explained(absl::Status status) const override {
    bool from_server = false;
    status.ForEachPayload([&](absl::string_view, const absl::Cord&) { from_server = true; });
    if (!absl::IsUnavailable(status) || from_server) return status;
    return absl::UnavailableError(
        absl::StrCat("no server answers at '", server_, "' (", LastPart(status.message()),
                     "); is seatwised running there? --server names another"));
  }

  const std::string server_;
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
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMostAnswerBytes);
  return std::make_unique<RemoteClient>(
      grpc::CreateCustomChannel(place.server, credentials, arguments), place.server);
}

}  // namespace seatwise::cli
