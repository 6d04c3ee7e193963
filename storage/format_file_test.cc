#include "storage/format_file.h"

#include "gtest/gtest.h"

namespace seatwise {
namespace {

TEST(FormatFileTest, ReadsItsOwnAndOlderFormatsOnly) {
  const struct {
    std::string text;
    absl::StatusCode code;
  } cases[] = {
      {FormatText(), absl::StatusCode::kOk},
      {"seatwise store, format 1\n", absl::StatusCode::kOk},
      {FormatText(kStoreFormat + 1), absl::StatusCode::kFailedPrecondition},
      {"", absl::StatusCode::kDataLoss},
      {"seatwise store, format 0\n", absl::StatusCode::kDataLoss},
      {"seatwise store, format -1\n", absl::StatusCode::kDataLoss},
      {"seatwise store, format 1", absl::StatusCode::kDataLoss},
      {"seatwise store, format  1\n", absl::StatusCode::kDataLoss},
      {"seatwise store, format 1x\n", absl::StatusCode::kDataLoss},
      {"something else\n", absl::StatusCode::kDataLoss},
  };
  for (const auto& [text, code] : cases) EXPECT_EQ(CheckFormat(text, "p").code(), code) << text;
}

TEST(FormatFileTest, ANewerFormatIsRefusedInClearText) {
  EXPECT_EQ(CheckFormat(FormatText(2), "/db/FORMAT").message(),
            "'/db/FORMAT' says format 2; this program reads formats up to 1: use the program that "
            "wrote it, or a newer one");
}

}  // namespace
}  // namespace seatwise
