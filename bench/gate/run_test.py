#!/usr/bin/python3 -B
"""Tests of run.py."""

import unittest

from run import STAGES, format_limits, judge, parse_counts, parse_limits

_ANNOTATED = """
933,221,469 (100.0%)  PROGRAM TOTALS
 66,375,064 ( 7.11%)  ???:seatwise::Derive(seatwise::Columns const&, seatwise::Executor&) [/bin/gate]
 21,723,508 ( 2.33%)  a/classes.cc:seatwise::BuildClasses(seatwise::ShapeTable const&) [/bin/gate]
 19,060,591 ( 2.04%)  ???:seatwise::BuildClasses(seatwise::ShapeTable const&)::{lambda(int)#1}::operator()(int) const
    447,538 ( 0.05%)  ???:void Invoke<seatwise::ShapeTable::ShapeTable(seatwise::Columns const&)> [/bin/gate]
"""


class GateTest(unittest.TestCase):

    def test_a_stage_is_its_function_and_no_part_of_it(self):
        self.assertEqual(parse_counts(_ANNOTATED), {"derive": 66375064, "classes": 21723508})

    def test_limits_are_read_as_they_are_written(self):
        counts = {stage: 1000 * number for number, stage in enumerate(STAGES, 1)}
        self.assertEqual(parse_limits(format_limits(counts)), counts)

    def test_five_percent_more_are_allowed_and_no_more(self):
        self.assertEqual(judge("classes", 1050, 1000), ("", ""))
        failure, _ = judge("classes", 1051, 1000)
        self.assertIn("classes: 1,051 instructions, limit 1,000 (+5.1 %)", failure)
        self.assertIn("`classes 1,051` into\n    bench/gate/limits", failure)

    def test_five_percent_less_are_a_note(self):
        self.assertEqual(judge("classes", 950, 1000), ("", ""))
        failure, note = judge("classes", 949, 1000)
        self.assertEqual(failure, "")
        self.assertIn("classes: 949 instructions, limit 1,000 (-5.1 %)", note)

    def test_a_stage_that_did_not_run_fails(self):
        self.assertIn("classes: no function", judge("classes", None, 1000)[0])

    def test_a_stage_without_limit_fails(self):
        self.assertIn("classes 1,000", judge("classes", 1000, None)[0])


if __name__ == "__main__":
    unittest.main()
