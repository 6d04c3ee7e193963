"""House rules for the repository as a whole. Each takes a Repository and yields
(path, line, message)."""

import ast
import re

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_README = 20
_CODE = (".cc", ".h", ".proto", ".bzl", ".sh", ".py")


def short_files(repository):
    for path in repository.ending(*_CODE):
        lines = repository.text(path).count("\n")
        if lines > MOST_LINES_OF_A_FILE:
            yield path, 1, "%d lines, at most %d: which second responsibility got in?" % (
                lines,
                MOST_LINES_OF_A_FILE,
            )


def short_python_functions(repository):
    for path in repository.ending(".py"):
        for node in ast.walk(ast.parse(repository.text(path))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 60:
                yield path, node.lineno, "over 60 lines in one function: %s" % node.name


def tested(repository):
    """What engine/ and storage/ do is tested beside the source."""
    for path in repository.ending(".cc"):
        stem = path[: -len(".cc")]
        if not path.startswith(("engine/", "storage/")):
            continue
        if stem.endswith(("_test", "_fuzz", "_bench", "_benchmark")):
            continue
        if stem + "_test.cc" not in repository.paths:
            yield path, 1, "no test beside it: %s_test.cc" % stem.split("/")[-1]


def types_have_one_definition(repository):
    """Two types of one name are one to the linker, which takes the functions of either for both. The
    compiler says nothing as long as no file sees them together."""
    first = {}  # The place by qualified name.
    for path in repository.ending(".h", ".cc"):
        for d in repository.cpp(path).declarations:
            name = d.qualified_name()
            if name is None:
                continue
            where, line = first.setdefault(name, (path, d.line))
            if where != path:
                yield path, d.line, "%s is another type in %s:%d: rename one" % (name, where, line)


_DEFINED_RULE = re.compile(r"^[-*#|\s]*\**([SMCGKOLR]\d+)\b", re.MULTILINE)
_CITED_RULE = re.compile(r"(?<![\w./#-])([SMCGKOLR]\d{1,2})(?![\w-])")
_SEMANTICS = "docs/semantics.md"


def _text_that_cites(repository, path):
    """The lines of a file in which S1 means a rule, or None."""
    if path.endswith((".cc", ".h")):
        return repository.cpp(path).comment_lines
    prose = path.endswith((".md", ".proto")) or path.startswith("tests/") and path.endswith(".txt")
    return repository.text(path).split("\n") if prose else None


def rules_exist(repository):
    if _SEMANTICS not in repository.paths:
        yield _SEMANTICS, 1, "missing: it defines the rules that everything cites"
        return
    defined = set(_DEFINED_RULE.findall(repository.text(_SEMANTICS)))
    for path in repository.paths:
        for number, line in enumerate(_text_that_cites(repository, path) or [], 1):
            for rule in _CITED_RULE.findall(line):
                if rule not in defined:
                    yield path, number, "%s is no rule of %s" % (rule, _SEMANTICS)


def _rooms(repository):
    """Top-level folders, and the folders in engine/."""
    for path in repository.paths:
        parts = path.split("/")
        if len(parts) > 1 and not parts[0].startswith("."):
            yield parts[0]
            if parts[0] == "engine" and len(parts) > 2:
                yield "/".join(parts[:2])


def rooms_are_introduced(repository):
    for room in sorted(set(_rooms(repository))):
        readme = room + "/README.md"
        if readme not in repository.paths:
            yield readme, 1, "missing: what the room is for, what comes in, what goes out, where to start"
            continue
        lines = repository.text(readme).rstrip("\n").count("\n") + 1
        if lines > MOST_LINES_OF_A_README:
            yield readme, 1, "%d lines, at most %d" % (lines, MOST_LINES_OF_A_README)


# (which files, pattern, message). Written so that no pattern matches itself.
_BANNED_TEXT = [
    (
        lambda path: True,
        r"(^|[^A-Za-z0-9_.])/(?:work|farm|root)/|/tmp/(?:w)/",
        "a path of one machine",
    ),
    (
        lambda path: True,
        r"registry\.npmjs|deb\.debian\.(?:org)|pypi\.(?:org)|registry\.yarnpkg",
        "a package registry's host: name the package, the client knows where it is",
    ),
    (
        lambda path: path.endswith(_CODE) or path.split("/")[-1] in ("BUILD", "WORKSPACE", ".bazelrc"),
        r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b|not[ ]implemented|un" r"implemented",
        "unfinished: finish it, or say in prose what the limit is",
    ),
    (
        lambda path: path.endswith(("BUILD", ".bzl")) and not path.startswith("third_party/"),
        r"//visibility:(?:public)",
        "name the rooms that may look in",
    ),
]


def banned_text(repository):
    for path in repository.paths:
        patterns = [(p, m) for holds, p, m in _BANNED_TEXT if holds(path)]
        for number, line in enumerate(repository.text(path).split("\n"), 1):
            for pattern, message in patterns:
                match = re.search(pattern, line)
                if match:
                    yield path, number, "%s: %s" % (match.group().strip(), message)


RULES = [
    short_files,
    short_python_functions,
    tested,
    types_have_one_definition,
    rules_exist,
    rooms_are_introduced,
    banned_text,
]
