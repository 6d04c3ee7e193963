#!/usr/bin/python3 -B
"""Tests of embed.py."""

import os
import subprocess
import tempfile
import unittest

import embed


class LiteralTest(unittest.TestCase):

    def test_one_literal_a_line(self):
        self.assertEqual(embed.literal(b"a,b\nc\n"), '        "a,b\\012"\n        "c\\012"')

    def test_an_empty_file_is_an_empty_literal(self):
        self.assertEqual(embed.literal(b""), '        ""')

    def test_signs_with_a_meaning_are_spelled_in_octal(self):
        self.assertEqual(embed.literal(b'"\\?1\x00\xff2'), '        "\\042\\134\\0771\\000\\3772"')


class SourceTest(unittest.TestCase):

    def test_files_keep_their_order_and_their_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, content in (("b.csv", b"x"), ("a.csv", b"y\n")):
                paths.append(os.path.join(folder, name))
                with open(paths[-1], "wb") as f:
                    f.write(content)
            out = os.path.join(folder, "out.cc")
            script = os.path.join(os.path.dirname(os.path.realpath(__file__)), "embed.py")
            subprocess.run([script, out, "x/files.h", "a::b", "Files"] + paths, check=True)
            with open(out) as f:
                text = f.read()
        self.assertIn('#include "x/files.h"', text)
        self.assertIn("namespace a::b {", text)
        self.assertIn("Files() { return kFiles; }", text)
        self.assertLess(text.index('{"b.csv", absl::string_view(\n        "x", 1)}'), text.index("a.csv"))
        self.assertIn('"y\\012", 2)', text)


if __name__ == "__main__":
    unittest.main()
