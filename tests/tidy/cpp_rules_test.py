#!/usr/bin/python3 -B
"""Tests of cpp_rules.py: each rule sees a planted fault, and lets good code pass."""

import unittest

import cpp_rules
from cpp_source import CppSource


def lines(rule, path, text):
    return [line for line, _ in rule(path, CppSource(text))]


class ShortFunctionsTest(unittest.TestCase):

    def function(self, statements):
        return "int F() {\n" + "  g();\n" * statements + "}\n"

    def test_61_lines_are_too_many_and_60_are_not(self):
        self.assertEqual(lines(cpp_rules.short_functions, "a.cc", self.function(59)), [1])
        self.assertEqual(lines(cpp_rules.short_functions, "a.cc", self.function(58)), [])

    def test_lost_braces_are_a_finding(self):
        self.assertEqual(lines(cpp_rules.followed, "a.cc", "int F() {"), [1])


class BannedCallsTest(unittest.TestCase):

    def assertBanned(self, path, code):
        self.assertEqual(lines(cpp_rules.banned_calls, path, "\n" + code), [2], code)

    def assertAllowed(self, path, code):
        self.assertEqual(lines(cpp_rules.banned_calls, path, code), [], code)

    def test_clocks_are_for_base_and_bench(self):
        for code in [
            "auto t = std::chrono::system_clock::now();",
            "auto t = std::chrono::steady_clock::now();",
            "auto t = absl::Now();",
            "auto t = time(nullptr);",
            "auto t = std::time(NULL);",
            "clock_gettime(CLOCK_REALTIME, &t);",
        ]:
            self.assertBanned("cli/a.cc", code)
            self.assertAllowed("base/clock.h", code)
            self.assertAllowed("bench/a.cc", code)

    def test_a_member_called_time_is_no_clock(self):
        self.assertAllowed("engine/a.cc", "auto t = row.time(); Time time(5); since_time(0);")

    def test_the_engine_does_not_print(self):
        for code in ['printf("");', "std::cout << 1;", "std::cerr << 1;", 'std::puts("");']:
            self.assertBanned("engine/batch/a.cc", code)
            self.assertAllowed("engine/batch/a_test.cc", code)
            self.assertAllowed("cli/a.cc", code)
        self.assertAllowed("engine/a.cc", "// never printf()\nsnprintf(b, 1, 2); changes.puts();")

    def test_the_engine_has_no_threads_and_files(self):
        for code in ["std::thread t(f);", "std::ifstream f(p);", 'getenv("HOME");']:
            self.assertBanned("engine/a.cc", code)
            self.assertAllowed("interchange/a.cc", code)

    def test_nobody_throws_and_only_outer_rooms_catch(self):
        self.assertBanned("cli/a.cc", "throw 1;")
        self.assertBanned("engine/a.cc", "try { F(); } catch (...) {}")
        self.assertAllowed("cli/a.cc", "try { F(); } catch (const CLI::Error& e) {}")

    def test_abseils_optional_is_another_type(self):
        self.assertBanned("cli/a.h", "absl::optional<int> a;")
        self.assertAllowed("cli/a.h", "std::optional<int> a;")


class StringViewsTest(unittest.TestCase):

    def test_declarations_use_abseils(self):
        text = "int F(std::string_view a);\nstruct A {\n  std::string_view b;\n};\nint G(absl::string_view c);\n"
        self.assertEqual(lines(cpp_rules.string_views, "a.h", text), [1, 3])

    def test_inside_a_function_a_library_may_need_the_standards(self):
        self.assertEqual(lines(cpp_rules.string_views, "a.cc", "int F() { std::string_view a; }"), [])


class HeadersTest(unittest.TestCase):

    def test_pragma_once(self):
        self.assertEqual(lines(cpp_rules.once, "a.h", "// What.\nint a;\n"), [1])
        self.assertEqual(lines(cpp_rules.once, "a.h", "// What.\n#pragma once\n"), [])
        self.assertEqual(lines(cpp_rules.once, "a.cc", "int a;\n"), [])

    def documented(self, declarations, opening="// What this is."):
        text = opening + "\n#pragma once\nnamespace seatwise {\n" + declarations + "}\n"
        return [line - 3 for line in lines(cpp_rules.documented, "a/seats.h", text)]

    def test_a_header_opens_with_a_comment(self):
        self.assertEqual(self.documented("", opening=""), [-2])

    STRUCT = "struct B {\n  int C();\n};\n"

    def test_types_have_a_comment_right_above(self):
        first = "// First.\n" + self.STRUCT
        self.assertEqual(self.documented(first + "\n" + self.STRUCT), [6])
        self.assertEqual(self.documented(first + "\n// Why.\n" + self.STRUCT), [])
        self.assertEqual(self.documented(first + "// Why.\ntemplate <int n>\n" + self.STRUCT), [])

    def test_the_opening_introduces_the_main_thing(self):
        self.assertEqual(self.documented(self.STRUCT), [])
        self.assertEqual(self.documented("int F();\n"), [])
        self.assertEqual(self.documented(self.STRUCT + "class Seats {\n  int D();\n};\n"), [])

    def test_functions_may_share_a_comment_in_a_paragraph(self):
        self.assertEqual(self.documented(self.STRUCT + "\nint F();\n"), [5])
        self.assertEqual(self.documented(self.STRUCT + "// Reads.\nint F();\nint G();\n\nint H();\n"), [8])

    def test_what_says_enough_by_itself_needs_no_comment(self):
        for declarations in [
            "class A;\n",
            "using A = Id<int>;\n",
            "inline constexpr int kA = 1;\n",
            "enum class Mode { kA, kB };\n",
            "struct A {\n  int b;\n  friend bool operator==(const A&, const A&) = default;\n};\n",
            "inline int F(int a) {\n  return a;\n}\n",
            "bool operator==(const A& a, const A& b);\n",
            "template <typename H>\nH AbslHashValue(H h, const A& a);\n",
            "template <typename T>\nint B<T>::C(int d) {\n\n\n\n\n}\n",
            "namespace internal {\nint F();\n}\n",
        ]:
            self.assertEqual(self.documented(self.STRUCT + "\n" + declarations), [], declarations)


class AllowedIncludesTest(unittest.TestCase):

    def assertRefused(self, path, included, count=1):
        text = '#include <vector>\n#include "%s"\n' % included
        self.assertEqual(lines(cpp_rules.allowed_includes, path, text), [2] * count, (path, included))

    def test_the_oracle_sees_the_model_only(self):
        self.assertRefused("engine/reference/a.cc", "engine/rules/b.h")
        self.assertRefused("engine/reference/a.cc", "engine/model/b.h", 0)
        self.assertRefused("engine/reference/a.cc", "engine/reference/b.h", 0)

    def test_the_engine_sees_no_outer_room(self):
        self.assertRefused("engine/batch/a.cc", "interchange/b.h")
        self.assertRefused("engine/batch/a.cc", "proto/b.pb.h")
        self.assertRefused("engine/batch/a.cc", "engine/rules/b.h", 0)
        self.assertRefused("base/a.h", "engine/model/b.h")
        self.assertRefused("interchange/a.cc", "engine/batch/b.h")

    def test_tests_and_libraries_are_free(self):
        self.assertRefused("engine/batch/a_test.cc", "tests/worlds/b.h", 0)
        self.assertRefused("engine/batch/a.cc", "absl/status/status.h", 0)
        self.assertRefused("cli/a.cc", "engine/batch/b.h", 0)


if __name__ == "__main__":
    unittest.main()
