"""House rules for one C++ file. Each takes (path, CppSource) and yields (line, message)."""

import re

MOST_LINES_OF_A_FUNCTION = 60


def short_functions(path, source):
    for d in source.declarations:
        if d.kind == "function" and d.lines() > MOST_LINES_OF_A_FUNCTION:
            yield d.line, "%d lines in one function, at most %d: %s" % (
                d.lines(),
                MOST_LINES_OF_A_FUNCTION,
                d.head[:60],
            )


def followed(path, source):
    if source.unbalanced:
        yield 1, "braces do not pair up, so the other rules saw only part of this file"


def _is_test(path):
    return re.search(r"(_test|_fuzz|_bench|_benchmark)\.cc$", path) is not None


def _in(path, *rooms):
    return path.startswith(tuple(room + "/" for room in rooms))


# (where the rule holds, what is banned, what to do instead)
_BANNED = [
    (
        lambda path: not _in(path, "base", "bench"),
        r"\b(system|steady|high_resolution|utc)_clock\b|\babsl::(Now|GetCurrentTimeNanos)\b"
        r"|\b(gettimeofday|clock_gettime|timespec_get)\s*\("
        r"|(?<![\w.>:])(?:std::|::)?time\s*\(\s*(?:nullptr|NULL|0|&\w+)\s*\)",
        "clocks are read in base/ only: take the time as a parameter, or a Stopwatch",
    ),
    (
        lambda path: _in(path, "engine") and not _is_test(path),
        r"\b(printf|fprintf|vprintf|fputs)\s*\(|\bstd::(cout|cerr|clog|print|println|puts|putchar)\b"
        r"|\babsl::(PrintF|FPrintF)\b",
        "the engine prints nothing: return it",
    ),
    (
        lambda path: _in(path, "engine") and not _is_test(path),
        r"\bstd::(thread|jthread|async)\b|\bstd::[io]?fstream\b|\b(fopen|getenv|socket)\s*\(",
        "the engine has no thread, file, socket or environment of its own: callers pass them in",
    ),
    (
        lambda path: True,
        r"\bthrow\b",
        "no exceptions: return an absl::Status, or SEATWISE_CHECK what cannot happen",
    ),
    (
        lambda path: _in(path, "base", "engine", "storage"),
        r"\bcatch\s*\(",
        "nothing called here may throw: only the rooms that call throwing libraries catch",
    ),
    (
        lambda path: True,
        r"\babsl::(optional|nullopt|variant|any)\b",
        "use std::, which is another type than abseil's here",
    ),
]


def banned_calls(path, source):
    for holds, pattern, instead in _BANNED:
        if holds(path):
            for line, match in source.find(pattern):
                yield line, "%s: %s" % (match.group().strip(), instead)


def string_views(path, source):
    """abseil's string_view and the standard's do not convert into each other here."""
    for d in source.declarations:
        if "std::string_view" in d.head:
            yield d.line, "std::string_view in a declaration: write absl::string_view"


def once(path, source):
    if path.endswith(".h") and not any(
        re.match(r"\s*#\s*pragma\s+once\b", line) for line in source.lines
    ):
        yield 1, "a header starts with #pragma once"


# Whose meaning the language or a library defines.
_KNOWN_NAMES = re.compile(r"\boperator\b|\b(AbslHashValue|AbslStringify|PrintTo|swap|main)\s*\(")


def _is_record(declaration, source):
    """Whether a type is a few fields and no more; its comparisons may be defaulted."""
    members = [d for d in source.declarations if declaration in d.scopes]
    return declaration.lines() <= 8 and not any(
        "(" in m.head and not m.head.endswith("= default") for m in members
    )


def _says_enough(declaration, source):
    """Whether the name and what stands there at once leave nothing to explain."""
    if declaration.kind == "statement":
        # An alias or a constant, or a promise whose keeping is elsewhere.
        return "(" not in declaration.head.split("=")[0]
    if declaration.kind == "type":
        return _is_record(declaration, source)
    return declaration.lines() <= 5


def _documented_elsewhere(head):
    if re.search(r"[\w>]::~?\w+$", head.split("(")[0].rstrip()):
        return True  # a member, in its class
    return re.match(r"(class|struct|union|enum)\b[^=({]*$|template\s+class\b", head) is not None


def _needs_comment(declaration, source):
    if not declaration.in_namespaces_only() or declaration.kind == "namespace":
        return False
    scopes = [s.head for s in declaration.scopes]
    if any(re.search(r"namespace\s*(std)?$|internal|detail", s) for s in scopes):
        return False
    head = declaration.head
    if declaration.kind != "type" and _documented_elsewhere(head):
        return False
    if declaration.kind == "type" and re.search(r"\w::\w+\s*(final)?\s*($|:[^:])", head):
        return False
    if re.match(r"([A-Z][A-Z0-9_]+|static_assert)\s*\(", head) or _KNOWN_NAMES.search(head):
        return False
    return not _says_enough(declaration, source)


def _is_comment(line):
    return line.strip().startswith(("//", "*", "/*")) or line.strip().endswith("*/")


def _has_comment(declaration, source):
    """Right above; functions may share one with their paragraph."""
    above = declaration.line - 2
    while above >= 0 and source.lines[above].strip():
        if _is_comment(source.lines[above]):
            return True
        if declaration.kind == "type" or re.match(r"namespace\b|#", source.lines[above]):
            return False
        above -= 1
    return False


def documented(path, source):
    """A header opens with what it is; that introduces the main thing in it as well: the first
    one, or the type that the file is named for."""
    if not path.endswith(".h"):
        return
    opened = _is_comment(source.lines[0])
    if not opened:
        yield 1, "a header opens with a comment that says what it is"
    stem = path.split("/")[-1][: -len(".h")].replace("_", "")
    asking = [d for d in source.declarations if _needs_comment(d, source)]
    for d in asking:
        introduced = opened and (
            d is asking[0]
            or (d.kind == "type" and re.search(r"\b%s\b" % stem, d.head, re.IGNORECASE))
        )
        if not introduced and not _has_comment(d, source):
            yield d.line, "no comment above: %s" % d.head[:60]


# What the architecture lets the pure rooms see, besides themselves. Who may look into the other
# rooms is said by the visibility in their BUILD files.
_MAY_INCLUDE = {
    "base": (),
    "engine/model": ("base",),
    "engine/rules": ("base", "engine/model"),
    "engine/reference": ("base", "engine/model"),
    "engine": ("base", "engine"),
    "interchange": ("base", "engine/model"),
    "storage": ("base", "engine/model", "proto"),
}


def _room(path):
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "engine" and len(parts) > 2 else parts[0]


def allowed_includes(path, source):
    room = _room(path)
    may = _MAY_INCLUDE.get(room, _MAY_INCLUDE.get(room.split("/")[0]))
    if may is None or _is_test(path):
        return
    for line, included, in_quotes in source.includes:
        other = _room(included)
        known = other.split("/")[0] in ROOMS
        if in_quotes and known and not (included + "/").startswith(tuple(m + "/" for m in may + (room,))):
            yield line, "%s may not include %s: see docs/architecture.md" % (room, included)


ROOMS = ("base", "bench", "cli", "engine", "interchange", "proto", "service", "storage", "tests")

RULES = [
    short_functions,
    followed,
    banned_calls,
    string_views,
    once,
    documented,
    allowed_includes,
]
