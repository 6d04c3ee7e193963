// TLS between the program and `seatwised`: who may talk to whom, and what is said if not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/check.h"
#include "tests/cli/run.h"
#include "tests/cli/server_process.h"
#include "tests/cli/test_folder.h"

namespace seatwise::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A certificate that vouches for itself, and its key.
struct KeyPair {
  std::string certificate;
  std::string key;
};

class TlsTest : public testing::Test {
 protected:
  // For the loopback address, valid for a day.
  KeyPair MakeKeyPair(const std::string& name) const {
    const KeyPair pair = {folder_.Path(name + ".crt"), folder_.Path(name + ".key")};
    const std::string command = absl::StrCat(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=",
        name, " -addext subjectAltName=IP:127.0.0.1 -keyout ", pair.key, " -out ", pair.certificate,
        " 2>", folder_.Path("openssl.log"));
    SEATWISE_CHECK(std::system(command.c_str()) == 0) << ReadFile(folder_.Path("openssl.log"));
    return pair;
  }

  std::vector<std::string> FlagsFor(const KeyPair& pair) const {
    return {"--tls-certificate=" + pair.certificate, "--tls-key=" + pair.key};
  }

  // Names are looked up by the C library: c-ares 1.18 loses the name it was asked for, which is a
  // leak that sanitizers report.
  RunResult Ask(const std::string& address, std::vector<std::string> flags) const {
    flags.insert(flags.begin(), {"tenant", "list", "--server", address});
    RunOptions options;
    options.environment = {{"GRPC_DNS_RESOLVER", "native"}};
    return RunSeatwise(flags, options);
  }

  // What seatwised says where it does not come up.
  RunResult RunServer(std::vector<std::string> flags) const {
    flags.insert(flags.begin(), {"--data", folder_.Path("other"), "--http-listen", ""});
    RunOptions options;
    options.program = SeatwisedBinary();
    return RunSeatwise(flags, options);
  }

  const TestFolder folder_;
};

TEST_F(TlsTest, OnlyWhoTrustsTheCertificateIsAnswered) {
  const KeyPair pair = MakeKeyPair("server");
  const KeyPair other = MakeKeyPair("other");
  ServerProcess server(folder_.Path("data"), FlagsFor(pair));
  const std::string named = absl::StrCat("'", server.address(), "'");

  const RunResult trusting = Ask(server.address(), {"--tls-ca", pair.certificate});
  EXPECT_EQ(trusting.exit_code, 0) << trusting.err;
  EXPECT_THAT(trusting.err, IsEmpty());

  const struct {
    std::vector<std::string> flags;
    int exit_code;
    std::string message;
  } kTable[] = {
      {{}, 5, absl::StrCat("no server answers at ", named)},
      {{}, 5, "; one with TLS wants --tls-ca"},
      {{"--tls-ca", other.certificate},
       5,
       absl::StrCat("the server at ", named, " has no certificate that is trusted (")},
      {{"--tls-ca", pair.key}, 2, "of --tls-ca has no certificate in PEM"},
  };
  for (const auto& row : kTable) {
    const RunResult refused = Ask(server.address(), row.flags);
    EXPECT_EQ(refused.exit_code, row.exit_code) << row.message;
    EXPECT_THAT(refused.err, HasSubstr(row.message));
    EXPECT_THAT(refused.err, Not(HasSubstr("ssl_transport_security"))) << "gRPC's own words";
    EXPECT_THAT(refused.out, IsEmpty());
  }
  EXPECT_EQ(server.Stop(SIGTERM), 0);
  EXPECT_THAT(server.log(), HasSubstr("\"tls\":true"));
}

// A name that the certificate is not for is no better than a certificate that nobody trusts.
TEST_F(TlsTest, ACertificateOfAnotherHostIsRefused) {
  const KeyPair pair = MakeKeyPair("server");
  const ServerProcess server(folder_.Path("data"), FlagsFor(pair));
  const std::string address = server.address();
  const std::string by_name = absl::StrCat("localhost", address.substr(address.find(':')));
  const RunResult refused = Ask(by_name, {"--tls-ca", pair.certificate});
  EXPECT_EQ(refused.exit_code, 5);
  EXPECT_THAT(refused.err, HasSubstr("they have to be for this host"));
}

TEST_F(TlsTest, WithoutTlsTheServerListensOnLoopbackOnly) {
  for (const char* address : {"0.0.0.0:0", "[::]:0"}) {
    const RunResult refused = RunServer({"--listen", address});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.err, HasSubstr("without TLS the server listens on loopback only"));
  }
  EXPECT_THAT(folder_.List(), IsEmpty()) << "nothing was made";
}

TEST_F(TlsTest, AKeyOfAnotherCertificateIsRefused) {
  const KeyPair pair = MakeKeyPair("server");
  const KeyPair other = MakeKeyPair("other");
  const RunResult mixed = RunServer(
      {"--listen=127.0.0.1:0", "--tls-certificate=" + pair.certificate, "--tls-key=" + other.key});
  EXPECT_EQ(mixed.exit_code, 1);
  EXPECT_THAT(mixed.err, HasSubstr("certificate and key"));
}

}  // namespace
}  // namespace seatwise::cli
