// All three scripts work alike: a table of patterns is asked what a word may be, by the verb that
// has been typed so far and, for the value of a flag, by that flag:
//
//   'seatwise seats --output')  table json csv
//   'seatwise seats')           --short --subscriptions -o --output ...
//
// The verb so far is found in the words before the cursor: each word that makes a known verb longer
// is a part of it.
#include "cli/completion_script.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace seatwise::cli {
namespace {

// What a value is completed by.
enum class Kind { kAnything, kChoice, kFile, kFolder };

Kind KindOf(const CommandArgument& argument) {
  if (!argument.choices.empty()) return Kind::kChoice;
  if (argument.value == "DIR") return Kind::kFolder;
  const bool is_file = argument.value == "FILE" || argument.value == "WHAT" ||
                       argument.value.find(".csv") != std::string::npos;
  return is_file ? Kind::kFile : Kind::kAnything;
}

// In single quotes, for all three shells: those of fish take a backslash as one.
std::string Quoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}
std::string FishQuoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"'", "\\'"}}), "'");
}

// All verbs but the program itself, as patterns of a case.
std::string Verbs(const Command& program) {
  std::vector<std::string> names;
  ForEachCommand(program, [&](const Command& command) {
    if (command.path.size() > 1) names.push_back(Quoted(command.name()));
  });
  return absl::StrJoin(names, "|");
}

// "'seatwise seats --output'|'seatwise seats -o'".
std::string Pattern(const Command& command, const CommandArgument& flag) {
  std::vector<std::string> patterns;
  for (const std::string& name : flag.names) {
    patterns.push_back(Quoted(absl::StrCat(command.name(), " ", name)));
  }
  return absl::StrJoin(patterns, "|");
}

std::vector<std::string> WordsOf(const Command& command) {
  std::vector<std::string> words;
  for (const Command& verb : command.verbs) words.push_back(verb.path.back());
  for (const CommandArgument& argument : command.arguments) {
    words.insert(words.end(), argument.choices.begin(), argument.choices.end());
  }
  return words;
}

std::vector<std::string> FlagsOf(const Command& command) {
  std::vector<std::string> flags;
  for (const CommandArgument& flag : command.flags) {
    flags.insert(flags.end(), flag.names.begin(), flag.names.end());
  }
  return flags;
}

// How the arguments by place are completed, beside words.
Kind PlaceKind(const Command& command) {
  for (const CommandArgument& argument : command.arguments) {
    const Kind kind = KindOf(argument);
    if (kind == Kind::kFile || kind == Kind::kFolder) return kind;
  }
  return Kind::kAnything;
}

// The lines of a case that sets `words` and `kind`, for values and then for all else. Bash and zsh
// read it alike.
std::string Cases(const Command& program) {
  const auto kind_word = [](Kind kind) {
    return kind == Kind::kFile ? "file" : kind == Kind::kFolder ? "folder" : "";
  };
  std::string values;
  std::string rest;
  ForEachCommand(program, [&](const Command& command) {
    for (const CommandArgument& flag : command.flags) {
      if (flag.value.empty()) continue;
      absl::StrAppend(&values, "    ", Pattern(command, flag),
                      ") words=", Quoted(absl::StrJoin(flag.choices, " ")),
                      " kind=", kind_word(KindOf(flag)), " ;;\n");
    }
    absl::StrAppend(&rest, "        ", Quoted(command.name()),
                    ") words=", Quoted(absl::StrJoin(WordsOf(command), " ")),
                    " kind=", kind_word(PlaceKind(command)),
                    "\n          flags=", Quoted(absl::StrJoin(FlagsOf(command), " ")), " ;;\n");
  });
  return absl::StrCat(
      "  case \"$verb $before\" in\n", values, "    *)\n      case \"$verb\" in\n", rest,
      "      esac\n      [[ $word == -* ]] && words=$flags kind=\n      ;;\n  esac\n");
}

}  // namespace

std::string BashCompletion(const Command& program) {
  const std::string& name = program.path.front();
  return absl::StrCat("# Completion of ", name, " for bash. To use it: source <(", name,
                      " completion bash)\n_", name,
                      "() {\n"
                      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                      "  # --flag=value is three words here.\n"
                      "  [[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
                      "  [[ $word == = ]] && word=\n"
                      "  local verb=",
                      name,
                      " words= kind= flags= i\n"
                      "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
                      "    case \"$verb ${COMP_WORDS[i]}\" in\n"
                      "      ",
                      Verbs(program),
                      ")\n        verb+=\" ${COMP_WORDS[i]}\" ;;\n"
                      "    esac\n"
                      "  done\n",
                      Cases(program),
                      "  mapfile -t COMPREPLY < <(\n"
                      "    compgen -W \"$words\" -- \"$word\"\n"
                      "    [[ $kind == file ]] && compgen -f -- \"$word\"\n"
                      "    [[ $kind == folder ]] && compgen -d -- \"$word\"\n"
                      "  )\n"
                      "  if [[ -n $kind ]]; then compopt -o filenames 2> /dev/null; fi\n"
                      "}\n"
                      "complete -F _",
                      name, " ", name, "\n");
}

