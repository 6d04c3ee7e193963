#!/usr/bin/python3 -B
"""Writes compile_commands.json, for clangd and clang-tidy, from `bazel aquery`.

The generated headers that the commands refer to are there after
`./bazelw build //...`.
"""

import json
import os
import subprocess

# Flags that gcc knows and clang does not.
_GCC_ONLY = {"-fno-canonical-system-headers", "-Wno-free-nonheap-object"}


def commands(actions, root):
    """The entries for the compile actions of `bazel aquery --output=jsonproto`, one a source."""
    found = {}
    for action in actions:
        arguments = [a for a in action["arguments"] if a not in _GCC_ONLY]
        source = arguments[arguments.index("-c") + 1]
        found[source] = {"directory": root, "file": source, "arguments": arguments}
    return [found[source] for source in sorted(found)]


def main():
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    query = 'mnemonic("CppCompile", //... except //third_party/...)'
    answer = subprocess.run(
        ["./bazelw", "aquery", query, "--output=jsonproto", "--ui_event_filters=-info"],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    entries = commands(json.loads(answer.stdout)["actions"], os.getcwd())
    with open("compile_commands.json", "w") as f:
        json.dump(entries, f, indent=1)
        f.write("\n")
    print("compile_commands.json: %d files" % len(entries))


if __name__ == "__main__":
    main()
