// Every engine derives what the shared cases expect.
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "engine/model/derived.h"
#include "engine/model/facts.h"
#include "gtest/gtest.h"
#include "tests/cases/case_facts.h"
#include "tests/cases/files.h"
#include "tests/cases/tables.h"
#include "tests/engines/engines.h"

namespace seatwise::cases {
namespace {

// Where the shared cases are unpacked, once for all tests; nullopt if there are none.
const std::optional<std::string>& CasesFolder() {
  static const auto* folder = new std::optional<std::string>([]() -> std::optional<std::string> {
    const std::optional<std::string> shared = SharedFolder();
    if (!shared.has_value()) return std::nullopt;
    return UnpackTar(*shared + "/cases/cases.tar.xz") + "/cases";
  }());
  return *folder;
}

// What differs from the three tables of the case; "" if nothing does.
std::string Differences(const Derived& derived, const std::string& expected) {
  constexpr size_t kLimit = 5;
  std::string text;
  const auto compare = [&](const std::string& file, const std::vector<Row>& got) {
    const std::string diff = DiffRows(ReadCsvFile(expected + file), got, kLimit);
    if (!diff.empty()) absl::StrAppend(&text, file, ":\n", diff);
  };
  compare("/licenses.csv", LicenseRows(derived));
  compare("/claims.csv", ClaimRows(derived));
  compare("/seats.csv", SeatRows(derived));
  return text;
}

// The situations that occur in a case, but for the spelling of its files.
std::string Tags(const std::string& folder) {
  std::string tags;
  for (absl::string_view line : absl::StrSplit(ReadWholeFile(folder + "/case.json"), '\n')) {
    if (!absl::StrContains(line, "\"format: ")) absl::StrAppend(&tags, line, "\n");
  }
  return tags;
}

class CasesTest : public testing::TestWithParam<Engine> {};

TEST_P(CasesTest, AllAreEqual) {
  if (!CasesFolder().has_value()) {
    GTEST_SKIP() << "no shared cases: set SEATWISE_SHARED to the folder that has cases/";
  }
  int failed = 0;
  const std::vector<std::string> cases = ListFolders(*CasesFolder());
  for (const std::string& name : cases) {
    const std::string folder = absl::StrCat(*CasesFolder(), "/", name);
    const Derived derived = GetParam().derive(ReadCaseFacts(folder + "/in"));
    const std::string differences = Differences(derived, folder + "/expected");
    if (differences.empty()) continue;
    ADD_FAILURE() << "case " << name << " differs\n" << differences << Tags(folder);
    if (++failed == 3) break;
  }
  EXPECT_FALSE(cases.empty());
  RecordProperty("cases", static_cast<int>(cases.size()));
}

INSTANTIATE_TEST_SUITE_P(Engines, CasesTest, testing::ValuesIn(AllEngines()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace seatwise::cases
