#!/usr/bin/python3 -B
"""Prints "N passed, N failed, N skipped" from Bazel's build event file, and
before it a line "failed: TARGET CASE" for each case that failed.

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


def failures(xml_path):
    """The names of the cases in a test.xml that failed."""
    for case in ElementTree.parse(xml_path).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            yield f"{case.get('classname')}.{case.get('name')}"


def _path(output):
    return urllib.parse.unquote(urllib.parse.urlparse(output["uri"]).path)


def _result(result):
    """Counts one run of a test (or of one of its shards)."""
    counts = Counts(0, 0, 0)
    for output in result.get("testActionOutput", []):
        if output["name"] == "test.xml":
            counts = cases(_path(output))
    if result["status"] != "PASSED":
        # A crash or a timeout may leave no failed case behind.
        return counts._replace(failed=max(1, counts.failed))
    return counts if sum(counts) else Counts(1, 0, 0)


def _not_built(events):
    """The tests that did not get to run."""
    tests = set()
    for event in events:
        key = event["id"]
        if event.get("configured", {}).get("targetKind", "").endswith("_test rule"):
            tests.add(key["targetConfigured"]["label"])
        label = key.get("targetCompleted", {}).get("label")
        if label in tests and not event.get("completed", {}).get("success"):
            yield label


def tally(events):
    """Adds up the events of one `bazel test`."""
    total = Counts(0, len(list(_not_built(events))), 0)
    for event in events:
        if "testResult" in event["id"]:
            total = Counts(*map(sum, zip(total, _result(event["testResult"]))))
    return total


def failed_names(events):
    """The name of each case that failed, or of the test if it ended without one that did."""
    for label in _not_built(events):
        yield f"{label} was not built"
    for event in events:
        result = event.get("testResult")
        if result is None or result["status"] == "PASSED":
            continue
        outputs = [o for o in result.get("testActionOutput", []) if o["name"] == "test.xml"]
        names = [name for o in outputs for name in failures(_path(o))]
        for name in names or [result["status"]]:
            yield f"{event['id']['testResult']['label']} {name}"


def main():
    with open(sys.argv[1]) as lines:
        events = [json.loads(line) for line in lines]
    for name in failed_names(events):
        print("failed:", name)
    total = tally(events)
    print("%d passed, %d failed, %d skipped" % total)
    return 0 if total.failed == 0 and total.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
