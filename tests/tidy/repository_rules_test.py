#!/usr/bin/python3 -B
"""Tests of repository_rules.py and tidy.py: each rule sees a planted fault."""

import os
import subprocess
import tempfile
import unittest

import repository_rules
import tidy


def found(rule, files):
    """The paths and lines that a rule finds in a workspace of these files."""
    with tempfile.TemporaryDirectory() as root:
        write(root, files)
        return [(p, n) for p, n, _ in rule(tidy.Repository(root, list(files)))]


def write(root, files):
    for path, text in files.items():
        path = os.path.join(root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w" if isinstance(text, str) else "wb") as f:
            f.write(text)


class SizesTest(unittest.TestCase):

    def test_401_lines_are_too_many(self):
        files = {"a.cc": "\n" * 401, "b.cc": "\n" * 400, "data.csv": "\n" * 900}
        self.assertEqual(found(repository_rules.short_files, files), [("a.cc", 1)])

    def test_functions_of_scripts(self):
        files = {"a.py": "def f():\n" + "  pass\n" * 60, "b.py": "def f():\n" + "  pass\n" * 59}
        self.assertEqual(found(repository_rules.short_python_functions, files), [("a.py", 1)])


class TestedTest(unittest.TestCase):

    def test_sources_of_engine_and_storage_have_a_test_beside_them(self):
        files = {
            "engine/a/x.cc": "",
            "engine/a/y.cc": "",
            "engine/a/y_test.cc": "",
            "engine/a/z_fuzz.cc": "",
            "storage/s.cc": "",
            "cli/c.cc": "",
        }
        self.assertEqual(
            found(repository_rules.tested, files), [("engine/a/x.cc", 1), ("storage/s.cc", 1)]
        )


class TypesHaveOneDefinitionTest(unittest.TestCase):

    def found(self, a, b):
        return found(repository_rules.types_have_one_definition, {"x/a.h": a, "y/b.cc": b})

    def test_a_type_of_the_same_name_in_another_file_is_a_finding(self):
        self.assertEqual(
            self.found("namespace s {\nstruct A { int b; };\n}\n", "namespace s {\n\nclass A {};\n}\n"),
            [("y/b.cc", 3)],
        )

    def test_so_is_one_inside_of_types(self):
        self.assertEqual(self.found("struct A::B {};", "\nstruct A { struct B {}; };"), [("y/b.cc", 2)])

    def test_other_namespaces_declarations_and_what_is_the_files_own_are_not(self):
        for other in [
            "namespace t {\nstruct A {};\n}\n",
            "namespace s {\nnamespace {\nstruct A {};\n}\n}\n",
            "namespace s {\nstruct A;\nstruct A F();\nvoid G() { struct A {}; }\n}\n",
            "namespace s {\ntemplate <>\nstruct A<int> {};\n}\n",
        ]:
            self.assertEqual(self.found("namespace s {\nstruct A {};\n}\n", other), [], other)

    def test_two_ways_to_compile_one_file_are_one_type(self):
        self.assertEqual(self.found("#if X\nstruct A {};\n#else\nstruct A {};\n#endif\n", ""), [])


class RulesExistTest(unittest.TestCase):
    def cited(self, path, text):
        files = {"docs/semantics.md": "- **S1** a\n- K4 b\n| **O2** | c |\n", path: text}
        return [n for p, n in found(repository_rules.rules_exist, files) if p == path]

    def test_rules_that_do_not_exist(self):
        self.assertEqual(self.cited("engine/a.cc", "// As K4 says.\n// S9, (K8); K5-K6.\n"), [2, 2])
        self.assertEqual(self.cited("engine/README.md", "S1, K4, O2\nS2\n"), [2])
        self.assertEqual(self.cited("proto/a.proto", "// O8.\n"), [1])
        self.assertEqual(self.cited("tests/golden/a.txt", "# G9\n"), [1])

    def test_only_comments_of_code_cite(self):
        self.assertEqual(self.cited("engine/a.cc", 'int S9 = 3; auto s = "K8"; // E5, F3, M365\n'), [])

    def test_flags_and_paths_are_no_rules(self):
        self.assertEqual(self.cited("README.md", "-O9 a/S9 #S9 S9.csv is cited, K8s and C99-like are not\n"), [1])

    def test_without_semantics_nothing_can_be_cited(self):
        self.assertEqual(
            found(repository_rules.rules_exist, {"a.cc": ""}), [("docs/semantics.md", 1)]
        )


class RoomsTest(unittest.TestCase):

    def test_every_room_has_a_short_readme(self):
        files = {
            "README.md": "\n" * 90,
            ".ci/run": "",
            "base/a.cc": "",
            "base/README.md": "a\n" * 20,
            "cli/a.cc": "",
            "cli/README.md": "a\n" * 21,
            "engine/README.md": "",
            "engine/model/a.cc": "",
            "tests/golden/a.txt": "",
        }
        self.assertEqual(
            found(repository_rules.rooms_are_introduced, files),
            [("cli/README.md", 1), ("engine/model/README.md", 1), ("tests/README.md", 1)],
        )


class BannedTextTest(unittest.TestCase):

    def banned(self, path, text):
        return [n for _, n in found(repository_rules.banned_text, {path: text})]

    def test_paths_of_one_machine(self):
        for folder in ["work", "farm", "root", "tmp/w"]:
            self.assertEqual(self.banned("a.md", "see\n/%s/x\n" % folder), [2])
        self.assertEqual(self.banned("a.md", "a/work/x http://h/working /workspace/ /tmp/x\n"), [])

    def test_hosts_of_registries(self):
        self.assertEqual(self.banned("package-lock.json", "https://registry.%s.org/x" % "npmjs"), [1])
        self.assertEqual(self.banned("a.sh", "http://deb.debian.%s/debian" % "org"), [1])

    def test_unfinished_code(self):
        for word in ["TO" + "DO(me)", "FIX" + "ME", "not" + " implemented"]:
            self.assertEqual(self.banned("a.cc", "// %s\n" % word), [1])
        self.assertEqual(self.banned("a.md", "No TO" + "DOs here.\n"), [])

    def test_visible_to_everybody(self):
        rule = 'visibility = ["//visibility:%s"]' % "public"
        self.assertEqual(self.banned("base/BUILD", rule), [1])
        self.assertEqual(self.banned("third_party/x/BUILD", rule), [])

    def test_a_file_that_is_no_text_is_passed_over(self):
        self.assertEqual(self.banned("a.bin", b"\xff/" + b"work/"), [])


class TidyTest(unittest.TestCase):

    def test_new_files_count_and_ignored_ones_do_not(self):
        with tempfile.TemporaryDirectory() as root:
            write(root, {".gitignore": "/out\n", "a.h": "int x;", "out/b.h": "int x;"})
            subprocess.run(["git", "init", "-q", root], check=True)
            repository = tidy.read(root)
        self.assertEqual(list(repository.paths), [".gitignore", "a.h"])

    def test_without_git_the_folders_are_walked(self):
        with tempfile.TemporaryDirectory() as root:
            write(root, {"a.h": "int x;", "node_modules/b.h": "", "bazel-out/c.h": ""})
            self.assertEqual(list(tidy.read(root).paths), ["a.h"])

    def test_findings_are_sorted_and_name_their_rule(self):
        with tempfile.TemporaryDirectory() as root:
            write(root, {"b/x.h": "// What.\nint x;\n", "a/y.cc": "int F() { throw 1; }\n"})
            rules = [(p, r) for p, _, r, _ in tidy.findings(tidy.read(root))]
        self.assertEqual(
            rules,
            [
                ("a/README.md", "rooms_are_introduced"),
                ("a/y.cc", "banned_calls"),
                ("b/README.md", "rooms_are_introduced"),
                ("b/x.h", "once"),
                ("docs/semantics.md", "rules_exist"),
            ],
        )


if __name__ == "__main__":
    unittest.main()
