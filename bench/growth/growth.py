#!/usr/bin/python3 -B
"""How the batch engine's cost grows: with the tenant, and in shapes that look for its worst.

    ./bazelw build -c opt //bench/batch:derive_bench //bench/workload:generate
    bench/growth/growth.py                  writes docs/growth.md, growth.svg and chains.svg

First the realistic tenant from 10,000 to 5 million users; then each adversarial shape at two sizes, tenfold apart,
its cost per claim beside the realistic one of the same preset, and how it grew from one size to the other: 1 is
linear, 2 quadratic. Last, longer and longer chains of dependencies. Takes 8 GB of disk with XXL.

--alone runs each measurement before everything else on the machine (chrt; needs root), so that
other work cannot disturb it; --tenants DIR keeps the presets there, or takes them if they are there.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile

import plot

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SHAPES = (
    ("all_contended", "every SKU short of seats"),
    ("shared_address", "one address shared by a tenth of the users"),
    ("one_group", "everybody in one group"),
    ("all_different", "no two users in a class"),
    ("many_assignments", "1,000 claims a user"),
    ("deep_nesting", "chains of 50 groups"),
    ("wide_diamonds", "65,536 paths between top and bottom"),
    ("healing_chains", "200 claims that heal one after another"),
)

CHAINS = (50, 200, 800, 3200)


class Bench:
    """Generates tenants and measures them."""

    def __init__(self, options, folder):
        self._options, self._folder = options, folder
        self._bin = os.environ.get("SEATWISE_BIN") or os.path.join(ROOT, "bazel-bin")

    def generate(self, target, *flags):
        program = [os.path.join(self._bin, "bench/workload/generate"), "--seed=1", "--out=" + target]
        subprocess.run(program + list(flags), check=True, stdout=subprocess.DEVNULL)

    def derive(self, tenant):
        """The figures of derive_bench."""
        program = [os.path.join(self._bin, "bench/batch/derive_bench"), tenant, "2", "5"]
        large = os.path.getsize(os.path.join(tenant, "members.csv")) > 200e6
        if self._options.alone and not large:
            program = ["chrt", "-r", "1"] + program
        process = subprocess.Popen(program, stdout=subprocess.PIPE, universal_newlines=True)
        lines = [process.stdout.readline()]  # A large tenant is read; now it is measured.
        if self._options.alone and large:
            subprocess.run(["chrt", "-a", "-r", "-p", "1", str(process.pid)], check=True)
        lines += process.communicate()[0].split("\n")
        if process.returncode != 0:
            raise RuntimeError("derive_bench failed on " + tenant)
        figures = {line.split()[0]: float(line.split()[1]) for line in lines if line}
        print("%s: %.1f ms" % (os.path.basename(tenant), figures["derive"]), file=sys.stderr)
        figures["per_claim"] = figures["derive"] * 1e6 / figures["claims"]
        return figures

    def preset(self, name):
        tenant = os.path.join(self._options.tenants or self._folder, name)
        if not os.path.exists(tenant):
            self.generate(tenant, "--preset=" + name)
        figures = self.derive(tenant)
        if not self._options.tenants:
            subprocess.run(["rm", "-r", tenant], check=True)
        return figures

    def shape(self, shape, preset, *flags):
        tenant = os.path.join(self._folder, shape)
        self.generate(tenant, "--shape=" + shape, "--preset=" + preset, *flags)
        figures = self.derive(tenant)
        subprocess.run(["rm", "-r", tenant], check=True)
        return figures


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def preset_row(name, f):
    return (
        name,
        "{:,.0f}".format(f["users"]),
        "{:,.0f}".format(f["memberships"]),
        "{:,.0f}".format(f["claims"]),
        "{:,.1f}".format(f["derive"]),
        "{:.1f}".format(f["derive"] * 1e6 / f["memberships"]),
        "{:.1f}".format(f["derive"] / f["gather"]),
        "{:.1f}".format(f["derive"] / f["floor"]) if "floor" in f else "",
        "{:,.0f}".format(f["columns_bytes"] / 2**20),
        "{:,.0f}".format(f["peak_live_bytes"] / 2**20),
        "{:.0f}".format(f["peak_live_bytes"] / f["users"]),
    )


def shape_row(shape, what, small, large, realistic):
    growth = math.log(large["derive"] / small["derive"]) / math.log(large["claims"] / small["claims"])
    return (
        shape + ": " + what,
        "{:,.0f}".format(large["users"]),
        "{:,.0f}".format(large["claims"]),
        "{:,.1f}".format(large["derive"]),
        "{:,.0f}".format(large["per_claim"]),
        "{:.1f}".format(large["per_claim"] / realistic["per_claim"]),
        "{:.2f}".format(growth),
    )


def chain_row(length, f):
    return ("{}".format(length), "{:,.0f}".format(f["users"]), "{:,.1f}".format(f["derive"]), "{:,.0f}".format(f["per_claim"]))


_PAGE = """# How the batch engine's cost grows

