#!/usr/bin/python3
"""Writes compile_commands.json, for clangd and clang-tidy, from `bazel aquery`.

Run it from the workspace's root; the generated protobuf headers that the
commands refer to are there after `bazel build //...`.
"""

import json
import os
import subprocess

# Flags that gcc knows and clang does not.
GCC_ONLY = {"-fno-canonical-system-headers", "-Wno-free-nonheap-object"}


def main():
    query = 'mnemonic("CppCompile", //... except //third_party/...)'
    answer = subprocess.run(
        ["bazel", "aquery", query, "--output=jsonproto", "--ui_event_filters=-info"],
        check=True,
        stdout=subprocess.PIPE,
    )
    commands = {}
    for action in json.loads(answer.stdout)["actions"]:
        arguments = [a for a in action["arguments"] if a not in GCC_ONLY]
        source = arguments[arguments.index("-c") + 1]
        commands[source] = {
            "directory": os.getcwd(),
            "file": source,
            "arguments": arguments,
        }
    with open("compile_commands.json", "w") as f:
        json.dump([commands[s] for s in sorted(commands)], f, indent=1)
        f.write("\n")
    print("compile_commands.json: %d files" % len(commands))


if __name__ == "__main__":
    main()
