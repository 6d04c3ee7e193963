#!/usr/bin/python3 -B
"""What the reports, explanations and pages of a tenant cost, from its folder of facts.

    ./bazelw build -c opt //cli:seatwise //service:seatwised && bench/reports/run.py L

Imports the folder once into a server on loopback, changes one membership, and times each command
as a whole, in turn, so often; none longer than --seconds. Then explains users of each kind of
violation over one connection, with and without a search for fixes. Where there are Chromium and
tests/browser/node_modules, the pages are opened, too. Everything is stopped and removed at the end.
"""

import argparse
import csv
import io
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import grpc

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "rpc"))
from server import ROOT, Server  # pylint: disable=wrong-import-position

TENANT = "reported"
EXPLAIN = "/seatwise.v1.ExplainService/ExplainLicense"
BROWSER = os.path.join(HERE, "..", "..", "tests", "browser")
CODES = ["UsageLocationMissing", "ProhibitedInUsageLocationViolation", "UniquenessViolation", "MutuallyExclusiveViolation",
         "DependencyViolation", "CountViolation", "Other"]


class Commands:
    """The program, asking one server about one tenant."""

    def __init__(self, address, seconds):
        self._env = {"PATH": "/usr/bin:/bin", "SEATWISE_SERVER": address, "SEATWISE_TENANT": TENANT}
        self._seconds = seconds

    def out(self, *words):
        """What it prints; nothing if that takes too long."""
        program = os.path.join(ROOT, "cli/seatwise")
        try:
            done = subprocess.run([program, *words], env=self._env, capture_output=True, timeout=self._seconds)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode != 0:
            sys.exit("%s: exit code %d: %s" % (" ".join(words), done.returncode, done.stderr.decode()))
        return done.stdout

    def rows(self, *words):
        return list(csv.DictReader(io.StringIO((self.out(*words, "-o", "csv") or b"").decode())))

    def time(self, words, rounds, size_of=None):
        """Prints the median time, and the bytes of the answer or of a file."""
        times = []
        for _ in range(rounds):
            begin = time.perf_counter()
            out = self.out(*words)
            if out is None:
                print("%-58s more than %d s" % (" ".join(words), self._seconds), flush=True)
                return
            times.append(time.perf_counter() - begin)
        size = os.path.getsize(size_of) if size_of else len(out)
        shown = [os.path.basename(word) for word in words]
        print("%-58s %8.2f s (%.2f to %.2f), %d bytes"
              % (" ".join(shown), statistics.median(times), min(times), max(times), size), flush=True)


def time_commands(commands, user, name, rounds):
    for words in (
        "status", "seats", "seats --subscriptions", "licenses --unlicensed", "violations", "violations --by user",
        "report double-assignments", "report overlapping-skus", "report blocked-and-guests", "report costs",
        "report costs --by group", "report costs --by attribute:department", "report renewals", "report forecast",
        "report changes --from 2",
    ):
        commands.time(words.split(), rounds)
    for flags in ("", "--no-fixes", "--history", "--at 2", "--at 2 --no-fixes"):
        commands.time(["explain", user, *flags.split()], rounds)
    commands.time(["explain", name, "--no-fixes"], rounds)
    # What tries out changes, once.
    for words in ("report redundant-assignments", "violations --fixes --code CountViolation", "violations --fixes"):
        commands.time(words.split(), 1)


def open_page(path):
    """Prints how soon the page can be used, as `page.js` says it."""
    if shutil.which("chromium") is None or not os.path.isdir(os.path.join(BROWSER, "node_modules")):
        return
    env = {"PATH": "/usr/bin:/bin", "NODE_PATH": os.path.join(BROWSER, "node_modules")}
    subprocess.run(["node", os.path.join(HERE, "page.js"), path], env=env, timeout=120, check=True)


def explain(call, user, fixes):
    name = ("tenants/%s/users/%s" % (TENANT, user)).encode()
    begin = time.perf_counter()
    call(b"\x0a" + bytes([len(name)]) + name + (b"\x18\x01" if fixes else b""), timeout=60)
    return 1000 * (time.perf_counter() - begin)


def time_explanations(commands, address, users_of_each):
    """Users whose claims are rejected with each code, at random."""
    with grpc.insecure_channel(address) as channel:
        call = channel.unary_unary(EXPLAIN)
        for code in CODES:
            rows = commands.rows("violations", "--by", "user", "--code", code, "--columns", "user_id")
            users = sorted({row["user_id"] for row in rows if len(row["user_id"]) < 90})
            if not users:
                continue
            chosen = random.sample(users, min(len(users), users_of_each))
            explain(call, chosen[0], False)
            words = []
            for fixes in (False, True):
                times = sorted(explain(call, user, fixes) for user in chosen)
                p99 = times[min(len(times) - 1, len(times) * 99 // 100)]
                words.append("%s p50 %.2f ms, p99 %.2f ms" % ("with fixes" if fixes else "explained", statistics.median(times), p99))
            print("%-36s %4d of %d users: %s" % (code, len(chosen), len(users), "; ".join(words)), flush=True)


def change_a_membership(commands, user):
    """So that there is a past to go back to."""
    group = commands.rows("group", "list", "--columns", "group_id")[0]["group_id"]
    member = [row for row in commands.rows("member", "list", group) if row["member_id"] == user]
    commands.out("member", "remove" if member else "add", group, "--user", user)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("facts", help="folder of facts, as bench/workload writes it")
    parser.add_argument("--rounds", type=int, default=3, help="of each command (default: 3)")
    parser.add_argument("--seconds", type=int, default=300, help="for one command (default: 300)")
    parser.add_argument("--users", type=int, default=200, help="explained of each violation (default: 200)")
    parser.add_argument("--memory-mib", type=int, default=4096)
    args = parser.parse_args()
    random.seed(1)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder, args.memory_mib)
        try:
            commands = Commands(server.address, args.seconds)
            commands.time(["import", args.facts, "--create"], 1)
            waiting = commands.rows("violations", "--by", "user", "--code", "CountViolation", "--columns", "user_id")
            user = (waiting or commands.rows("user", "list", "--columns", "user_id"))[0]["user_id"]
            # A name that no two have; where there is none, the id once more.
            name = json.loads(commands.out("user", "get", user, "-o", "json"))["user_principal_name"] or user
            change_a_membership(commands, user)
            time_commands(commands, user, name, args.rounds)
            for flags in (["--no-fixes"], []):
                page = os.path.join(folder, "page.html")
                commands.time(["report", "html", page, *flags], 1, size_of=page)
                open_page(page)
            time_explanations(commands, server.address, args.users)
            print("server: VmRSS %.0f MiB" % server.resident_mib())
        finally:
            server.stop()


if __name__ == "__main__":
    main()
