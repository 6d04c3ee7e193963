#!/usr/bin/python3 -B
"""Checks that each C++ target names what it includes in its own `deps`.

clang's layering_check says the same of this repository's headers, but not of a
library's: those are on the compiler's own path, where any target can reach
them. A library built from source would refuse what is found here.
"""

import dataclasses
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

# Labels that provide the headers of a folder; abseil's are looked up in its facade.
_LIBRARIES = {
    "CLI": ["@com_github_cliutils_cli11//:cli11"],
    "CivetServer.h": ["@com_github_civetweb_civetweb//:civetweb_cpp"],
    "benchmark": ["@com_github_google_benchmark//:benchmark", "@com_github_google_benchmark//:benchmark_main"],
    "gmock": ["@com_google_googletest//:gtest", "@com_google_googletest//:gtest_main"],
    "google/protobuf": ["@com_google_protobuf//:protobuf"],
    "grpcpp": ["@com_github_grpc_grpc//:" + n for n in ("grpc++", "grpc++_reflection", "grpcpp_channelz")],
    "gtest": ["@com_google_googletest//:gtest", "@com_google_googletest//:gtest_main"],
    "nlohmann": ["@com_github_nlohmann_json//:json"],
    "prometheus": ["@com_github_jupp0r_prometheus_cpp//core:core"],
    "rocksdb": ["@com_github_facebook_rocksdb//:rocksdb"],
}
# Headers of abseil whose target has neither their name nor their folder's.
_ABSEIL = {"btree_map": "btree", "btree_set": "btree"}
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*["<]([^">]+)[">]', re.MULTILINE)


@dataclasses.dataclass
class Target:
    label: str
    headers: list  # paths from the workspace's root
    sources: list
    deps: list  # labels


def _path(label):
    return label[len("//") :].replace(":", "/").lstrip("/")


def parse(xml):
    """Returns the targets in the answer of `bazel query --output=xml`."""
    # Bazel claims XML 1.1, which this parser does not know; nothing in it differs.
    xml = xml.replace('<?xml version="1.1"', '<?xml version="1.0"', 1)
    targets = []
    for rule in ElementTree.fromstring(xml).iter("rule"):
        lists = {
            of.get("name"): [label.get("value") for label in of.iter("label")]
            for of in rule.iter("list")
        }
        files = {
            name: [_path(l) for l in lists.get(name, []) if l.startswith("//")]
            for name in ("hdrs", "srcs", "textual_hdrs")
        }
        targets.append(
            Target(
                rule.get("name"),
                files["hdrs"] + files["textual_hdrs"],
                files["srcs"],
                lists.get("deps", []),
            )
        )
    return targets


class Providers:
    """Which labels provide a header."""

    def __init__(self, targets, facade_names):
        """facade_names(package): the target names in abseil's facade of that package."""
        self._facade_names = facade_names
        self._own = {}
        for target in targets:
            for header in target.headers:
                self._own.setdefault(header, []).append(target.label)

    def of(self, included):
        if included.startswith("absl/"):
            folders = included.split("/")
            package, stem = folders[1], folders[-1][: -len(".h")]
            names = self._facade_names(package)
            for name in (_ABSEIL.get(stem, stem), package, "core_headers"):
                if name in names:
                    return ["@com_google_absl//absl/%s:%s" % (package, name)]
            return ["a target of third_party/com_google_absl/absl/" + package]
        for folder, labels in _LIBRARIES.items():
            if (included + "/").startswith(folder + "/"):
                return labels
        return self._own.get(included, [])


def check(target, providers, read):
    """Yields each include that the target's deps do not cover; read(path) is a file's text."""
    own_files = set(target.headers + target.sources)
    for path in sorted(own_files):
        for included in _INCLUDE.findall(read(path)):
            labels = providers.of(included)
            if labels and included not in own_files and not set(labels) & set(target.deps):
                yield "%s includes %s: add %s" % (path, included, " or ".join(labels))


def _facade_names(package):
    try:
        with open("third_party/com_google_absl/absl/%s/BUILD" % package) as f:
            return set(re.findall(r'^    name = "(\w+)"', f.read(), re.MULTILINE))
    except OSError:
        return set()


def _read(path):
    try:
        with open(path, encoding="utf-8") as f:
            return f.read()
    except OSError:
        return ""  # a generated file


def main():
    os.chdir(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    query = 'kind("cc_(library|binary|test) rule", //... except //third_party/...)'
    answer = subprocess.run(
        ["./bazelw", "query", query, "--output=xml", "--ui_event_filters=-info", "--noshow_progress"],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    targets = parse(answer.stdout.decode())
    providers = Providers(targets, _facade_names)
    found = 0
    for target in targets:
        for message in check(target, providers, _read):
            print("%s: %s" % (target.label, message))
            found += 1
    print("check_deps: %d targets, %d findings" % (len(targets), found))
    return 1 if found or not targets else 0


if __name__ == "__main__":
    sys.exit(main())
