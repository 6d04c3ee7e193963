#include "tests/golden/expectations.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tests/golden/describe.h"

namespace seatwise::golden {
namespace {

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

int64_t CountOf(absl::string_view text, Words& words) { return words.Number(text, 0, kMost); }

bool IsFraction(absl::string_view word) {
  const size_t slash = word.find('/');
  return slash != absl::string_view::npos && slash > 0 &&
         absl::ascii_isdigit(static_cast<unsigned char>(word[0]));
}

PlanIdSet PlanSet(absl::string_view list) {
  PlanIdSet plans;
  for (const std::string& plan : SplitOutsideBrackets(list, ',')) plans.insert(PlanId(plan));
  return plans;
}

LicenseState StateOf(absl::string_view name, Words& words) {
  constexpr std::array kStates = {LicenseState::kActive, LicenseState::kActiveWithError,
                                  LicenseState::kDisabled, LicenseState::kError};
  for (const LicenseState state : kStates) {
    if (name == LicenseStateName(state)) return state;
  }
  words.Fail(absl::StrCat("'", name, "' is not Active, ActiveWithError, Disabled or Error"));
  return LicenseState::kError;
}

// The word starts the next rejected claim of the same SKU.
bool EndsRejection(Words& words) { return words.AtEnd() || words.Skip("and"); }

// `Code` or `Code(details)`.
ExpectedViolation ViolationOf(absl::string_view word, Words& words) {
  const size_t bracket = std::min(word.find('('), word.size());
  const absl::string_view name = word.substr(0, bracket);
  ExpectedViolation violation;
  if (bracket < word.size()) {
    if (word.back() != ')') words.Fail(absl::StrCat("')' is missing: ", word));
    violation.details = std::string(absl::StripSuffix(word.substr(bracket + 1), ")"));
  }
  for (int code = 0; code < kViolationCodes; ++code) {
    violation.code = static_cast<ViolationCode>(code);
    if (name == ShortName(violation.code)) return violation;
  }
  words.Fail(absl::StrCat("'", name, "' is not a violation"));
  return violation;
}

ExpectedRejection ReadRejection(Words& words) {
  ExpectedRejection rejection;
  while (!EndsRejection(words)) {
    if (words.Skip("by")) {
      rejection.source = words.Next("a group or 'direct'");
    } else {
      rejection.violations.push_back(ViolationOf(words.Next("a violation"), words));
    }
  }
  if (rejection.violations.empty()) words.Fail("a violation is missing");
  return rejection;
}

// Of several rejected claims each is named, once.
void CheckSources(const std::vector<ExpectedRejection>& rejections, Words& words) {
  if (rejections.size() < 2) return;
  std::set<std::string> sources;
  for (const ExpectedRejection& rejection : rejections) {
    if (!rejection.source.has_value())
      return words.Fail("of several claims, say 'by' whom each is");
    if (!sources.insert(*rejection.source).second) {
      words.Fail(absl::StrCat("two claims by '", *rejection.source, "'"));
    }
  }
}

ExpectedLicense LicenseOf(absl::string_view text, Words& words) {
  Words of_license(text);
  ExpectedLicense license{.sku = SkuId(of_license.Next("a SKU"))};
  license.state = StateOf(of_license.Next("a state"), of_license);
  if (const auto plans = of_license.SkipPrefix("[")) {
    license.plans = PlanSet(absl::StripSuffix(*plans, "]"));
  }
  while (!of_license.AtEnd()) license.rejections.push_back(ReadRejection(of_license));
  if (license.state == LicenseState::kError && license.rejections.empty()) {
    of_license.Fail("an Error has a violation");
  }
  CheckSources(license.rejections, of_license);
  if (!of_license.error().empty()) words.Fail(absl::StrCat(text, ": ", of_license.error()));
  return license;
}

// `ana: E3 Active, E5 Error Count`, `ana: nothing`.
ExpectedUser ReadUser(absl::string_view statement, Words& words) {
  const std::pair<std::string, std::string> parts =
      absl::StrSplit(statement, absl::MaxSplits(':', 1));
  ExpectedUser user{.user = UserId(parts.first)};
  const std::vector<std::string> licenses = SplitOutsideBrackets(parts.second, ',');
  if (licenses.empty()) words.Fail("say 'nothing' of a user without licenses");
  if (licenses == std::vector<std::string>{"nothing"}) return user;
  for (const std::string& license : licenses) user.licenses.push_back(LicenseOf(license, words));
  return user;
}

// `group staff: 3 members, 2 licensed, 1 with errors`, `group staff: not licensed`.
ExpectedGroup ReadGroup(Words& words) {
  words.Skip("group");
  ExpectedGroup group{.group = GroupId(absl::StripSuffix(words.Next("a group"), ":"))};
  if (words.Skip("not")) {
    if (!words.Skip("licensed")) words.Fail("'not licensed' is meant");
    return group;
  }
  GroupStatus status{.group = group.group};
  status.members = CountOf(words.Next("members"), words);
  if (!words.Skip("members,")) words.Fail("'N members,' is missing");
  status.fully_licensed = CountOf(words.Next("licensed"), words);
  if (!words.Skip("licensed,")) words.Fail("'N licensed,' is missing");
  status.with_errors = CountOf(words.Next("with errors"), words);
  if (!words.Skip("with") || !words.Skip("errors")) words.Fail("'N with errors' is missing");
  group.status = status;
  return group;
}

// `ana uses MAIL,DOCS`, `ana uses nothing`.
ExpectedUse ReadUse(Words& words) {
  ExpectedUse use{.user = UserId(words.Next("a user"))};
  words.Skip("uses");
  if (!words.Skip("nothing")) use.plans = PlanSet(words.Next("plans"));
  return use;
}

// `E3 1/1 waiting 1 overrun 1`.
ExpectedSeats ReadSeats(Words& words) {
  ExpectedSeats seats{.sku = SkuId(words.Next("a SKU"))};
  const std::pair<std::string, std::string> fraction = absl::StrSplit(words.Next("seats"), '/');
  seats.consumed = CountOf(fraction.first, words);
  seats.capacity = fraction.second == "unlimited" ? kUnlimited : CountOf(fraction.second, words);
  seats.off = words.Skip("off");
  const auto number = [&] { return CountOf(words.Next("a number"), words); };
  while (!words.AtEnd()) {
    if (words.Skip("waiting")) {
      seats.waiting = number();
    } else if (words.Skip("overrun")) {
      seats.overrun = number();
    } else if (words.Skip("usable")) {
      seats.usable = number();
    } else if (words.Skip("parked")) {
      seats.parked = number();
    } else if (words.Skip("available")) {
      seats.available = number();
    } else {
      words.End();
    }
  }
  return seats;
}

std::vector<std::string> FirstTwo(absl::string_view statement) {
  std::vector<std::string> words = SplitOutsideBrackets(statement, ' ');
  words.resize(2);
  return words;
}

}  // namespace

bool IsExpectation(absl::string_view statement) {
  const std::vector<std::string> words = FirstTwo(statement);
  if (words[0] == "nothing") return true;
  if (words[0] == "group") return absl::EndsWith(words[1], ":");
  return absl::EndsWith(words[0], ":") || words[1] == "uses" || IsFraction(words[1]);
}

Expectation ReadExpectation(Words& words) {
  Expectation expectation{.text = words.statement()};
  const std::vector<std::string> first = FirstTwo(expectation.text);
  if (first[0] == "group") {
    expectation.what = ReadGroup(words);
  } else if (first[0] == "nothing") {
    words.Skip("nothing");
    if (!words.Skip("changes")) words.Fail("'nothing changes' is meant");
    expectation.what = NothingChanges();
  } else if (first[1] == "uses") {
    expectation.what = ReadUse(words);
  } else if (IsFraction(first[1])) {
    expectation.what = ReadSeats(words);
  } else {
    expectation.what = ReadUser(expectation.text, words);
    return expectation;
  }
  words.End();
  return expectation;
}

}  // namespace seatwise::golden
