#!/usr/bin/python3 -B
"""Tests of check_deps.py."""

import unittest

from check_deps import Providers, check, parse

_XML = """<?xml version="1.1" encoding="UTF-8" standalone="no"?>
<query version="2">
  <rule class="cc_library" name="//base:id">
    <list name="hdrs"><label value="//base:id.h"/></list>
  </rule>
  <rule class="cc_library" name="//engine/model:facts">
    <list name="hdrs"><label value="//engine/model:facts.h"/></list>
    <list name="srcs"><label value="//engine/model:facts.cc"/></list>
    <list name="deps">%s</list>
  </rule>
</query>"""

_FACADE = {
    "strings": {"strings", "str_format"},
    "base": {"base", "core_headers"},
    "container": {"btree"},
}


def found(includes, *deps):
    targets = parse(_XML % "".join('<label value="%s"/>' % d for d in deps))
    providers = Providers(targets, lambda package: _FACADE.get(package, set()))
    texts = {"engine/model/facts.cc": "".join('#include "%s"\n' % i for i in includes)}
    return [m for t in targets for m in check(t, providers, lambda path: texts.get(path, ""))]


class CheckDepsTest(unittest.TestCase):

    def test_own_headers_are_named_by_the_target_that_has_them(self):
        self.assertEqual(
            found(["base/id.h"]), ["engine/model/facts.cc includes base/id.h: add //base:id"]
        )
        self.assertEqual(found(["base/id.h"], "//base:id"), [])

    def test_a_target_needs_no_dep_for_its_own_headers(self):
        self.assertEqual(found(["engine/model/facts.h"]), [])

    def test_abseil_headers_belong_to_the_target_of_their_name_else_of_their_folder(self):
        absl = "@com_google_absl//absl/"
        for included, label in [
            ("absl/strings/str_cat.h", absl + "strings:strings"),
            ("absl/strings/str_format.h", absl + "strings:str_format"),
            ("absl/container/btree_map.h", absl + "container:btree"),
        ]:
            self.assertEqual(len(found([included])), 1, included)
            self.assertEqual(found([included], label), [], included)
        self.assertEqual(len(found(["absl/strings/str_format.h"], absl + "strings:strings")), 1)

    def test_a_header_that_the_facade_lacks_is_found(self):
        self.assertIn("third_party/com_google_absl", found(["absl/new/thing.h"])[0])

    def test_several_labels_may_provide_a_header(self):
        self.assertEqual(len(found(["gtest/gtest.h"])), 1)
        for target in ("gtest", "gtest_main"):
            self.assertEqual(found(["gtest/gtest.h"], "@com_google_googletest//:" + target), [])

    def test_the_language_s_own_headers_need_no_dep(self):
        self.assertEqual(found(["vector", "sys/stat.h"]), [])


if __name__ == "__main__":
    unittest.main()