std::string ZshCompletion(const Command& program) {
  const std::string& name = program.path.front();
  return absl::StrCat(
      "#compdef ", name, "\n# Completion of ", name, " for zsh. To use it: source <(", name,
      " completion zsh), after compinit\n_", name,
      "() {\n"
      "  local word=${words[CURRENT]} before=${words[CURRENT-1]} typed=(\"${(@)words}\")\n"
      "  local verb=",
      name,
      " kind= flags= i\n"
      "  # --flag=value is one word here.\n"
      "  if [[ $word == --*=* ]]; then\n"
      "    before=${word%%=*}; compset -P '*='; word=${word#*=}\n"
      "  fi\n"
      "  for ((i = 2; i < CURRENT; ++i)); do\n"
      "    case \"$verb ${typed[i]}\" in\n"
      "      ",
      Verbs(program),
      ")\n        verb+=\" ${typed[i]}\" ;;\n"
      "    esac\n"
      "  done\n"
      "  local words=\n",
      Cases(program),
      "  compadd -- ${=words}\n"
      "  if [[ $kind == file ]]; then _files; fi\n"
      "  if [[ $kind == folder ]]; then _files -/; fi\n"
      "  return 0\n"
      "}\n"
      "if (( $+functions[compdef] )); then compdef _",
      name, " ", name, "; fi\n");
}

namespace {

// One line of fish: what is completed where `condition` holds.
std::string FishFlag(const std::string& start, const CommandArgument& flag) {
  std::string line = start;
  for (const std::string& name : flag.names) {
    const bool is_long = name.size() > 2;
    absl::StrAppend(&line, is_long ? " -l " : " -s ", name.substr(is_long ? 2 : 1));
  }
  switch (KindOf(flag)) {
    case Kind::kChoice:
      absl::StrAppend(&line, " -x -a ", FishQuoted(absl::StrJoin(flag.choices, " ")));
      break;
    case Kind::kFile:
      absl::StrAppend(&line, " -r -F");
      break;
    case Kind::kFolder:
      absl::StrAppend(&line, " -x -a '(__fish_complete_directories)'");
      break;
    case Kind::kAnything:
      absl::StrAppend(&line, flag.value.empty() ? "" : " -x");
      break;
  }
  return absl::StrCat(line, " -d ", FishQuoted(flag.help), "\n");
}

}  // namespace

std::string FishCompletion(const Command& program) {
  const std::string& name = program.path.front();
  std::string text = absl::StrCat("# Completion of ", name, " for fish. To use it: ", name,
                                  " completion fish | source\n"
                                  "function __",
                                  name,
                                  "_verb\n"
                                  "  set -l words (commandline -opc)\n"
                                  "  set -l verb ",
                                  name,
                                  "\n"
                                  "  for word in $words[2..-1]\n"
                                  "    switch \"$verb $word\"\n"
                                  "      case ",
                                  absl::StrReplaceAll(Verbs(program), {{"|", " "}}),
                                  "\n"
                                  "        set verb \"$verb $word\"\n"
                                  "    end\n"
                                  "  end\n"
                                  "  test \"$verb\" = \"$argv\"\n"
                                  "end\n"
                                  "complete -c ",
                                  name, " -f\n");
  ForEachCommand(program, [&](const Command& command) {
    const std::string start =
        absl::StrCat("complete -c ", name, " -n ",
                     FishQuoted(absl::StrCat("__", name, "_verb ", command.name())));
    for (const Command& verb : command.verbs) {
      absl::StrAppend(&text, start, " -a ", verb.path.back(), " -d ", FishQuoted(verb.description),
                      "\n");
    }
    for (const CommandArgument& argument : command.arguments) {
      if (argument.choices.empty()) continue;
      absl::StrAppend(&text, start, " -a ", FishQuoted(absl::StrJoin(argument.choices, " ")),
                      " -d ", FishQuoted(argument.help), "\n");
    }
    const Kind kind = PlaceKind(command);
    if (kind == Kind::kFile) absl::StrAppend(&text, start, " -F\n");
    if (kind == Kind::kFolder) {
      absl::StrAppend(&text, start, " -a '(__fish_complete_directories)'\n");
    }
    for (const CommandArgument& flag : command.flags) {
      absl::StrAppend(&text, FishFlag(start, flag));
    }
  });
  return text;
}

}  // namespace seatwise::cli
