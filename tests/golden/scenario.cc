#include "tests/golden/scenario.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "tests/golden/fact_table.h"
#include "tests/golden/words.h"

namespace seatwise::golden {
namespace {

// What stands in one line, or in several where a line goes on in the next.
struct Line {
  int number = 0;  // From 1.
  std::string text;
};

// A backslash goes; a comma or semicolon is part of the statement.
bool GoesOn(absl::string_view& line) {
  return absl::EndsWith(line, ",") || absl::EndsWith(line, ";") ||
         absl::ConsumeSuffix(&line, " \\");
}

// Without comments and empty lines.
std::vector<Line> Lines(absl::string_view text) {
  std::vector<Line> lines;
  bool goes_on = false;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    const size_t comment = std::min(line.find("  #"), line.size());
    line = absl::StripAsciiWhitespace(line.substr(0, comment));
    if (line.empty() || line.front() == '#') continue;
    const bool went_on = goes_on;
    goes_on = GoesOn(line);
    if (went_on) {
      absl::StrAppend(&lines.back().text, " ", line);
    } else {
      lines.push_back({number, std::string(line)});
    }
  }
  return lines;
}

std::vector<std::string> Statements(absl::string_view line) {
  std::vector<std::string> statements;
  for (absl::string_view part : absl::StrSplit(line, "  ", absl::SkipWhitespace())) {
    statements.emplace_back(absl::StripAsciiWhitespace(part));
  }
  return statements;
}

std::optional<Edit> EditOf(Words& words) {
  if (words.Skip("+")) return Edit::kAdd;
  if (words.Skip("~")) return Edit::kReplace;
  if (words.Skip("-")) return Edit::kRemove;
  return std::nullopt;
}

class Parser {
 public:
  explicit Parser(absl::string_view file) : file_(file) {}

  absl::Status Read(const Line& line);
  absl::StatusOr<std::vector<Scenario>> Finish() &&;

 private:
  absl::Status Error(int line, absl::string_view message) const {
    return absl::InvalidArgumentError(absl::StrCat(file_, ":", line, ": ", message));
  }
  absl::Status ReadTitle(const Line& line);
  absl::Status ReadStatement(int line, const std::string& statement);
  absl::Status ReadChange(int line, std::optional<Edit> edit, Words& words);
  absl::Status EndStep() const;
  Step& step() { return scenarios_.back().steps.back(); }

  std::string file_;
  std::vector<Scenario> scenarios_;
  FactTable facts_;
};

absl::Status Parser::Read(const Line& line) {
  if (absl::StartsWith(line.text, "scenario ")) return ReadTitle(line);
  if (scenarios_.empty()) return Error(line.number, "the first line is 'scenario RULE title'");
  for (const std::string& statement : Statements(line.text)) {
    SEATWISE_RETURN_IF_ERROR(ReadStatement(line.number, statement));
  }
  return absl::OkStatus();
}

absl::Status Parser::ReadTitle(const Line& line) {
  SEATWISE_RETURN_IF_ERROR(EndStep());
  Scenario scenario{.file = file_, .line = line.number};
  std::vector<std::string> words = SplitOutsideBrackets(line.text, ' ');
  size_t next = 1;
  for (; next < words.size(); ++next) {
    if (words[next] == "example" && next + 1 < words.size()) {
      scenario.cites.push_back(absl::StrCat("example ", words[++next]));
    } else if (IsRule(words[next])) {
      scenario.cites.push_back(words[next]);
    } else {
      break;
    }
  }
  scenario.title = absl::StrJoin(words.begin() + next, words.end(), " ");
  if (scenario.cites.empty()) {
    return Error(line.number, "a title starts with the rules or 'example N' that it is for");
  }
  if (scenario.title.empty()) return Error(line.number, "the title says nothing but citations");
  scenario.steps.push_back({.line = line.number, .facts = {}, .expectations = {}});
  scenarios_.push_back(std::move(scenario));
  facts_ = FactTable();
  return absl::OkStatus();
}

absl::Status Parser::ReadStatement(int line, const std::string& statement) {
  Words words(statement);
  const std::optional<Edit> edit = EditOf(words);
  if (edit.has_value() || !IsExpectation(statement)) {
    SEATWISE_RETURN_IF_ERROR(ReadChange(line, edit, words));
  } else {
    step().expectations.push_back(ReadExpectation(words));
    step().expectations.back().line = line;
  }
  if (words.error().empty()) return absl::OkStatus();
  return Error(line, absl::StrCat("'", statement, "': ", words.error()));
}

absl::Status Parser::ReadChange(int line, std::optional<Edit> edit, Words& words) {
  std::vector<Step>& steps = scenarios_.back().steps;
  const bool first = steps.size() == 1;
  if (!edit.has_value() && (!first || !step().expectations.empty())) {
    return Error(line, absl::StrCat("'", words.statement(),
                                    "': after the first facts, a change starts with + ~ or -"));
  }
  if (edit.has_value() && (first || !step().expectations.empty())) {
    steps.push_back({.line = line, .facts = {}, .expectations = {}});
  }
  facts_.Apply(edit.value_or(Edit::kAdd), words);
  step().facts = facts_.facts();
  return absl::OkStatus();
}

// That the last step read is complete.
absl::Status Parser::EndStep() const {
  if (scenarios_.empty()) return absl::OkStatus();
  const Scenario& scenario = scenarios_.back();
  for (size_t i = 0; i < scenario.steps.size(); ++i) {
    const Step& step = scenario.steps[i];
    if (step.expectations.empty() && (i > 0 || scenario.steps.size() == 1)) {
      return Error(step.line, "nothing is stated about this step; 'nothing changes' is something");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Scenario>> Parser::Finish() && {
  SEATWISE_RETURN_IF_ERROR(EndStep());
  if (scenarios_.empty()) return Error(1, "no scenario in this file");
  return std::move(scenarios_);
}

}  // namespace

bool IsRule(absl::string_view word) {
  return word.size() > 1 && absl::ascii_isupper(static_cast<unsigned char>(word[0])) &&
         std::all_of(word.begin() + 1, word.end(),
                     [](unsigned char c) { return absl::ascii_isdigit(c); });
}

absl::StatusOr<std::vector<Scenario>> ParseScenarios(absl::string_view file,
                                                     absl::string_view text) {
  Parser parser(file);
  for (const Line& line : Lines(text)) SEATWISE_RETURN_IF_ERROR(parser.Read(line));
  return std::move(parser).Finish();
}

}  // namespace seatwise::golden
