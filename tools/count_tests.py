#!/usr/bin/python3
"""Prints "N passed, N failed, N skipped" from Bazel's build event file.

Counts the cases in each test's test.xml; a test that wrote none, or that did
not get to run, counts as one case.
"""

import json
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree


def count(xml_path):
    """Returns the numbers of (passed, failed, skipped) cases."""
    passed = failed = skipped = 0
    for case in ElementTree.parse(xml_path).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is not None or case.get("status") == "notrun":
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def main():
    totals = [0, 0, 0]
    tests = set()
    with open(sys.argv[1]) as events:
        for line in events:
            event = json.loads(line)
            key = event["id"]
            if event.get("configured", {}).get("targetKind", "").endswith("_test rule"):
                tests.add(key["targetConfigured"]["label"])
            if key.get("targetCompleted", {}).get("label") in tests:
                if not event.get("completed", {}).get("success"):
                    totals[1] += 1  # did not build
            if "testResult" not in key:
                continue
            result = event["testResult"]
            counts = (0, 0, 0)
            for output in result.get("testActionOutput", []):
                if output["name"] == "test.xml":
                    counts = count(urllib.parse.urlparse(output["uri"]).path)
            if result["status"] == "PASSED":
                if sum(counts) == 0:
                    counts = (1, 0, 0)
            elif counts[1] == 0:
                counts = (counts[0], 1, counts[2])
            totals = [a + b for a, b in zip(totals, counts)]
    print("%d passed, %d failed, %d skipped" % tuple(totals))
    return 0 if totals[1] == 0 and totals[0] > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
