#include "cli/edit_words.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "cli/text.h"

namespace seatwise::cli {
namespace {

// How each edit goes; the first word is its verb.
constexpr absl::string_view kForms[] = {
    "set KIND/ID FIELD=VALUE...",
    "delete KIND/ID",
    "assign SKU to KIND/ID... [without PLAN...]",
    "unassign SKU from KIND/ID...",
    "swap SKU for SKU in KIND/ID...",
    "add KIND/ID... to group/ID",
    "remove KIND/ID... from group/ID",
};

absl::string_view VerbOf(absl::string_view form) { return form.substr(0, form.find(' ')); }

using Words = absl::Span<const std::string>;

// Reads one edit from the front to the end.
class Reader {
 public:
  explicit Reader(Words words) : words_(words) {}

  absl::StatusOr<Edit> Read() {
    const std::string verb = Next();
    absl::StatusOr<Edit> edit = ReadRest(verb);
    if (edit.ok() && !words_.empty()) return Wrong();
    return edit;
  }

 private:
  absl::StatusOr<Edit> ReadRest(absl::string_view verb) {
    form_ = *std::ranges::find(kForms, verb, VerbOf);
    if (verb == "set") return ReadSet();
    if (verb == "delete") {
      SEATWISE_ASSIGN_OR_RETURN(Target target, ReadTarget());
      return DeleteEdit{std::move(target)};
    }
    if (verb == "assign") return ReadAssign();
    if (verb == "unassign") {
      UnassignEdit edit{.sku = Next(), .from = {}};
      SEATWISE_ASSIGN_OR_RETURN(edit.from, ReadPrincipals("from", ""));
      return edit;
    }
    if (verb == "swap") {
      SwapEdit edit{.old_sku = Next(), .new_sku = "", .in = {}};
      if (Next() != "for") return Wrong();
      edit.new_sku = Next();
      SEATWISE_ASSIGN_OR_RETURN(edit.in, ReadPrincipals("in", ""));
      return edit;
    }
    return ReadMembers(verb == "add");
  }

  absl::StatusOr<Edit> ReadSet() {
    SetEdit edit;
    SEATWISE_ASSIGN_OR_RETURN(edit.target, ReadTarget());
    while (!words_.empty()) {
      std::pair<std::string, std::string> parts =
          absl::StrSplit(words_[0], absl::MaxSplits('=', 1));
      if (words_[0].find('=') == std::string::npos) return Wrong();
      edit.fields.push_back({std::move(parts.first), std::move(parts.second)});
      Next();
    }
    if (edit.fields.empty()) return Wrong();
    return edit;
  }

  absl::StatusOr<Edit> ReadAssign() {
    AssignEdit edit{.sku = Next(), .to = {}, .without = {}};
    SEATWISE_ASSIGN_OR_RETURN(edit.to, ReadPrincipals("to", "without"));
    if (words_.empty()) return edit;
    Next();
    // Commas may stand between them, as in a sentence.
    for (; !words_.empty(); Next()) {
      for (absl::string_view plan : absl::StrSplit(words_[0], ',', absl::SkipEmpty())) {
        edit.without.emplace_back(plan);
      }
    }
    if (edit.without.empty()) return Wrong();
    return edit;
  }

  absl::StatusOr<Edit> ReadMembers(bool adds) {
    MemberEdit edit{.adds = adds, .members = {}, .group = ""};
    while (!words_.empty() && words_[0] != "to" && words_[0] != "from") {
      SEATWISE_ASSIGN_OR_RETURN(Target member, ReadPrincipal());
      edit.members.push_back(std::move(member));
    }
    if (Next() != (adds ? "to" : "from") || edit.members.empty()) return Wrong();
    SEATWISE_ASSIGN_OR_RETURN(Target group, ReadTarget());
    if (group.kind != "group") return Wrong();
    edit.group = std::move(group.id);
    return edit;
  }

  // Behind `word`, up to the end or to `end`.
  absl::StatusOr<std::vector<Target>> ReadPrincipals(absl::string_view word,
                                                     absl::string_view end) {
    if (Next() != word) return Wrong();
    std::vector<Target> principals;
    while (!words_.empty() && words_[0] != end) {
      SEATWISE_ASSIGN_OR_RETURN(Target principal, ReadPrincipal());
      principals.push_back(std::move(principal));
    }
    if (principals.empty()) return Wrong();
    return principals;
  }

  absl::StatusOr<Target> ReadPrincipal() {
    SEATWISE_ASSIGN_OR_RETURN(Target target, ReadTarget());
    if (target.kind != "user" && target.kind != "group") return Wrong();
    return target;
  }

  absl::StatusOr<Target> ReadTarget() {
    const std::string word = Next();
    const size_t slash = word.find('/');
    if (word == "tenant") return Target{.kind = word, .id = ""};
    if (slash == std::string::npos || slash == 0 || slash + 1 == word.size()) return Wrong();
    return Target{.kind = word.substr(0, slash), .id = word.substr(slash + 1)};
  }

  // "" at the end, which nothing expects.
  std::string Next() {
    last_ = words_.empty() ? "" : words_[0];
    words_.remove_prefix(words_.empty() ? 0 : 1);
    return last_;
  }

  absl::Status Wrong() const {
    const std::string at = words_.empty() ? last_ : words_[0];
    return absl::InvalidArgumentError(
        absl::StrCat(at.empty() ? "something is missing at the end"
                                : absl::StrCat("'", Printable(at), "' does not fit"),
                     "; it goes: ", form_));
  }

  Words words_;  // What is left.
  std::string last_;
  absl::string_view form_;
};

std::string AllForms() {
  std::string text;
  for (absl::string_view form : kForms) absl::StrAppend(&text, "\n  ", form);
  return text;
}

}  // namespace

bool IsEditVerb(absl::string_view word) {
  return std::ranges::find(kForms, word, VerbOf) != std::end(kForms);
}

absl::StatusOr<std::vector<Edit>> ParseEdits(Words words) {
  std::vector<Edit> edits;
  for (size_t begin = 0; begin <= words.size();) {
    const auto end = std::find(words.begin() + static_cast<ptrdiff_t>(begin), words.end(), "and");
    const Words part = words.subspan(begin, static_cast<size_t>(end - words.begin()) - begin);
    if (part.empty() || !IsEditVerb(part[0])) {
      return absl::InvalidArgumentError(
          absl::StrCat(part.empty() ? "a change is missing"
                                    : absl::StrCat("'", Printable(part[0]), "' is no change"),
                       "; changes are:", AllForms()));
    }
    SEATWISE_ASSIGN_OR_RETURN(Edit edit, Reader(part).Read());
    edits.push_back(std::move(edit));
    begin += part.size() + 1;
  }
  return edits;
}

}  // namespace seatwise::cli
