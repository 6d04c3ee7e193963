#!/usr/bin/python3 -B
"""Counts the instructions of each stage under callgrind, and fails if one needs over 5 % more than its limit.

    bench/gate/run.py             builds, counts, compares with bench/gate/limits
    bench/gate/run.py --update    writes what is counted into bench/gate/limits

Instructions do not depend on what else the machine does, so one run tells. They are those of the
build that .ci/run tests with (--config=ci, -O1): it is there already, and what costs an algorithm
more instructions costs them at -O1 too. A stage is a function with all that it calls, on one thread, of
a tenant of 10,000 users. Needs Debian's valgrind; the network is not asked.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
LIMITS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "limits")
SLACK = 0.05

# Each stage's function, in the order of a run; shapes to waiting_lists are parts of derive.
STAGES = {
    "read": "seatwise::ReadColumns(",
    "derive": "seatwise::Derive(",
    "shapes": "seatwise::ShapeTable::ShapeTable(",
    "nesting": "seatwise::Nesting::Nesting(",
    "classes": "seatwise::BuildClasses(",
    "triage": "seatwise::TriageClasses(",
    "singles": "seatwise::Singles::Singles(",
    "together": "seatwise::Together::Answer(",  # Within singles: what the queue leaves threads for.
    "outcomes": "seatwise::Outcomes::Outcomes(",
    "waiting_lists": "seatwise::WaitingLists::WaitingLists(",
    "write": "seatwise::WriteDerived(",
    "live": "seatwise::LiveStateFrom(",
    "change": "seatwise::Prepare(",
}

_HEADER = """# Instructions that each stage may take; run.py fails if it takes over 5 % more.
# Raising one is a decision: do it in the commit that needs it, and say there what is gained.
"""


def parse_counts(annotated):
    """The instructions by stage, from what callgrind_annotate --inclusive=yes printed. A stage whose
    function is not found has none."""
    counts = {}
    for line in annotated.split("\n"):
        match = re.match(r"\s*([\d,]+) +\([ \d.]+%\) +[^ ]*?:(seatwise::.*)", line)
        if not match:
            continue
        for stage, function in STAGES.items():
            if match.group(2).startswith(function) and "{lambda" not in match.group(2):
                counts.setdefault(stage, int(match.group(1).replace(",", "")))
    return counts


def parse_limits(text):
    rows = [line.split() for line in text.split("\n") if line and not line.startswith("#")]
    return {stage: int(limit.replace(",", "")) for stage, limit in rows}


def format_limits(counts):
    return _HEADER + "".join("%-14s %13s\n" % (s, format(counts[s], ",")) for s in STAGES if s in counts)


def judge(stage, count, limit):
    """What is wrong ("" if nothing), and what is worth knowing ("" if nothing)."""
    if count is None:
        return (
            "%s: no function %s...) ran. If it has another name now, say so in STAGES of bench/gate/run.py"
            % (stage, STAGES[stage]),
            "",
        )
    if limit is None:
        return "%s: it has no limit. Write into bench/gate/limits:\n    %s %s" % (stage, stage, format(count, ",")), ""
    change = "%s: %s instructions, limit %s (%+.1f %%)" % (
        stage,
        format(count, ","),
        format(limit, ","),
        100.0 * (count - limit) / limit,
    )
    if count > limit * (1 + SLACK):
        return (
            "%s\n    Over 5 %% more than its limit. If that is the price of something wanted, write"
            " `%s %s` into\n    bench/gate/limits (or call bench/gate/run.py --update), and say in the"
            " commit's message what is gained." % (change, stage, format(count, ",")),
            "",
        )
    if count < limit * (1 - SLACK):
        return "", "%s\n    Over 5 %% less: call bench/gate/run.py --update, so that it stays so." % change
    return "", ""


def count_instructions():
    """Builds, generates the tenant, and runs it under callgrind."""
    subprocess.run(
        [os.path.join(ROOT, "bazelw"), "build", "--config=ci", "--jobs=2", "--noshow_progress"]
        + ["//bench/gate", "//bench/workload:generate"],
        cwd=ROOT,
        check=True,
    )
    binaries = os.path.join(ROOT, "bazel-bin", "bench")
    with tempfile.TemporaryDirectory() as folder:
        tenant, out = os.path.join(folder, "tenant"), os.path.join(folder, "callgrind")
        generate = [os.path.join(binaries, "workload", "generate"), "--preset=S", "--seed=1", "--out=" + tenant]
        subprocess.run(generate, check=True, stdout=subprocess.DEVNULL)
        gate = [os.path.join(binaries, "gate", "gate"), tenant, os.path.join(folder, "answers")]
        valgrind = ["valgrind", "--quiet", "--tool=callgrind", "--callgrind-out-file=" + out]
        subprocess.run(valgrind + gate, check=True, stderr=subprocess.DEVNULL)
        annotate = ["callgrind_annotate", "--inclusive=yes", "--threshold=100", "--auto=no", out]
        return parse_counts(subprocess.run(annotate, check=True, stdout=subprocess.PIPE).stdout.decode())


def report(counts, limits):
    """Prints the table and what is wrong; whether all is well."""
    print("%-14s %13s %13s %8s" % ("stage", "instructions", "limit", "ratio"))
    wrong, notes = [], []
    for stage in STAGES:
        count, limit = counts.get(stage), limits.get(stage)
        if count is not None and limit is not None:
            print("%-14s %13s %13s %8.3f" % (stage, format(count, ","), format(limit, ","), count / limit))
        failure, note = judge(stage, count, limit)
        wrong += [failure] if failure else []
        notes += [note] if note else []
    for note in notes:
        print("note: " + note)
    for failure in wrong:
        print("FAILED: " + failure)
    return not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write the counts into bench/gate/limits")
    update = parser.parse_args().update
    counts = count_instructions()
    if update:
        with open(LIMITS, "w") as f:
            f.write(format_limits(counts))
    with open(LIMITS) as f:
        return 0 if report(counts, parse_limits(f.read())) else 1


if __name__ == "__main__":
    sys.exit(main())
