#!/usr/bin/python3 -B
"""kill -9 under load: no acknowledged write is lost, and what is derived equals a recomputation.

Writers put users into a group and take them out, each its own users, and write down what was
acknowledged. After each kill the server is started again and asked what it knows; the writes whose
outcome nobody heard of are then repeated with their request ids, and must end as if sent once.

SEATWISE_KILLS sets how often (30), SEATWISE_KILL_SEED what is drawn.
"""

import os
import random
import sys
import tempfile
import threading
import time
import unittest
import uuid

import grpc

import scenario
from scenario import TENANT, Acme, module
from server import Server

KILLS = int(os.environ.get("SEATWISE_KILLS", "30"))
SEED = int(os.environ.get("SEATWISE_KILL_SEED", "1"))
WRITERS = 4
USERS_OF_A_WRITER = 10
SECONDS_OF_LOAD = 0.5
# A run that hardly writes anything proves nothing.
LEAST_WRITES_A_KILL = 20

CATALOG = [
    {"service_plan": {"service_plan_id": "MAIL"}},
    {"sku": {"sku_id": "E3", "service_plan_ids": ["MAIL"]}},
    {"subscription": {"subscription_id": "s1", "sku_id": "E3", "units": 15}},
    {"group": {"group_id": "staff"}},
    {"assignment": {"group_id": "staff", "sku_id": "E3"}},
]


class Write:
    """One change of one user's membership, with the request that makes it."""

    def __init__(self, user, joins, second):
        fact = module("fact")
        if joins:
            member = {"group_id": "staff", "user_id": user, "added_at": {"seconds": second}}
            change = fact.Change(put=fact.Fact(member=member))
        else:
            name = TENANT + "/groups/staff/members/user:" + user
            change = fact.Change(delete=fact.DeleteFact(name=name, allow_missing=True))
        self.user = user
        self.joins = joins
        self.request = module("change_service").ApplyChangesRequest(
            parent=TENANT, changes=[change], request_id=str(uuid.uuid4())
        )


class Writer(threading.Thread):
    """Writes until the server is gone. `known` is user -> joined, as acknowledged."""

    def __init__(self, address, known, seed):
        super().__init__()
        self._address = address
        self._random = random.Random(seed)
        self.known = known
        self.in_doubt = None  # The write that nobody answered.
        self.acknowledged = 0
        self.revision = 0

    def run(self):
        with grpc.insecure_channel(self._address) as channel:
            changes = module("change_service_grpc").ChangeServiceStub(channel)
            while self.in_doubt is None:
                user = self._random.choice(sorted(self.known))
                write = Write(user, self._random.random() < 0.6, self._random.randrange(1000))
                try:
                    answer = changes.ApplyChanges(write.request, timeout=20)
                except grpc.RpcError:
                    self.in_doubt = write
                    return
                self.known[user] = write.joins
                self.acknowledged += 1
                self.revision = answer.result.revision


class KillTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.random = random.Random(SEED)
        print("SEATWISE_KILL_SEED=%d SEATWISE_KILLS=%d" % (SEED, KILLS))

    def fill(self, server):
        users = ["u%d" % n for n in range(WRITERS * USERS_OF_A_WRITER)]
        with grpc.insecure_channel(server.address) as channel:
            acme = Acme(channel)
            acme.create()
            acme.apply(CATALOG + [{"user": {"user_id": u}} for u in users])
        return [
            {u: False for u in users[w * USERS_OF_A_WRITER : (w + 1) * USERS_OF_A_WRITER]}
            for w in range(WRITERS)
        ]

    def load_until_killed(self, server, known):
        writers = [Writer(server.address, k, self.random.random()) for k in known]
        for writer in writers:
            writer.start()
        time.sleep(SECONDS_OF_LOAD * (0.5 + self.random.random()))
        server.kill()
        for writer in writers:
            writer.join()
        return writers

    def members(self, channel):
        service = module("group_service")
        groups = module("group_service_grpc").MemberServiceStub(channel)
        request = service.ListMembersRequest(parent=TENANT + "/groups/staff", page_size=1000)
        return {m.user_id for m in groups.ListMembers(request, timeout=30).members}

    def check_acknowledged(self, members, writers):
        for writer in writers:
            doubtful = writer.in_doubt.user
            for user, joined in writer.known.items():
                if user == doubtful:
                    self.assertIn(user in members, (joined, writer.in_doubt.joins), user)
                else:
                    self.assertEqual(user in members, joined, user)

    def repeat_what_is_in_doubt(self, channel, writers):
        changes = module("change_service_grpc").ChangeServiceStub(channel)
        for writer in writers:
            write = writer.in_doubt
            first = changes.ApplyChanges(write.request, timeout=30)
            again = changes.ApplyChanges(write.request, timeout=30)
            self.assertEqual(first.result.revision, again.result.revision)
            writer.known[write.user] = write.joins

    def check_recomputation(self, channel):
        service = module("reconciliation_service")
        runs = module("reconciliation_service_grpc").ReconciliationServiceStub(channel)
        runs.RunReconciliation(service.RunReconciliationRequest(parent=TENANT), timeout=30)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            request = service.ListReconciliationsRequest(parent=TENANT, page_size=1000)
            listed = runs.ListReconciliations(request, timeout=30).reconciliations
            ended = [r for r in listed if r.HasField("end_time")]
            if ended and len(ended) == len(listed):
                for run in ended:
                    self.assertEqual(run.against_live.licenses, 0, run)
                return
            time.sleep(0.02)
        self.fail("a reconciliation did not end")

    def test_nothing_acknowledged_is_lost(self):
        server = Server(self.folder)
        known = self.fill(server)
        acknowledged = 0
        for kill in range(KILLS):
            writers = self.load_until_killed(server, known)
            acknowledged += sum(w.acknowledged for w in writers)
            server = Server(self.folder)
            with grpc.insecure_channel(server.address) as channel:
                with self.subTest(kill=kill):
                    self.check_acknowledged(self.members(channel), writers)
                    self.repeat_what_is_in_doubt(channel, writers)
                    expected = {u for k in known for u, joined in k.items() if joined}
                    self.assertEqual(self.members(channel), expected)
                    self.check_recomputation(channel)
        self.assertEqual(server.stop(), 0)
        print("%d kills, %d acknowledged writes" % (KILLS, acknowledged))
        self.assertGreaterEqual(acknowledged, KILLS * LEAST_WRITES_A_KILL)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as stubs:
        scenario.generate(os.environ["SEATWISE_PROTO_ROOTS"].split(":"), stubs)
        sys.argv[1:] = []
        unittest.main()
