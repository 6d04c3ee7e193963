#include "cli/man_page.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace seatwise::cli {
namespace {

// What stands for itself: a '-' is the one of the keyboard, and no line is a request.
std::string Plain(absl::string_view text) {
  const std::string escaped = absl::StrReplaceAll(text, {{"\\", "\\e"}, {"-", "\\-"}});
  return absl::StartsWith(escaped, ".") || absl::StartsWith(escaped, "'")
             ? absl::StrCat("\\&", escaped)
             : escaped;
}
std::string Bold(absl::string_view text) { return absl::StrCat("\\fB", Plain(text), "\\fR"); }
std::string Italic(absl::string_view text) { return absl::StrCat("\\fI", Plain(text), "\\fR"); }

// "seatwise export DIR [FLAGS]".
std::string Synopsis(const Command& command) {
  std::string line = Bold(command.name());
  for (const CommandArgument& argument : command.arguments) {
    const std::string name =
        Italic(argument.names.front()) +
        (argument.many && !absl::EndsWith(argument.names.front(), "...") ? "..." : "");
    absl::StrAppend(&line, " ", argument.required ? name : absl::StrCat("[", name, "]"));
  }
  if (!command.verbs.empty()) absl::StrAppend(&line, " ", Italic("VERB"));
  for (const CommandArgument& flag : command.flags) {
    if (!flag.required) continue;
    absl::StrAppend(&line, " ", Bold(flag.names.front()), " ", Italic(flag.value));
  }
  return absl::StrCat(line, " [", Italic("FLAGS"), "]\n");
}

std::string Entry(const CommandArgument& argument) {
  std::vector<std::string> names;
  for (const std::string& name : argument.names) {
    names.push_back(absl::StartsWith(name, "-") ? Bold(name) : Italic(name));
  }
  const bool names_value = !argument.value.empty() && absl::StartsWith(argument.names.front(), "-");
  std::vector<std::string> notes;
  if (argument.required) notes.emplace_back("required");
  if (!argument.fallback.empty()) notes.push_back(absl::StrCat("default: ", argument.fallback));
  if (!argument.choices.empty()) {
    notes.push_back(absl::StrCat("one of ", absl::StrJoin(argument.choices, ", ")));
  }
  return absl::StrCat(
      ".TP\n", absl::StrJoin(names, ", "), names_value ? " " + Italic(argument.value) : "", "\n",
      Plain(argument.help),
      notes.empty() ? "" : Plain(absl::StrCat(" (", absl::StrJoin(notes, "; "), ")")), "\n");
}

std::string Entries(const Command& command) {
  std::string text;
  for (const CommandArgument& argument : command.arguments) text += Entry(argument);
  for (const CommandArgument& flag : command.flags) text += Entry(flag);
  return text;
}

// Paragraphs with a title and lines to be kept: "Examples:\n  seatwise demo". A paragraph without
// one is text.
std::string Footer(const Command& command, absl::string_view heading) {
  std::string text;
  for (const absl::string_view paragraph :
       absl::StrSplit(command.footer, "\n\n", absl::SkipWhitespace())) {
    const std::vector<absl::string_view> lines = absl::StrSplit(paragraph, '\n');
    absl::string_view title = lines.front();
    if (!absl::EndsWith(title, ":")) {
      absl::StrAppend(&text, ".PP\n", Plain(paragraph), "\n");
      continue;
    }
    title.remove_suffix(1);
    absl::StrAppend(&text, heading, " ",
                    heading == ".SH" ? Plain(absl::AsciiStrToUpper(title)) : Plain(title),
                    "\n.nf\n");
    for (size_t i = 1; i < lines.size(); ++i) absl::StrAppend(&text, Plain(lines[i]), "\n");
    absl::StrAppend(&text, ".fi\n");
  }
  return text;
}

}  // namespace

std::string ManPageName(const Command& command) { return absl::StrJoin(command.path, "-"); }

std::string ManPage(const Command& command, absl::string_view version) {
  const bool program = command.path.size() == 1;
  std::string text = absl::StrCat(".TH ", Plain(absl::AsciiStrToUpper(ManPageName(command))),
                                  " 1 \"\" \"Seatwise ", version, "\" \"Seatwise\"\n.SH NAME\n",
                                  Plain(ManPageName(command)), " \\- ", Plain(command.description),
                                  "\n.SH SYNOPSIS\n", Synopsis(command));
  if (program) {
    absl::StrAppend(&text, ".SH VERBS\n");
    for (const Command& verb : command.verbs) {
      absl::StrAppend(&text, ".TP\n", Bold(absl::StrCat(ManPageName(verb), "(1)")), "\n",
                      Plain(verb.description), "\n");
    }
  }
  absl::StrAppend(&text, ".SH OPTIONS\n", Entries(command), Footer(command, ".SH"));
  if (program) return text;
  for (const Command& word : command.verbs) {
    absl::StrAppend(&text, ".SH ", Plain(absl::AsciiStrToUpper(word.name())), "\n",
                    Plain(word.description), ".\n.PP\n", Synopsis(word), Entries(word),
                    Footer(word, ".SS"));
  }
  return absl::StrCat(text, ".SH SEE ALSO\n", Bold(command.path.front()), "(1)\n");
}

}  // namespace seatwise::cli
