#include "service/raw_call.h"

#include <string>
#include <vector>

#include "grpcpp/support/slice.h"
#include "gtest/gtest.h"
#include "seatwise/v1/license_service.pb.h"
#include "service/errors.h"

namespace seatwise {
namespace {

TEST(RawCallTest, AMessageIsReadFromOnePieceOrMany) {
  v1::GetEffectiveLicensesRequest sent;
  sent.set_name("tenants/contoso/users/ana");
  sent.set_min_revision(7);
  const std::string bytes = sent.SerializeAsString();
  for (const size_t piece : {bytes.size(), size_t{5}, size_t{1}}) {
    std::vector<grpc::Slice> slices;
    for (size_t at = 0; at < bytes.size(); at += piece) {
      slices.emplace_back(bytes.substr(at, piece));
    }
    v1::GetEffectiveLicensesRequest read;
    ASSERT_TRUE(ReadRequest(grpc::ByteBuffer(slices.data(), slices.size()), read).ok()) << piece;
    EXPECT_EQ(read.SerializeAsString(), bytes) << piece;
  }
}

TEST(RawCallTest, WhatIsNoMessageIsRefusedWithAReason) {
  v1::GetEffectiveLicensesRequest read;
  const grpc::Slice slice("\x0a\xff");
  EXPECT_EQ(ReasonOf(ReadRequest(grpc::ByteBuffer(&slice, 1), read)), v1::MALFORMED);
}

TEST(RawCallTest, BytesOfAReplyAreThoseThatWereGiven) {
  for (const size_t size : {size_t{0}, size_t{1}, size_t{3} << 20}) {
    const std::string bytes(size, 'x');
    grpc::Slice slice;
    ASSERT_TRUE(ToByteBuffer(bytes).TrySingleSlice(&slice).ok());
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(slice.begin()), slice.size()), bytes);
  }
}

}  // namespace
}  // namespace seatwise