Written by `bench/growth/growth.py{flags}`: two threads, medians of five runs, from columns in memory to a state that can be
asked. What the figures mean is in [performance.md](performance.md).

![Time and memory by users](growth.svg)

Realistic tenants. `gather` is one random read for each membership, `floor` the union of plans and the seat cut alone,
both in the same rounds; memory is the most that the derivation has allocated at once beyond the columns.

{presets}
Shapes that look for the worst, preset {large}. `ratio` is the cost per claim beside the realistic tenant of that preset;
`exponent` is how the time grew with the claims from preset {small}: 1 is linear, 2 quadratic.

{shapes}
The same 100,000 claims in longer and longer chains, each claim healed by the one before (G2).

![Time a claim by the length of its chain](chains.svg)

{chains}"""


def measure(options, folder):
    bench = Bench(options, folder)
    presets = [(name, bench.preset(name)) for name in options.presets.split(",")]
    by_name = dict(presets)
    small, large = options.shape_presets.split(",")
    for name in (small, large):
        by_name.setdefault(name, None)
        by_name[name] = by_name[name] or bench.preset(name)
    shapes = []
    for shape, what in SHAPES:
        figures = [bench.shape(shape, preset) for preset in (small, large)]
        shapes.append(shape_row(shape, what, figures[0], figures[1], by_name[large]))
    chains = [(n, bench.shape("healing_chains", "S", "--skus=%d" % n)) for n in CHAINS]
    return presets, shapes, chains


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--presets", default="S,M,L,XL,XXL")
    parser.add_argument("--shape-presets", default="S,M", help="a small and a large one")
    parser.add_argument("--tenants", help="folder of presets")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--out", default=os.path.join(ROOT, "docs"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seatwise-growth-") as folder:
        presets, shapes, chains = measure(options, folder)
    small, large = options.shape_presets.split(",")
    page = _PAGE.format(
        flags=" --alone" if options.alone else "",
        small=small,
        large=large,
        presets=table(
            ("preset", "users", "memberships", "claims", "ms", "ns a membership", "of gather", "of floor")
            + ("columns MiB", "memory MiB", "bytes a user"),
            [preset_row(name, figures) for name, figures in presets],
        ),
        shapes=table(("shape", "users", "claims", "ms", "ns a claim", "ratio", "exponent"), shapes),
        chains=table(("length", "users", "ms", "ns a claim"), [chain_row(*chain) for chain in chains]),
    )
    with open(os.path.join(options.out, "growth.md"), "w") as f:
        f.write(page)
    series = [
        ("time, ms", [(f["users"], f["derive"]) for _, f in presets]),
        ("memory, MiB", [(f["users"], f["peak_live_bytes"] / 2**20) for _, f in presets]),
    ]
    with open(os.path.join(options.out, "growth.svg"), "w") as f:
        f.write(plot.log_log("users", series))
    lengths = [("ns a claim", [(n, f["per_claim"]) for n, f in chains])]
    with open(os.path.join(options.out, "chains.svg"), "w") as f:
        f.write(plot.log_log("claims in a chain", lengths))
    print(page)


if __name__ == "__main__":
    sys.exit(main())
