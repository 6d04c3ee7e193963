"""PostgreSQL 15 as a cluster of its own: in a new folder, under its own user, without TCP."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time

BIN = "/usr/lib/postgresql/15/bin"
HERE = os.path.dirname(os.path.abspath(__file__))

# For one query at a time on a machine whose memory is enough, nothing of which has to last.
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "2GB",
    "work_mem": "2GB",
    "hash_mem_multiplier": "2",
    "maintenance_work_mem": "1GB",
    "effective_cache_size": "8GB",
    "random_page_cost": "1.1",
    "max_wal_size": "8GB",
    "max_worker_processes": "2",
    "max_parallel_workers": "2",
    "max_parallel_workers_per_gather": "1",  # And the leader: two processes.
    "min_parallel_table_scan_size": "0",
    "parallel_setup_cost": "10",
    "parallel_tuple_cost": "0.001",
    "enable_partitionwise_join": "on",
    "enable_partitionwise_aggregate": "on",
}


class Postgres:
    """A running cluster. Used with `with`; it stops and its folder goes at the end."""

    def __enter__(self):
        self._folder = tempfile.mkdtemp(prefix="seatwise-postgres-")
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self):
        # The server refuses to run as root: then it runs as the user that its package made.
        self._as = []
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._as = ["runuser", "-u", "postgres", "--"]
        self._data = os.path.join(self._folder, "data")
        self._call("initdb", "-D", self._data, "-U", "postgres", "--auth=trust", "--no-sync", "--locale=C")
        options = " ".join("-c %s=%s" % item for item in SETTINGS.items())
        options += " -c unix_socket_directories=" + self._folder
        log = os.path.join(self._folder, "log")
        self._call("pg_ctl", "-D", self._data, "-l", log, "-w", "-o", options, "start")

    def __exit__(self, *_):
        if os.path.exists(os.path.join(self._folder, "data", "postmaster.pid")):
            self._call("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _call(self, program, *arguments):
        command = self._as + [os.path.join(BIN, program)] + list(arguments)
        subprocess.run(command, check=True, cwd=self._folder, stdout=subprocess.DEVNULL)

    def run(self, sql):
        """Runs the statements, each its own transaction; the seconds of all."""
        begin = time.monotonic()
        psql = ["env", "PGOPTIONS=-c client_min_messages=warning", "psql", "-h", self._folder, "-U", "postgres", "-qX", "-v", "ON_ERROR_STOP=1", "-d", "postgres"]
        text = "".join(s + ("\n" if s.startswith("\\") else ";\n") for s in sql)
        subprocess.run(psql, check=True, input=text.encode(), stdout=subprocess.DEVNULL)
        return time.monotonic() - begin
