"""seatwised as a child process, for tests that want it whole."""

import json
import os
import signal
import subprocess
import time

SECONDS_TO_START = 60


class Server:
    """Runs on ports of its own choice, over the database in `folder`, until stopped."""

    def __init__(self, folder):
        self._log = os.path.join(folder, "log")
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                [os.environ["SEATWISED"], "--data=" + os.path.join(folder, "db")]
                + ["--listen=127.0.0.1:0", "--http-listen=127.0.0.1:0"],
                stderr=log,
            )
        self.address = self._await_address()

    def _await_address(self):
        """Where it listens; fails with the server's own words if it does not come up."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self._process.poll() is None:
            for line in self.said().splitlines(keepends=True):
                if line.startswith('{"time"') and line.endswith("\n"):
                    entry = json.loads(line)
                    if entry["message"] == "serving":
                        return "127.0.0.1:%d" % entry["port"]
            time.sleep(0.01)
        self.kill()
        raise AssertionError("seatwised did not start: " + self.said())

    def said(self):
        with open(self._log, encoding="utf-8") as log:
            return log.read()

    def stop(self):
        """Asks it to end and answers the exit code; fine to call again."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=60)

    def kill(self):
        """Takes it away in the middle of whatever it does."""
        self._process.kill()
        return self._process.wait(timeout=60)
