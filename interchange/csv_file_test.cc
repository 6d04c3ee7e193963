#include "interchange/csv_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/thread_pool.h"
#include "interchange/limits.h"

namespace seatwise {
namespace {

// Notes each record as text.
class NotingHandler final : public SliceHandler {
 public:
  void OnRecord(const CsvRecord& record) override {
    lines_.push_back(record.line);
    cells_.emplace_back(record.cells.begin(), record.cells.end());
  }
  // Only here, since the texts of all cells must have stayed.
  void OnEnd() override {
    for (const std::vector<CsvCell>& record : cells_) {
      std::string text;
      for (const CsvCell& cell : record) {
        absl::StrAppend(&text, "<", cell.text, ">", static_cast<int>(cell.fault));
      }
      texts.push_back(text);
    }
  }
  std::vector<std::string> WithLines(int64_t base) const {
    std::vector<std::string> all;
    for (size_t i = 0; i < texts.size(); ++i) {
      all.push_back(absl::StrCat(base + lines_[i], texts[i]));
    }
    return all;
  }

 private:
  std::vector<std::string> texts;
  std::vector<int64_t> lines_;
  std::vector<std::vector<CsvCell>> cells_;
};

InputFile FileWith(const std::string& text) {
  const std::string path = testing::TempDir() + "/csv_file_test.csv";
  std::ofstream(path, std::ios::binary) << text;
  return *InputFile::Open(path);
}

// All records in order, and why reading stopped.
std::vector<std::string> ReadAll(const InputFile& file, size_t slice_bytes, Executor& executor) {
  std::vector<std::string> all;
  int64_t offset = 0;
  const auto make = [] { return std::make_unique<NotingHandler>(); };
  const auto accept = [&](SliceHandler& handler, int64_t line) {
    for (std::string& record : static_cast<NotingHandler&>(handler).WithLines(line)) {
      all.push_back(std::move(record));
    }
  };
  const auto progress = [&](int64_t to) {
    EXPECT_GE(to, offset);
    offset = to;
  };
  const std::optional<CsvStop> stop =
      ReadRecords(file, {.offset = 0, .line = 1}, slice_bytes, executor,
                  {.make = make, .accept = accept, .progress = progress});
  if (stop) {
    all.push_back(absl::StrCat("stop ", stop->line, ":", stop->column, " ", stop->reason));
  } else {
    EXPECT_EQ(offset, file.size());
  }
  return all;
}

// Bytes that structure CSV more often than not.
std::string RandomText(std::mt19937& random) {
  constexpr char kBytes[] = {'a', 'b', ',', ',', '"', '"', '"', '\n', '\n', '\r', ' ', '\0'};
  const size_t kinds = random() % 8 == 0 ? sizeof(kBytes) : sizeof(kBytes) - 1;
  std::string text(random() % 60, ' ');
  for (char& c : text) c = kBytes[random() % kinds];
  return text;
}

TEST(CsvFileTest, TheSameForAnySliceSizeAndThreads) {
  InlineExecutor one;
  ThreadPool two(2);
  std::mt19937 random(20'250'101);
  for (int i = 0; i < 1'000; ++i) {
    const std::string text = RandomText(random);
    const InputFile file = FileWith(text);
    const std::vector<std::string> expected = ReadAll(file, kSliceBytes, one);
    for (size_t slice_bytes : {1, 2, 3, 5, 16, 40}) {
      ASSERT_EQ(ReadAll(file, slice_bytes, one), expected) << slice_bytes << ": " << text;
    }
    ASSERT_EQ(ReadAll(file, 4, two), expected) << text;
  }
}

TEST(CsvFileTest, QuotesLineBreaksAndCrlfMayLieOnAnyBoundary) {
  const std::string text = "a,\"b\r\n,\"\"c\"\"\n\"\r\n\"\",\"\"\"\"\r\nd,e\r\n";
  ThreadPool executor(7);
  const std::vector<std::string> expected = {"1<a>0<b\r\n,\"c\"\n>0", "4<>0<\">0", "5<d>0<e>0"};
  for (size_t slice_bytes = 1; slice_bytes <= text.size() + 1; ++slice_bytes) {
    EXPECT_EQ(ReadAll(FileWith(text), slice_bytes, executor), expected) << slice_bytes;
  }
}

TEST(CsvFileTest, ALongRecordIsReadThoughItCrossesManySlices) {
  const std::string cell(3'000'000, 'x');
  InlineExecutor executor;
  EXPECT_EQ(ReadAll(FileWith("a\n\"" + cell + "\n\",b\nc\n"), 1'000, executor),
            (std::vector<std::string>{"1<a>0", "2<" + cell + "\n>0<b>0", "4<c>0"}));
}

TEST(CsvFileTest, ARecordOverTheLimitEndsTheFile) {
  InlineExecutor executor;
  const std::string too_long(kMaxRecordBytes, 'x');
  EXPECT_EQ(ReadAll(FileWith("a\nb,\"" + too_long + "\"\nc\n"), kSliceBytes, executor),
            (std::vector<std::string>{
                "1<a>0",
                "stop 2:2 the quoted cell that begins here is longer than 8388608 bytes; "
                "is a closing quote missing? The rest is not read"}));
  EXPECT_EQ(ReadAll(FileWith("a\nb," + too_long + "\nc\n"), kSliceBytes, executor),
            (std::vector<std::string>{"1<a>0",
                                      "stop 2:1 the row is longer than 8388608 bytes; is a line "
                                      "end missing? The rest is not read"}));
}

}  // namespace
}  // namespace seatwise
