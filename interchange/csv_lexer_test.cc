#include "interchange/csv_lexer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "interchange/limits.h"

namespace seatwise {
namespace {

// All records of `text` as "line:cell|cell", cells with a fault as "!n", blank lines as "blank",
// and the stop as "stop line:column reason".
std::vector<std::string> Lex(std::string text) {
  const size_t size = text.size();
  text.append(CsvScanner::kPadding, '"');  // What lies behind the buffer must not matter.
  CsvLexer lexer;
  lexer.Reset(text.data(), size, true, 0, 0);
  std::vector<std::string> lines;
  while (lexer.position() < size) {
    if (lexer.Next() == CsvLexer::Result::kStop) {
      const CsvStop& stop = lexer.stop();
      lines.push_back(absl::StrCat("stop ", stop.line, ":", stop.column, " ", stop.reason));
      return lines;
    }
    const CsvRecord& record = lexer.record();
    std::string line = absl::StrCat(record.line, ":", record.blank ? "blank" : "");
    for (const CsvCell& cell : record.cells) {
      if (&cell != &record.cells[0]) absl::StrAppend(&line, "|");
      if (cell.fault == CellFault::kNone) {
        absl::StrAppend(&line, cell.text);
      } else {
        absl::StrAppend(&line, "!", static_cast<int>(cell.fault));
      }
    }
    lines.push_back(line);
  }
  return lines;
}

struct LexCase {
  const char* name;
  std::string text;
  std::vector<std::string> lines;
};

TEST(CsvLexerTest, CutsRecordsAndCells) {
  const LexCase cases[] = {
      {"nothing", "", {}},
      {"LF", "a,b\nc,d\n", {"0:a|b", "1:c|d"}},
      {"CRLF", "a,b\r\nc,d\r\n", {"0:a|b", "1:c|d"}},
      {"no newline at the end", "a,b\nc,d", {"0:a|b", "1:c|d"}},
      {"empty cells", ",\n,", {"0:|", "1:|"}},
      {"quotes", "\"a\",\"\"\n\"b\"", {"0:a|", "1:b"}},
      {"comma in quotes", "\"a,b\",c\n", {"0:a,b|c"}},
      {"line ends in quotes", "\"a\nb\r\nc\",d\ne\n", {"0:a\nb\r\nc|d", "3:e"}},
      {"doubled quotes", "\"a \"\"b\"\"\",\"\"\"\"\n", {"0:a \"b\"|\""}},
      {"doubled quotes in two cells", "\"\"\"\",\"x\"\"\"\n\"\"\"y\"\n", {"0:\"|x\"", "1:\"y"}},
      {"CR in quotes", "\"a\rb\"\n", {"0:a\rb"}},
      {"spaces stay", " a , b \n", {"0: a | b "}},
      {"blank lines", "a\n\n\r\nb\n", {"0:a", "1:blank", "2:blank", "3:b"}},
      {"an empty quoted cell is no blank line", "\"\"\n", {"0:"}},
      {"quoted cell ends the file", "a,\"b\"", {"0:a|b"}},
      {"quoted cell and CRLF", "\"a\"\r\n\"b\"\r\n", {"0:a", "1:b"}},
      {"bytes above 127", "\xff,\xc3\xa9\n", {"0:\xff|\xc3\xa9"}},
  };
  for (const LexCase& c : cases) EXPECT_EQ(Lex(c.text), c.lines) << c.name;
}

TEST(CsvLexerTest, RecordsWithManyCellsAreCutLikeOthers) {
  for (const size_t count : {63, 64, 65, 66, 300}) {
    std::string text;
    std::string expected;
    for (size_t i = 0; i < count; ++i) {
      absl::StrAppend(&text, i == 0 ? "" : ",", i);
      absl::StrAppend(&expected, i == 0 ? "" : "|", i);
    }
    EXPECT_EQ(Lex(text + "\r\n" + text + "\nx"),
              (std::vector<std::string>{"0:" + expected, "1:" + expected, "2:x"}));
  }
}

TEST(CsvLexerTest, MarksTheCellsThatAreNoCsv) {
  const LexCase cases[] = {
      {"quote in an unquoted cell", "a\"b,c\n", {"0:!1|c"}},
      {"quoted text in an unquoted cell", "a\"b\"c,d\ne\n", {"0:!1|d", "1:e"}},
      {"space before a quote", "a, \"b\"\n", {"0:a|!1"}},
      {"text after a quote", "\"a\"b,c\n", {"0:!2|c"}},
      {"text and quotes after a quote", "\"a\"b\"c\",d\n", {"0:!2|d"}},
      {"text after a quote at the end", "\"a\"b", {"0:!2"}},
      {"CR in an unquoted cell", "a\rb,c\n", {"0:!3|c"}},
      {"CR after a quote", "\"a\"\r,c\n", {"0:!3|c"}},
      {"CR at the end of the file", "a,b\r", {"0:a|!3"}},
      {"two CR before LF", "a\r\r\nb\n", {"0:!3", "1:b"}},
  };
  for (const LexCase& c : cases) EXPECT_EQ(Lex(c.text), c.lines) << c.name;
}

TEST(CsvLexerTest, StopsWhereTheRestMakesNoSense) {
  const std::string nul =
      "contains a NUL byte, so this is not a text file in UTF-8; the rest is not read";
  const std::string open = "the quoted cell that begins here is never closed; is a quote missing?";
  const LexCase cases[] = {
      {"NUL", {"a,b\nc,d\0e\nf\n", 12}, {"0:a|b", "stop 1:2 " + nul}},
      {"NUL in quotes", {"a\n\"b\n\0\"", 7}, {"0:a", "stop 1:1 " + nul}},
      {"NUL after a quote", {"\"b\"\0\n", 5}, {"stop 0:1 " + nul}},
      {"open quote", "a\nb,\"c\nd,e\n", {"0:a", "stop 1:2 " + open}},
      {"open quote at the end", "a,\"", {"stop 0:2 " + open}},
      {"open quote with a doubled one", "\"\"\"", {"stop 0:1 " + open}},
  };
  for (const LexCase& c : cases) EXPECT_EQ(Lex(c.text), c.lines) << c.name;
}

TEST(CsvLexerTest, ARecordIsIncompleteUntilItsLineEnds) {
  const std::string text = "\"a\"\"\n\",b\r\n";
  for (size_t size = 1; size < text.size(); ++size) {
    std::string part = text.substr(0, size) + std::string(CsvScanner::kPadding, '\n');
    CsvLexer lexer;
    lexer.Reset(part.data(), size, false, 0, 0);
    EXPECT_EQ(lexer.Next(), CsvLexer::Result::kIncomplete) << size;
  }
}

TEST(CsvLexerTest, CountsCellsBeyondTheLimitWithoutKeepingThem) {
  std::string text(kMaxCells + 4, ',');
  const size_t size = text.size();
  text.append(CsvScanner::kPadding, ' ');
  CsvLexer lexer;
  lexer.Reset(text.data(), size, true, 0, 0);
  ASSERT_EQ(lexer.Next(), CsvLexer::Result::kRecord);
  EXPECT_EQ(lexer.record().cell_count, kMaxCells + 5);
  EXPECT_EQ(lexer.record().cells.size(), kMaxCells);
}

}  // namespace
}  // namespace seatwise
