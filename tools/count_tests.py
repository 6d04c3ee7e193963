#!/usr/bin/python3 -B
"""Prints "N passed, N failed, N skipped" from Bazel's build event file.

Counts the cases in each test's test.xml; a test that wrote none, or that did
not get to run, counts as one case.
"""

import collections
import json
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree

Counts = collections.namedtuple("Counts", "passed failed skipped")


def cases(xml_path):
    """Counts the cases in a test.xml."""
    passed = failed = skipped = 0
    for case in ElementTree.parse(xml_path).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is not None or case.get("status") == "notrun":
            skipped += 1
        else:
            passed += 1
    return Counts(passed, failed, skipped)


def _result(result):
    """Counts one run of a test (or of one of its shards)."""
    counts = Counts(0, 0, 0)
    for output in result.get("testActionOutput", []):
        if output["name"] == "test.xml":
            counts = cases(urllib.parse.unquote(urllib.parse.urlparse(output["uri"]).path))
    if result["status"] != "PASSED":
        # A crash or a timeout may leave no failed case behind.
        return counts._replace(failed=max(1, counts.failed))
    return counts if sum(counts) else Counts(1, 0, 0)


def tally(events):
    """Adds up the events of one `bazel test`."""
    total = Counts(0, 0, 0)
    tests = set()
    for event in events:
        key = event["id"]
        if event.get("configured", {}).get("targetKind", "").endswith("_test rule"):
            tests.add(key["targetConfigured"]["label"])
        if key.get("targetCompleted", {}).get("label") in tests:
            if not event.get("completed", {}).get("success"):
                total = total._replace(failed=total.failed + 1)  # did not build
        if "testResult" in key:
            total = Counts(*map(sum, zip(total, _result(event["testResult"]))))
    return total


def main():
    with open(sys.argv[1]) as lines:
        total = tally(json.loads(line) for line in lines)
    print("%d passed, %d failed, %d skipped" % total)
    return 0 if total.failed == 0 and total.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
