#include "service/address.h"

#include <gtest/gtest.h>

namespace seatwise {
namespace {

TEST(AddressTest, OnlyThisMachineIsLoopback) {
  for (const char* address : {"127.0.0.1:7480", "127.1.2.3:0", "[::1]:65535", "localhost:1"}) {
    EXPECT_TRUE(IsLoopback(address)) << address;
    EXPECT_TRUE(IsAddress(address)) << address;
  }
  for (const char* address : {"0.0.0.0:7480", "[::]:1", "10.0.0.1:1", "127.0.0.1.example.com:1",
                              "127.example:1", "localhost.example:1", "example.com:443"}) {
    EXPECT_FALSE(IsLoopback(address)) << address;
    EXPECT_TRUE(IsAddress(address)) << address;
  }
}

TEST(AddressTest, AHostAndAPortAreNeeded) {
  for (const char* address :
       {"", ":", ":7480", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:+1", "localhost:http", "::1", "[::1]", "[]:1", "localhost:99999999999"}) {
    EXPECT_FALSE(IsAddress(address)) << address;
    EXPECT_FALSE(IsLoopback(address)) << address;
  }
}

}  // namespace
}  // namespace seatwise
