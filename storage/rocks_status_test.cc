#include "storage/rocks_status.h"

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(RocksStatusTest, TheCauseDecidesTheCode) {
  const struct {
    rocksdb::Status from;
    absl::StatusCode code;
  } cases[] = {
      {rocksdb::Status::OK(), absl::StatusCode::kOk},
      {rocksdb::Status::Corruption("bad"), absl::StatusCode::kDataLoss},
      {rocksdb::Status::PathNotFound("gone"), absl::StatusCode::kDataLoss},
      {rocksdb::Status::NoSpace("full"), absl::StatusCode::kResourceExhausted},
      {rocksdb::Status::NotFound("none"), absl::StatusCode::kNotFound},
      {rocksdb::Status::IOError("eio"), absl::StatusCode::kUnavailable},
      {rocksdb::Status::Busy("busy"), absl::StatusCode::kUnavailable},
      {rocksdb::Status::NotSupported("no"), absl::StatusCode::kUnavailable},
  };
  for (const auto& [from, code] : cases) {
    EXPECT_EQ(FromRocks(from, "x").code(), code) << from.ToString();
  }
}

TEST(RocksStatusTest, TheMessageSaysWhatWasDone) {
  EXPECT_EQ(FromRocks(rocksdb::Status::IOError("eio"), "read key").message(),
            "read key: IO error: eio");
}

}  // namespace
}  // namespace seatwise
