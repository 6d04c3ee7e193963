#!/usr/bin/python3 -B
"""Tests of count_tests.py."""

import os
import tempfile
import unittest

from count_tests import failed_names, tally

_XML = """<testsuites><testsuite name="A">
  <testcase name="passes" status="run" result="completed"/>
  <testcase name="fails" classname="A" status="run"><failure message="m"/></testcase>
  <testcase name="is skipped" status="run" result="skipped"><skipped message="m"/></testcase>
  <testcase name="is disabled" status="notrun"/>
</testsuite></testsuites>"""


def configured(label, kind="cc_test rule"):
    return {"id": {"targetConfigured": {"label": label}}, "configured": {"targetKind": kind}}


def completed(label, success=True):
    return {"id": {"targetCompleted": {"label": label}}, "completed": {"success": success}}


def result(status, xml=None):
    outputs = [{"name": "test.log", "uri": "file:///log"}]
    if xml:
        outputs.append({"name": "test.xml", "uri": "file://" + xml})
    key = {"testResult": {"label": "//a:t"}}
    return {"id": key, "testResult": {"status": status, "testActionOutput": outputs}}


class CountTestsTest(unittest.TestCase):

    def test_the_cases_of_the_xml_count(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "test.xml")
            with open(path, "w") as f:
                f.write(_XML)
            self.assertEqual(tally([result("FAILED", path)]), (1, 1, 2))
            self.assertEqual(list(failed_names([result("FAILED", path)])), ["//a:t A.fails"])

    def test_a_test_without_xml_is_one_case(self):
        self.assertEqual(tally([result("PASSED")]), (1, 0, 0))
        self.assertEqual(tally([result("TIMEOUT")]), (0, 1, 0))
        self.assertEqual(list(failed_names([result("TIMEOUT")])), ["//a:t TIMEOUT"])

    def test_a_crash_fails_though_the_xml_names_no_failure(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "test.xml")
            with open(path, "w") as f:
                f.write("<testsuites><testcase name='a'/></testsuites>")
            self.assertEqual(tally([result("FAILED", path)]), (1, 1, 0))

    def test_a_test_that_does_not_build_fails(self):
        events = [configured("//a:t"), completed("//a:t", success=False)]
        self.assertEqual(tally(events), (0, 1, 0))
        self.assertEqual(list(failed_names(events)), ["//a:t was not built"])

    def test_a_test_whose_build_was_aborted_fails(self):
        aborted = {"id": {"targetCompleted": {"label": "//a:t"}}, "aborted": {"reason": "SKIPPED"}}
        self.assertEqual(tally([configured("//a:t"), aborted]), (0, 1, 0))

    def test_libraries_are_no_tests(self):
        events = [configured("//a:l", "cc_library rule"), completed("//a:l", success=False)]
        self.assertEqual(tally(events), (0, 0, 0))

    def test_tests_add_up(self):
        self.assertEqual(tally([result("PASSED"), result("PASSED"), result("FAILED")]), (2, 1, 0))


if __name__ == "__main__":
    unittest.main()
