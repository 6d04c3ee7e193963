#!/usr/bin/python3 -B
"""One-member changes in a server: the engine's part of each, of tenants of different size in turn.

    ./bazelw build -c opt //bench/workload:generate //cli:seatwise //service:seatwised
    TMPDIR=/a/disk/with/room bench/rpc/members.py M XL

Imports the presets as tenants of one server. Then adds users to licensed groups one by one, with
gRPC and a synced write between them, so that the engine finds in the caches what a server leaves
there: a block of each tenant, in turn. Users and groups are drawn at random, groups among those
that assign no SKU for which somebody waits. By the server's own metrics (seatwise_prepare_seconds) it
prints the mean of each block and how much of it took at most 20 microseconds: where that is at least
half, so did the median change. Then the medians of all blocks but the first, which loads the tenant.
Loopback only; everything is stopped and removed at the end.
"""

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import tempfile

import grpc
from server import ROOT, Server

APPLY = "/seatwise.v1.ChangeService/ApplyChanges"


def field(number, data):
    """A field of a message: bytes or text."""
    data = data if isinstance(data, bytes) else data.encode()
    length, size = b"", len(data)
    while size > 0x7F:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + data


def put_member(tenant, group, user):
    """An ApplyChangesRequest."""
    member = field(2, group) + field(3, user)
    return field(1, "tenants/" + tenant) + field(2, field(1, field(10, member)))


def cli(server, tenant, *words):
    program = os.path.join(ROOT, "cli/seatwise")
    words = [program, *words, "--server=" + server.address, "--tenant=" + tenant]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def requests(server, tenant, facts):
    """Yields requests without end."""
    seats = json.loads(cli(server, tenant, "seats", "-o", "json"))
    scarce = {sku["sku_id"] for sku in seats if sku["waiting"] > 0 or sku["off"]}
    skus = {}
    with open(os.path.join(facts, "assignments.csv"), encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["principal_type"] == "group":
                skus.setdefault(row["principal_id"], set()).add(row["sku_id"])
    groups = [group for group, assigned in skus.items() if not assigned & scarce]
    with open(os.path.join(facts, "users.csv"), encoding="utf-8", newline="") as rows:
        users = [row["user_id"] for row in csv.DictReader(rows)]
    while True:
        yield put_member(tenant, random.choice(groups), random.choice(users))


def block(server, apply, some, size):
    """Of so many changes the mean in microseconds, and the share that took at most 20."""
    def so_far():
        return [server.metric("seatwise_prepare_seconds_" + what)
                for what in ("sum", "count", 'bucket{le="2e-05"}')]

    before = so_far()
    for _ in range(size):
        apply(next(some), timeout=60)
    seconds, count, quick = (new - old for new, old in zip(so_far(), before))
    return seconds / count * 1e6, quick / count


def describe(preset, figures):
    return "%s %.1f us, %.0f %% at most 20" % (preset, figures[0], figures[1] * 100)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("presets", nargs="+")
    parser.add_argument("--blocks", type=int, default=12)
    parser.add_argument("--size", type=int, default=250)
    args = parser.parse_args()
    random.seed(1)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder, 8192)
        try:
            some = {}
            for preset in args.presets:
                facts = os.path.join(folder, preset)
                subprocess.run(
                    [os.path.join(ROOT, "bench/workload/generate"), "--preset=" + preset]
                    + ["--seed=1", "--out=" + facts], check=True, stdout=subprocess.DEVNULL)
                cli(server, preset.lower(), "import", facts, "--create")
                some[preset] = requests(server, preset.lower(), facts)
            blocks = {preset: [] for preset in args.presets}
            with grpc.insecure_channel(server.address) as channel:
                apply = channel.unary_unary(APPLY)
                for _ in range(args.blocks):
                    for preset in args.presets:
                        blocks[preset].append(block(server, apply, some[preset], args.size))
                    print("  ".join(describe(p, b[-1]) for p, b in blocks.items()), flush=True)
            medians = {p: [statistics.median(part) for part in zip(*b[1:])] for p, b in blocks.items()}
            print("medians  " + "  ".join(describe(p, median) for p, median in medians.items())
                  + "  last against first %.2f"
                  % (medians[args.presets[-1]][0] / medians[args.presets[0]][0]))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
