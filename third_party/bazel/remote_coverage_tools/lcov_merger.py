#!/usr/bin/python3
"""Merges C++ coverage data into one lcov tracefile for `bazel coverage`.

Called once per test (--coverage_dir, with gcov's JSON files below it) and once
at the end (--reports_file, with the tests' tracefiles listed in it).
"""

import argparse
import collections
import gzip
import json
import os
import re


class Tracefile:

    def __init__(self):
        # source file -> line number -> hits; source file -> function -> (line, hits)
        self.lines = collections.defaultdict(lambda: collections.defaultdict(int))
        self.functions = collections.defaultdict(dict)

    def add_function(self, source, name, line, hits):
        old = self.functions[source].get(name, (line, 0))
        self.functions[source][name] = (old[0], old[1] + hits)

    def read_gcov_json(self, path):
        with gzip.open(path, "rt") as f:
            data = json.load(f)
        for entry in data["files"]:
            source = entry["file"]
            for line in entry["lines"]:
                self.lines[source][line["line_number"]] += line["count"]
            for function in entry["functions"]:
                self.add_function(
                    source,
                    function["name"],
                    function["start_line"],
                    function["execution_count"],
                )

    def read_lcov(self, path):
        source = None
        starts = {}
        with open(path) as f:
            for record in f:
                key, _, value = record.strip().partition(":")
                if key == "SF":
                    source = value
                    starts = {}
                elif key == "FN":
                    line, name = value.split(",", 1)
                    starts[name] = int(line)
                elif key == "FNDA":
                    hits, name = value.split(",", 1)
                    self.add_function(source, name, starts.get(name, 0), int(hits))
                elif key == "DA":
                    line, hits = value.split(",")[:2]
                    self.lines[source][int(line)] += int(hits)

    def keep(self, wanted):
        for table in (self.lines, self.functions):
            for source in [s for s in table if not wanted(s)]:
                del table[source]

    def write(self, path):
        with open(path, "w") as out:
            for source in sorted(self.lines):
                lines = self.lines[source]
                functions = self.functions.get(source, {})
                out.write("SF:%s\n" % source)
                for name, (line, _) in sorted(functions.items()):
                    out.write("FN:%d,%s\n" % (line, name))
                for name, (_, hits) in sorted(functions.items()):
                    out.write("FNDA:%d,%s\n" % (hits, name))
                out.write("FNF:%d\n" % len(functions))
                out.write("FNH:%d\n" % sum(1 for _, h in functions.values() if h))
                for line, hits in sorted(lines.items()):
                    out.write("DA:%d,%d\n" % (line, hits))
                out.write("LH:%d\n" % sum(1 for h in lines.values() if h))
                out.write("LF:%d\n" % len(lines))
                out.write("end_of_record\n")


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--coverage_dir")
    parser.add_argument("--reports_file")
    parser.add_argument("--output_file", required=True)
    parser.add_argument("--filter_sources", action="append", default=[])
    parser.add_argument("--source_file_manifest")
    args, _ = parser.parse_known_args()

    trace = Tracefile()
    if args.reports_file:
        with open(args.reports_file) as f:
            for report in f.read().split():
                trace.read_lcov(report)
    if args.coverage_dir:
        for folder, _, names in os.walk(args.coverage_dir):
            for name in sorted(names):
                path = os.path.join(folder, name)
                if name.endswith(".gcov.json.gz"):
                    trace.read_gcov_json(path)
                elif name.endswith(".dat") and os.path.abspath(path) != os.path.abspath(args.output_file):
                    trace.read_lcov(path)
    filters = [re.compile(f) for f in args.filter_sources]
    manifest = None
    if args.source_file_manifest:
        with open(args.source_file_manifest) as f:
            manifest = set(f.read().split())
    trace.keep(lambda s: not any(f.fullmatch(s) for f in filters) and
               (manifest is None or s in manifest))
    trace.write(args.output_file)


if __name__ == "__main__":
    main()
