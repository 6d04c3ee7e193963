#!/usr/bin/python3 -B
"""Tests of compile_commands.py."""

import unittest

from compile_commands import commands


def action(source, *flags):
    return {"arguments": ["/usr/bin/gcc", *flags, "-c", source, "-o", source + ".o"]}


class CompileCommandsTest(unittest.TestCase):

    def test_one_entry_a_source_in_order(self):
        actions = [action("b.cc"), action("a.cc"), action("a.cc", "-fPIC")]
        self.assertEqual([e["file"] for e in commands(actions, "/src")], ["a.cc", "b.cc"])

    def test_flags_stay_but_those_that_clang_does_not_know(self):
        (entry,) = commands([action("a.cc", "-std=c++20", "-fno-canonical-system-headers")], "/src")
        self.assertEqual(
            entry,
            {
                "directory": "/src",
                "file": "a.cc",
                "arguments": ["/usr/bin/gcc", "-std=c++20", "-c", "a.cc", "-o", "a.cc.o"],
            },
        )


if __name__ == "__main__":
    unittest.main()
