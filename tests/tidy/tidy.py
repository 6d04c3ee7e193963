#!/usr/bin/python3 -B
"""The house rules as a test: prints each place that breaks one, and exits with 1 if any does.

Looks at what git knows in the workspace that this file is in, and at new files
that git is not told to ignore. CONTRIBUTING.md says why the rules are there.
"""

import functools
import os
import subprocess
import sys

import cpp_rules
import repository_rules
from cpp_source import CppSource

# Others' words, which keep to their own rules.
_NOT_OURS = (
    "third_party/bazel/remote_coverage_tools/",
    "third_party/com_google_googleapis/google/",
    "third_party/com_google_googleapis/LICENSE",
    "LICENSE",
)


class Repository:
    """The files of a workspace, by their paths from its root."""

    def __init__(self, root, paths):
        self._root = root
        self.paths = {p: True for p in sorted(paths)}  # a set in order

    @functools.lru_cache(maxsize=None)
    def text(self, path):
        """The file's text; empty for a file that is no UTF-8."""
        with open(os.path.join(self._root, path), "rb") as f:
            content = f.read()
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return ""

    @functools.lru_cache(maxsize=None)
    def cpp(self, path):
        return CppSource(self.text(path))

    def ending(self, *suffixes):
        return [p for p in self.paths if p.endswith(suffixes)]


def findings(repository):
    """Returns (path, line, rule, message) of all that breaks a rule, in order."""
    found = set()
    for rule in repository_rules.RULES:
        for path, line, message in rule(repository):
            found.add((path, line, rule.__name__, message))
    for path in repository.ending(".cc", ".h"):
        for rule in cpp_rules.RULES:
            for line, message in rule(path, repository.cpp(path)):
                found.add((path, line, rule.__name__, message))
    return sorted(found)


def _listed_by_git(root):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    return listed.stdout.decode().split("\0")


def _walked(root):
    """For a workspace without git: every file but hidden folders', Bazel's and npm's."""
    for folder, folders, names in os.walk(root):
        folders[:] = [
            f
            for f in folders
            if not f.startswith((".", "bazel-")) and f not in ("node_modules", "__pycache__")
        ]
        for name in names:
            yield os.path.relpath(os.path.join(folder, name), root)


def read(root):
    try:
        paths = _listed_by_git(root)
    except (OSError, subprocess.CalledProcessError):
        paths = _walked(root)
    return Repository(
        root,
        [
            p
            for p in paths
            if p and not p.startswith(_NOT_OURS) and os.path.isfile(os.path.join(root, p))
        ],
    )


def main():
    # Below Bazel this file is a link into the workspace.
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    repository = read(root)
    found = findings(repository)
    for path, line, rule, message in found:
        print("%s:%d: %s [%s]" % (path, line, message, rule))
    print("tidy: %d files, %d findings" % (len(repository.paths), len(found)))
    return 1 if found or not repository.paths else 0


if __name__ == "__main__":
    sys.exit(main())
