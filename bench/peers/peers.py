#!/usr/bin/python3 -B
"""Everybody's licenses by Seatwise, DuckDB and PostgreSQL: checked to be equal, then timed in turn.

    bench/peers/run M            which installs what this needs; README.md says what is compared

Two threads or processes each. One table at the end; seconds are medians.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from duckdb import DuckDb, statements
from postgres import Postgres

BIN = os.environ.get("SEATWISE_BIN") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bazel-bin")
TABLES = ("users", "membership", "edge", "assignment", "sku")
THREADS = 2


def derive_seconds(folder):
    """The median of one run of derive_bench, and all its figures."""
    bench = [os.path.join(BIN, "bench/batch/derive_bench"), folder, str(THREADS), "5"]
    lines = subprocess.run(bench, check=True, stdout=subprocess.PIPE).stdout.decode().split("\n")
    figures = {line.split()[0]: float(line.split()[1]) for line in lines if line}
    return figures["derive"] / 1e3, figures


def reconcile_seconds(folder, answers):
    """The stages of a whole run."""
    program = [os.path.join(BIN, "cli/seatwise"), "reconcile", "--from", folder, "--out", answers]
    run = subprocess.run(program + ["--threads", str(THREADS)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = run.stdout.decode()
    stages = dict(re.findall(r"^ *(read|derive|write) +([\d.]+)", text, re.MULTILINE))
    if len(stages) != 3:
        raise RuntimeError("seatwise reconcile printed no times:\n" + text)
    return {stage: float(seconds) for stage, seconds in stages.items()}


def without_relations(tenant, folder):
    """The tenant without what SQL cannot express: which plans conflict (K4) or require others (K5)."""
    os.mkdir(folder)
    for name in os.listdir(tenant):
        if name not in ("plan_conflicts.csv", "plan_requirements.csv"):
            os.symlink(os.path.join(tenant, name), os.path.join(folder, name))
    return folder


def check_equal(duck, answers, license_rows, seat_rows, peer):
    sql = statements("compare.sql", answers=answers, peer_license=license_rows, peer_seats=seat_rows)
    row = [int(value) for value in duck.run(sql)[1][0]]
    print("%s: %d licenses, ours %d; %d + %d rows differ, %d SKUs differ; %d wait for a seat" % (
        peer, row[1], row[0], row[2], row[3], row[4], row[5]))
    if row[0] == 0 or row[2] or row[3] or row[4] or row[0] != row[1]:
        raise RuntimeError("%s and Seatwise do not agree" % peer)


def load_postgres(duck, postgres, folder):
    """The tables of DuckDB, by way of files."""
    for table in TABLES:
        duck.run(["COPY %s TO '%s/%s.csv' (HEADER false)" % (table, folder, table)])
    seconds = postgres.run(statements("postgres.sql"))
    for table in TABLES:
        seconds += postgres.run(["\\copy %s from '%s/%s.csv' csv" % (table, folder, table)])
    return seconds + postgres.run(["ANALYZE"])


def check_postgres(duck, postgres, answers, folder):
    for table in ("license", "seats"):
        target = "%s/postgres_%s.csv" % (folder, table)
        postgres.run(["\\copy (select * from %s) to '%s' csv header" % (table, target)])
    read = "read_csv('%s/postgres_%%s.csv')" % folder
    check_equal(duck, answers, read % "license", read % "seats", "PostgreSQL")


def measure(tenant, folder, rounds):
    """Prints the table."""
    plain = without_relations(tenant, os.path.join(folder, "plain"))
    answers = os.path.join(folder, "answers")
    times = {name: [] for name in ("full", "plain", "floor", "duckdb", "postgres")}
    drop = statements("drop.sql")
    with DuckDb(THREADS) as duck, Postgres() as postgres:
        duck_load = duck.run(statements("load.sql", tenant=plain))[0]
        postgres_load = load_postgres(duck, postgres, folder)
        whole = reconcile_seconds(plain, answers)
        for number in range(rounds):
            times["full"].append(derive_seconds(tenant)[0])
            seconds, figures = derive_seconds(plain)
            times["plain"].append(seconds)
            times["floor"].append(figures["floor"] / 1e3)
            duck.run(drop)
            times["duckdb"].append(duck.run(statements("derive.sql", table="TABLE", analyze="ANALYZE", key=""))[0])
            postgres.run(drop)
            sql = statements("derive.sql", table="UNLOGGED TABLE", analyze="ANALYZE", key="ARRAY")
            times["postgres"].append(postgres.run(sql))
            if number == 0:
                check_equal(duck, answers, "license", "seats", "DuckDB")
                check_postgres(duck, postgres, answers, folder)
                shutil.rmtree(answers)
    report({name: statistics.median(values) for name, values in times.items()}, whole, duck_load, postgres_load)
    print("\n%d users, %d memberships, %d claims; all rows read %.4f s" % (
        figures["users"], figures["memberships"], figures["claims"], figures["rows"] / 1e3))


def report(median, whole, duck_load, postgres_load):
    row = "%-52s %10.3f %10.1f"
    print("\n%-52s %10s %10s" % ("", "seconds", "ratio"))
    unit = median["plain"]
    print(row % ("Seatwise, from columns", unit, 1))
    print(row % ("Seatwise, the same tenant with K4 and K5", median["full"], median["full"] / unit))
    print(row % ("the floor: a tight program, seats and plans only", median["floor"], median["floor"] / unit))
    print(row % ("DuckDB, from its tables", median["duckdb"], median["duckdb"] / unit))
    print(row % ("PostgreSQL, from its tables", median["postgres"], median["postgres"] / unit))
    unit = sum(whole.values())
    print(row % ("Seatwise, from CSV to CSV (read %.2f, write %.2f)" % (whole["read"], whole["write"]), unit, 1))
    print(row % ("DuckDB, from CSV to tables", duck_load, duck_load / unit))
    print(row % ("PostgreSQL, from CSV of numbers to tables", postgres_load, postgres_load / unit))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tenant", help="a folder of bench/workload")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seatwise-peers-") as folder:
        measure(os.path.abspath(options.tenant), folder, options.rounds)


if __name__ == "__main__":
    sys.exit(main())
