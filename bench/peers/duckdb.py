"""DuckDB in a process of node, which its library for node comes with."""

import json
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


def statements(path, **words):
    """The statements of a file, with words in braces replaced."""
    with open(os.path.join(HERE, path)) as f:
        text = f.read()
    text = "\n".join(line for line in text.split("\n") if not line.startswith("--"))
    for word, meaning in words.items():
        text = text.replace("{%s}" % word, meaning)
    return [s.strip() for s in text.split(";\n") if s.strip()]


class DuckDb:
    """A database in memory. Used with `with`; its process ends with it."""

    def __init__(self, threads):
        self._threads = threads

    def __enter__(self):
        self._process = subprocess.Popen(
            ["node", os.path.join(HERE, "duckdb.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            universal_newlines=True,
        )
        self.run(["SET threads = %d" % self._threads, "SET preserve_insertion_order = false"])
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def run(self, sql):
        """Runs the statements; the seconds of all, and the rows of the last."""
        seconds, rows = 0, []
        for statement in sql:
            self._process.stdin.write(json.dumps({"sql": statement}) + "\n")
            self._process.stdin.flush()
            answer = json.loads(self._process.stdout.readline())
            if "error" in answer:
                raise RuntimeError("DuckDB: %s\n%s" % (answer["error"], statement))
            seconds += answer["seconds"]
            rows = answer["rows"]
        return seconds, rows
