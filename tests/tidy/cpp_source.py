"""Enough of C++ to see declarations: their scope, first line and length.

The text is first split into code and comments of the same length (each blank
where the other stands), so that braces and words inside comments and literals
mislead nobody. Then one pass follows the braces. It is not a parser: it knows
how this repository writes C++, and says so (`unbalanced`) when it gets lost.
"""

import dataclasses
import re

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      |(?P<raw>R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)")
      |(?P<string>"(?:\\.|[^"\\\n])*")
      |(?P<char>(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])*')""",
    re.DOTALL | re.VERBOSE,
)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)', re.MULTILINE)


# Macros and attributes of a type.
_BESIDE_THE_NAME = re.compile(
    r"\b((?:ABSL|SEATWISE)_[A-Z_]+|alignas)(\s*\((?:[^()]|\([^()]*\))*\))?|\[\[.*?\]\]"
)


@dataclasses.dataclass(eq=False)
class Declaration:
    """One declaration or definition outside function bodies."""

    kind: str  # namespace, type, function (with a body), or statement
    head: str  # its text up to the brace or semicolon, in one line
    scopes: tuple  # the declarations around it, outermost first
    line: int  # of its first word; lines count from 1
    end_line: int = 0  # of its closing brace or semicolon

    def lines(self):
        return self.end_line - self.line + 1

    def type_name(self):
        """What a type that is defined here is called, with the arguments of a specialization; None
        for another declaration, and for a type without a name."""
        if self.kind != "type":
            return None
        head = _BESIDE_THE_NAME.sub(" ", _without_template(self.head))
        head = re.sub(r"^\s*(typedef\s+)?(enum\s+)?(class|struct|union|enum)\b", "", head)
        before_bases = re.split(r"(?<!:):(?!:)|\bfinal\b", head)[0]
        return re.sub(r"\s+", "", before_bases) or None

    def qualified_name(self):
        """The type's name behind those of all that is around it; None if no other file can mean it."""
        names = [self.type_name()]
        for scope in reversed(self.scopes):
            if scope.kind == "namespace":
                named = re.search(r"\bnamespace\s+([\w:]+)", scope.head)
                names += [named.group(1) if named else None] * (not scope.head.startswith("extern"))
            else:
                names.append(scope.type_name())
        return None if None in names else "::".join(reversed(names))

    def in_namespaces_only(self):
        return all(scope.kind == "namespace" for scope in self.scopes)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def split(text):
    """Returns (code, comments), each as long as the text and line by line with it."""
    code, comments, at = [], [], 0
    for token in _TOKEN.finditer(text):
        code.append(text[at : token.start()])
        comments.append(_blank(text[at : token.start()]))
        found = token.group()
        if token.group("comment"):
            code.append(_blank(found))
            comments.append(found)
        else:
            # The quotes stay: extern "C" must not look like a variable.
            code.append(found[0] + _blank(found[1:-1]) + found[-1])
            comments.append(_blank(found))
        at = token.end()
    return "".join(code) + text[at:], "".join(comments) + _blank(text[at:])


def _without_template(head):
    """Drops template parameter lists and attributes in front."""
    while True:
        head = re.sub(r"^\s*(\[\[[^\]]*\]\])?\s*", "", head)
        if not re.match(r"template\s*<", head):
            return head
        depth = 0
        for i, c in enumerate(head):
            depth += (c == "<") - (c == ">")
            if c == ">" and depth == 0:
                head = head[i + 1 :]
                break
        else:
            return head


def _outside_parentheses(head):
    """Replaces what stands in parentheses; operator names lose their signs."""
    head = re.sub(r"\boperator\s*(\(\s*\)|\[\]|[^\s\w(]+)", "operator_", head)
    while True:
        shorter = re.sub(r"\([^()]*\)", "@", head)
        if shorter == head:
            return head
        head = shorter


_AFTER_PARAMETERS = re.compile(
    r"(\s|const\b|noexcept\b|override\b|final\b|volatile\b|mutable\b|try\b|&|[A-Z][A-Z0-9_]+\b|@"
    r"|->.*|requires\b.*)*$"
)


