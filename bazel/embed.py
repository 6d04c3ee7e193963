#!/usr/bin/python3 -B
"""Writes a C++ source that holds files: embed.py OUT HEADER NAMESPACE FUNCTION FILE...

HEADER declares `absl::Span<const EmbeddedFile> FUNCTION()` in NAMESPACE: the
files in the order given, each under its last name.
"""

import os
import sys

_PLAIN = set(range(0x20, 0x7F)) - {ord('"'), ord("\\"), ord("?")}


def literal(content):
    """Bytes as C++ string literals, one a line; other signs in octal, three digits each, so that
    what follows cannot become a part of them."""
    lines = content.splitlines(keepends=True) or [b""]
    return "\n".join(
        '        "%s"' % "".join(chr(b) if b in _PLAIN else "\\%03o" % b for b in line)
        for line in lines
    )


def source(header, namespace, function, files):
    """files: (name, content) each."""
    entries = "".join(
        '    {"%s", absl::string_view(\n%s, %d)},\n' % (name, literal(content), len(content))
        for name, content in files
    )
    return (
        '#include "%s"\n\nnamespace %s {\nnamespace {\n\n'
        "constexpr EmbeddedFile kFiles[] = {\n%s};\n\n}  // namespace\n\n"
        "absl::Span<const EmbeddedFile> %s() { return kFiles; }\n\n}  // namespace %s\n"
    ) % (header, namespace, entries, function, namespace)


def main(out, header, namespace, function, *paths):
    files = []
    for path in paths:
        with open(path, "rb") as f:
            files.append((os.path.basename(path), f.read()))
    with open(out, "w") as f:
        f.write(source(header, namespace, function, files))


if __name__ == "__main__":
    main(*sys.argv[1:])
