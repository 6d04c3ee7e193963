"""A server to measure: started on free loopback ports, asked for its metrics, stopped.

And, beside it, a watch for moments at which the whole machine stood still."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bazel-bin")


class Server:
    """seatwised on free loopback ports."""

    def __init__(self, folder, memory_mib):
        self._log = os.path.join(folder, "log")
        begin = time.monotonic()
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                [os.path.join(ROOT, "service/seatwised"), "--data", os.path.join(folder, "db")]
                + ["--listen=127.0.0.1:0", "--http-listen=127.0.0.1:0"]
                + ["--memory-mib=%d" % memory_mib],
                stderr=log,
            )
        entry = self._serving()
        self.seconds_to_start = time.monotonic() - begin
        self.address = "127.0.0.1:%d" % entry["port"]
        self._metrics = "http://127.0.0.1:%d/metrics" % entry["http_port"]

    def _serving(self):
        while self._process.poll() is None:
            with open(self._log, encoding="utf-8") as log:
                for line in log:
                    if '"message":"serving"' in line and line.endswith("\n"):
                        return json.loads(line)
            time.sleep(0.01)
        sys.exit("seatwised did not start: " + open(self._log, encoding="utf-8").read())

    def metric(self, name):
        """The value of a metric without labels."""
        with urllib.request.urlopen(self._metrics, timeout=10) as page:
            for line in page.read().decode().splitlines():
                if line.startswith(name + " "):
                    return float(line.split()[1])
        return 0.0

    def resident_mib(self):
        with open("/proc/%d/status" % self._process.pid, encoding="utf-8") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def cpu_seconds(self):
        """Of all its threads so far."""
        with open("/proc/%d/stat" % self._process.pid, encoding="utf-8") as stat:
            user, system = stat.read().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=60)


class Stalls:
    """Watches for moments at which the machine stood still (stalls.cc), from now to stop()."""

    def __init__(self):
        self._process = subprocess.Popen(
            [os.path.join(ROOT, "bench/rpc/stalls")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def stop(self):
        """A list of (begin, end) in seconds of time.monotonic()."""
        out, _ = self._process.communicate()
        return [tuple(float(part) for part in line.split()) for line in out.decode().splitlines()]
