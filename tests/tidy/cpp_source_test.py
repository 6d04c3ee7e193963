#!/usr/bin/python3 -B
"""Tests of cpp_source.py."""

import unittest

from cpp_source import CppSource, kind_before_brace, split


def functions(text):
    return [(d.head, d.lines()) for d in CppSource(text).declarations if d.kind == "function"]


class SplitTest(unittest.TestCase):

    def test_comments_and_literals_leave_the_code_and_keep_its_layout(self):
        text = 'int a; // {\nchar c = \'{\'; /* ;\n } */ auto s = "{\\"//";'
        code, comments = split(text)
        self.assertEqual(len(code), len(text))
        self.assertEqual(len(comments), len(text))
        self.assertNotIn("{", code)
        self.assertIn("// {", comments)
        self.assertIn("auto s =", code)

    def test_raw_strings_end_at_their_delimiter(self):
        code, _ = split('auto s = R"x( )" { )x"; int b;')
        self.assertNotIn("{", code)
        self.assertIn("int b;", code)

    def test_digit_separators_are_not_quotes(self):
        code, _ = split("int n = 1'000'000; int m = 2;")
        self.assertIn("int m = 2;", code)


class NamesOfTypesTest(unittest.TestCase):

    def names(self, text):
        return [d.qualified_name() for d in CppSource(text).declarations if d.kind == "type"]

    def test_a_definition_has_the_name_behind_its_macros_and_before_its_bases(self):
        for head, name in [
            ("struct A", "A"),
            ("class ABSL_LOCKABLE A final : public b::B", "A"),
            ('class SEATWISE_CAPABILITY("mutex") A', "A"),
            ("struct alignas(sizeof(int)) A", "A"),
            ("class [[nodiscard]] A", "A"),
            ("enum class A : uint8_t", "A"),
            ("template <typename T> class A", "A"),
            ("template <> struct A<int, b::B>", "A<int,b::B>"),
            ("struct B::A : C", "B::A"),
        ]:
            self.assertEqual(self.names(head + " {};"), [name], head)

    def test_namespaces_and_types_around_it_belong_to_the_name(self):
        self.assertEqual(
            self.names("namespace a::b {\nclass C {\n struct D {};\n};\n}\n"), ["a::b::C", "a::b::C::D"]
        )
        self.assertEqual(self.names('namespace a { extern "C" { struct B {}; } }'), ["a::B"])

    def test_what_no_other_file_can_mean_has_no_name(self):
        self.assertEqual(self.names("namespace a { namespace { class B { struct C {}; }; } }"), [None, None])
        self.assertEqual(self.names("namespace a { enum { kB }; }"), [None])
        self.assertEqual(self.names("int F() { struct A {}; }"), [])


class KindTest(unittest.TestCase):

    def test_braces(self):
        for head, kind in [
            ("namespace seatwise", "namespace"),
            ("namespace", "namespace"),
            ('extern "C"', "namespace"),
            ("class Foo : public Bar", "type"),
            ("class ABSL_LOCKABLE Mutex", "type"),
            ("class ABSL_GUARDED(x) Mutex", "type"),
            ("template <typename T, int N = 3> struct Foo", "type"),
            ("enum class Mode : uint8_t", "type"),
            ("int Add(int a, int b = 3)", "function"),
            ("struct Foo MakeFoo(int a)", "function"),
            ("absl::StatusOr<std::vector<int>> Read() const", "function"),
            ("bool operator==(const A& a) const", "function"),
            ("bool operator()(int a) const", "function"),
            ("auto f(int a) -> std::vector<int>", "function"),
            ("void Lock() ABSL_EXCLUSIVE_LOCK_FUNCTION(mu)", "function"),
            ("TEST(Foo, Bar)", "function"),
            ("Foo::Foo(int a) : a_(a), b_(2)", "function"),
            ("Foo::Foo(int a) : a_", "braces"),
            ("Foo::Foo(int a) : a_{} , b_", "braces"),
            ("Foo::Foo(int a) : a_(1), b_", "braces"),
            ("Foo::Foo(int a) : a_{}", "function"),
            ("constexpr Row kRows[] =", "braces"),
            ("const auto f = [](int a)", "braces"),
            ("std::function<void(int)> f", "braces"),
            ("template <typename T> concept C = requires(T t)", "braces"),
            ("template <typename T> requires C<T> void F(T t)", "function"),
            ("int x", "braces"),
        ]:
            self.assertEqual(kind_before_brace(head), kind, head)


class DeclarationTest(unittest.TestCase):

    def test_functions_are_measured_with_all_their_inner_braces(self):
        text = "namespace a {\nint F() {\n  if (true) {\n    for (;;) {}\n  }\n}\n}\n"
        self.assertEqual(functions(text), [("int F()", 5)])

    def test_methods_in_a_class_are_functions(self):
        text = "class A {\n public:\n  A() : a_{1}, b_(2) {\n  }\n  int a() const { return a_; }\n\n  int a_ = 3;\n};\n"
        self.assertEqual([f for f, _ in functions(text)], ["A() : a_1{}, b_(2)", "int a() const"])

    def test_a_table_is_not_a_function(self):
        text = "const std::vector<Row> kRows = {\n  {1, [](int a) { return a; }},\n};\nint F() { return 1; }\n"
        source = CppSource(text)
        self.assertEqual(functions(text), [("int F()", 1)])
        self.assertFalse(source.unbalanced)
        self.assertEqual(source.declarations[0].kind, "statement")

    def test_scopes_tell_free_functions_from_members(self):
        source = CppSource("namespace a {\nstruct B {\n  int c;\n};\nint d();\n}\n")
        self.assertEqual(
            [(d.head, d.in_namespaces_only()) for d in source.declarations],
            [("namespace a", True), ("struct B", True), ("int c", False), ("int d()", True)],
        )

    def test_the_first_line_is_where_the_declaration_starts(self):
        source = CppSource("// what\n\ntemplate <typename T>\nint F(\n    T t) {\n}\n")
        self.assertEqual((source.declarations[0].line, source.declarations[0].end_line), (3, 6))

    def test_a_lost_brace_is_noticed(self):
        self.assertTrue(CppSource("int F() { if (x) { }").unbalanced)
        self.assertTrue(CppSource("int F() { } }").unbalanced)

    def test_directives_are_no_code(self):
        source = CppSource("#define X(a) \\\n  { a\nint b;\n")
        self.assertFalse(source.unbalanced)
        self.assertEqual(source.declarations[0].head, "int b")

    def test_includes_are_found_outside_comments_only(self):
        source = CppSource('#include "a/b.h"\n#include <vector>\n// #include "c.h"\n')
        self.assertEqual(source.includes, [(1, "a/b.h", True), (2, "vector", False)])


if __name__ == "__main__":
    unittest.main()