def kind_before_brace(head):
    """What a brace opens, given the text before it.

    Returns namespace, type, function, or braces (of an initializer).
    """
    head = _without_template(head)
    if re.match(r"(inline\s+)?namespace\b|extern\s*\"", head):
        return "namespace"
    if re.match(r"(typedef\s+)?enum\b", head):
        return "type"
    if re.match(r"(typedef\s+)?(class|struct|union)\b", head):
        if "(" not in _BESIDE_THE_NAME.sub("", head):
            return "type"
    flat = _outside_parentheses(head)
    if "=" in flat or "@" not in flat:
        return "braces"
    if re.search(r"@\s*(?:noexcept\s*)?:(?!:)", flat):
        # Member initializers: a brace after a name is a member's, else the body's.
        return "function" if flat.rstrip()[-1] in "@}" else "braces"
    tail = flat[flat.rindex("@") + 1 :]
    return "function" if _AFTER_PARAMETERS.match(tail) else "braces"


class _Scanner:
    """Follows braces, parentheses and semicolons through blanked code."""

    def __init__(self, code):
        self.declarations = []
        self.unbalanced = False
        self._line = 1
        self._stack = []  # Declarations; None for braces that declare nothing
        self._in_body = 0  # depth of braces inside a function
        self._parentheses = 0
        self._start()
        for c in code:
            self._step(c)
            self._line += c == "\n"
        self.unbalanced |= bool(self._stack) or self._in_body > 0

    def _start(self):
        self._head = []
        self._first_line = 0

    def _keep(self, c):
        if not self._first_line and not c.isspace():
            self._first_line = self._line
        self._head.append(c)

    def _declare(self, kind):
        head = " ".join("".join(self._head).split())
        scopes = tuple(s for s in self._stack if s)
        declaration = Declaration(kind, head, scopes, self._first_line, self._line)
        self.declarations.append(declaration)
        return declaration

    def _step(self, c):
        if self._in_body:
            self._in_body += (c == "{") - (c == "}")
            if not self._in_body:
                self._stack.pop().end_line = self._line
                self._start()
        elif c in "()":
            self._parentheses += 1 if c == "(" else -1
            self._keep(c)
        elif self._parentheses or c not in "{};:":
            self._keep(c)
        elif c == "{":
            self._open()
        elif c == "}":
            self._close()
        elif c == ";":
            if self._first_line and None not in self._stack:
                self._declare("statement")
                self._start()
        elif "".join(self._head).strip() in ("public", "protected", "private"):
            self._start()
        else:
            self._keep(c)

    def _open(self):
        kind = kind_before_brace("".join(self._head))
        if None in self._stack or kind == "braces":
            self._stack.append(None)
            return
        self._stack.append(self._declare(kind))
        self._in_body = kind == "function"
        self._start()

    def _close(self):
        if not self._stack:
            self.unbalanced = True
            return
        closed = self._stack.pop()
        if closed is None:
            for c in "{}":
                self._keep(c)
        else:
            closed.end_line = self._line
            self._start()


class CppSource:
    """A C++ file: `lines`, `code`, `comments`, `includes` and `declarations`."""

    def __init__(self, text):
        self.lines = text.split("\n")
        code, comments = split(text)
        # (line, path, is in quotes); paths are literals, hence from the text.
        self.includes = [
            (text.count("\n", 0, m.start()) + 1, m.group(2), m.group(1) == '"')
            for m in _INCLUDE.finditer(text)
            if code[m.end(1) - 1] != " "
        ]
        code = _DIRECTIVE.sub(lambda m: _blank(m.group()), code)
        self.code_lines = code.split("\n")
        self.comment_lines = comments.split("\n")
        scanner = _Scanner(code)
        self.declarations = scanner.declarations
        self.unbalanced = scanner.unbalanced

    def find(self, pattern):
        """Yields (line, match) for each place in the code that matches."""
        for number, line in enumerate(self.code_lines, 1):
            for match in re.finditer(pattern, line):
                yield number, match
