#!/usr/bin/python3 -B
"""How long a server takes from its start until it serves, and until it has answered for a tenant (R1).

    ./bazelw build -c opt //cli:seatwise //service:seatwised
    bench/cold/start.py DB TENANT [--rounds=5]

DB is a database that nobody has open. Each round starts seatwised on loopback, asks /readyz until it says
serving, asks for the seats of the tenant, which loads it, and stops the server. Beside it, the floor: the
files of the database read once. The page cache is warm from the first round on.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

BIN = os.environ.get("SEATWISE_BIN") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bazel-bin")
MOST_SECONDS = 600


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def read_files(folder):
    """The seconds that reading the tables of a database takes, and their bytes."""
    begin, total = time.monotonic(), 0
    for path, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(path, name), "rb", buffering=0) as f:
                block = f.read(1 << 20)
                while block:
                    total += len(block)
                    block = f.read(1 << 20)
    return time.monotonic() - begin, total


def await_ready(server, port, log):
    """Returns when /readyz says 200."""
    end = time.monotonic() + MOST_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError("seatwised ended:\n" + log_text(log))
        try:
            with urllib.request.urlopen("http://127.0.0.1:%d/readyz" % port, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.002)
    raise RuntimeError("not ready after %d s" % MOST_SECONDS)


def log_text(log):
    log.seek(0)
    return log.read().decode()


def seconds_to_load(text):
    """What the server says of how long it took to load the tenant."""
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return next(line["seconds"] for line in lines if line["message"] == "tenant loaded")


def processor_seconds(pid):
    """What a process has worked so far, on all its threads."""
    with open("/proc/%d/stat" % pid) as f:
        fields = f.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stop(server):
    server.terminate()
    try:
        server.wait(timeout=60)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def start_once(db, tenant):
    """Seconds from the start to SERVING, to the first answer, those of its processors until then, and
    what the server says of loading."""
    port, http_port = free_port(), free_port()
    command = [os.path.join(BIN, "service/seatwised"), "--data", db, "--memory-mib", "16384"]
    command += ["--listen", "127.0.0.1:%d" % port, "--http-listen", "127.0.0.1:%d" % http_port]
    with tempfile.TemporaryFile() as log:
        begin = time.monotonic()
        server = subprocess.Popen(command, stderr=log)
        try:
            await_ready(server, http_port, log)
            serving = time.monotonic() - begin
            ask = [os.path.join(BIN, "cli/seatwise"), "seats", "--server", "127.0.0.1:%d" % port, "--tenant", tenant]
            subprocess.run(ask, check=True, stdout=subprocess.DEVNULL)
            answered = time.monotonic() - begin
            worked = processor_seconds(server.pid)
        finally:
            stop(server)
        return serving, answered, worked, seconds_to_load(log_text(log))


def measure(db, tenant, rounds):
    figures = []
    for _ in range(rounds):
        read, size = read_files(os.path.join(db, "rocks"))
        figures.append((read,) + start_once(db, tenant))
        print("read %.3f s  serving %.3f s  first answer %.3f s, processors %.2f s (tenant loaded in %.3f s)" % figures[-1], flush=True)
    read, serving, answered, worked, _ = (statistics.median(column) for column in zip(*figures))
    print("%d MiB in files" % (size >> 20))
    print("R1  to SERVING %.3f s  to the first answer %.3f s (processors %.2f s)" % (serving, answered, worked))
    print("R1  floor (files read) %.3f s  ratio %.1f" % (read, answered / read))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("db")
    parser.add_argument("tenant")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if not os.path.isdir(os.path.join(options.db, "rocks")):
        parser.error("%s is no database of seatwised" % options.db)
    measure(options.db, options.tenant, options.rounds)


if __name__ == "__main__":
    sys.exit(main())
