#!/usr/bin/python3 -B
"""Many small tenants on one server: the first query of an idle one, and the memory that is used.

    ./bazelw build -c opt //bench/workload:generate //bench/rpc:stalls //cli:seatwise \
        //service:seatwised
    bench/rpc/tenants.py                 1,000 tenants of 500 users, 64 MiB for those in memory

Imports the tenants over gRPC, starts the server again (--starts times), and asks for one user's
licenses: of every tenant once, then of tenants at random. A query is a first one if the server
loaded a tenant for it. Queries during which the whole machine stood still (stalls.cc) are told
apart. Loopback only; everything is stopped and removed at the end.
"""

import argparse
import csv
import os
import random
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import grpc
from server import ROOT, Server, Stalls

GET = "/seatwise.v1.LicenseService/GetEffectiveLicenses"
FOLDERS = 8  # Tenants that differ.


def generate(folder, users):
    """Writes the folders; answers a user's ids of each."""
    ids = []
    for seed in range(FOLDERS):
        facts = os.path.join(folder, "facts%d" % seed)
        subprocess.run(
            [os.path.join(ROOT, "bench/workload/generate"), "--preset=S", "--seed=%d" % seed]
            + ["--users=%d" % users, "--groups=%d" % (users // 5), "--licensed_groups=20"]
            + ["--memberships=%d" % (users * 10), "--out=" + facts],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with open(os.path.join(facts, "users.csv"), encoding="utf-8", newline="") as rows:
            ids.append([row["user_id"] for row in csv.DictReader(rows)])
    return ids


def import_all(folder, address, tenants):
    def run(number):
        subprocess.run(
            [os.path.join(ROOT, "cli/seatwise"), "import", "--create", "--server=" + address]
            + ["--tenant=t%d" % number, os.path.join(folder, "facts%d" % (number % FOLDERS))],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(run, range(tenants)))


def at(sorted_times, share):
    return sorted_times[min(len(sorted_times) - 1, int(len(sorted_times) * share))] * 1000


def row(what, times):
    times = sorted(times)
    if times:
        print(
            "%-34s %6d  p50 %7.2f ms  p99 %7.2f ms  max %7.2f ms"
            % (what, len(times), at(times, 0.5), at(times, 0.99), times[-1] * 1000)
        )


def rows(what, queries, stalls):
    """Of queries (begin, end): those during which the machine stood still apart."""
    met = [q for q in queries if any(q[0] < end and begin < q[1] for begin, end in stalls)]
    row(what, [end - begin for begin, end in queries if (begin, end) not in met])
    row("  while the machine stood still", [end - begin for begin, end in met])


def ask(server, get, ids, tenants, what):
    """One query of each, in turn; prints first queries and the others apart."""
    first, later = [], []
    most_bytes = 0
    loads = server.metric("seatwise_tenant_load_seconds_count")
    cpu = server.cpu_seconds()
    stalls = Stalls()
    for tenant in tenants:
        name = "tenants/t%d/users/%s" % (tenant, random.choice(ids[tenant % FOLDERS]))
        request = b"\x0a" + bytes([len(name)]) + name.encode()
        begin = time.monotonic()
        get(request, timeout=30)
        query = (begin, time.monotonic())
        before, loads = loads, server.metric("seatwise_tenant_load_seconds_count")
        (first if loads > before else later).append(query)
        most_bytes = max(most_bytes, server.metric("seatwise_tenants_loaded_bytes"))
    found = stalls.stop()
    rows(what + ", first queries", first, found)
    rows(what + ", others", later, found)
    cpu = server.cpu_seconds() - cpu
    print("%-34s %6.2f ms of processor time a query" % ("", cpu * 1000 / len(tenants)))
    for begin, end in found:
        print("%-34s stood still for %.1f ms" % ("the machine", (end - begin) * 1000))
    return most_bytes


def report(server, when, most_bytes):
    print(
        "%-34s VmRSS %.0f MiB; tenants in memory %d, estimated at most %.1f MiB; %d put away"
        % (
            when,
            server.resident_mib(),
            server.metric("seatwise_tenants_loaded"),
            most_bytes / 2**20,
            server.metric("seatwise_tenant_evictions_total"),
        )
    )


def measure(folder, ids, args):
    """A start with all tenants on the disk and none in memory."""
    server = Server(folder, args.memory_mib)
    try:
        print("\nstarted in %.2f s" % server.seconds_to_start)
        report(server, "after the start", 0)
        with grpc.insecure_channel(server.address) as channel:
            get = channel.unary_unary(GET)
            everyone = random.sample(range(args.tenants), args.tenants)
            most = ask(server, get, ids, everyone, "each tenant once")
            report(server, "", most)
            some = [random.randrange(args.tenants) for _ in range(args.queries)]
            most = ask(server, get, ids, some, "at random")
            report(server, "", most)
    finally:
        server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tenants", type=int, default=1000)
    parser.add_argument("--users", type=int, default=500)
    parser.add_argument("--memory-mib", type=int, default=64)
    parser.add_argument("--queries", type=int, default=3000)
    parser.add_argument("--starts", type=int, default=1)
    args = parser.parse_args()
    random.seed(1)
    with tempfile.TemporaryDirectory() as folder:
        ids = generate(folder, args.users)
        server = Server(folder, args.memory_mib)
        try:
            begin = time.monotonic()
            import_all(folder, server.address, args.tenants)
            seconds = time.monotonic() - begin
            print("%d tenants of %d users imported in %.0f s; --memory-mib=%d"
                  % (args.tenants, args.users, seconds, args.memory_mib))
            report(server, "after the imports", server.metric("seatwise_tenants_loaded_bytes"))
        finally:
            server.stop()
        for _ in range(args.starts):
            measure(folder, ids, args)


if __name__ == "__main__":
    main()
