#!/usr/bin/python3 -B
"""A foreign client runs the README's scenario against a real server."""

import os
import sys
import tempfile
import unittest

import grpc

import scenario
from scenario import Acme
from server import Server

DAY = 24 * 3600


def at(day):
    """Keyword argument for a Timestamp: some day."""
    return {"seconds": day * DAY}


def member(user, day):
    return {"member": {"group_id": "staff", "user_id": user, "added_at": at(day)}}


FACTS = [
    {"service_plan": {"service_plan_id": "MAIL", "service_plan_name": "MAIL"}},
    {"service_plan": {"service_plan_id": "DOCS", "service_plan_name": "DOCS"}},
    {"sku": {"sku_id": "E3", "sku_part_number": "E3", "service_plan_ids": ["MAIL", "DOCS"]}},
    {"subscription": {"subscription_id": "s1", "sku_id": "E3", "units": 1}},
    {"user": {"user_id": "ana", "display_name": "Ana"}},
    {"user": {"user_id": "bob", "display_name": "Bob"}},
    {"group": {"group_id": "staff", "display_name": "Staff"}},
    {"assignment": {"group_id": "staff", "sku_id": "E3", "assigned_at": at(1)}},
    member("ana", 2),
    member("bob", 3),
]


class ScenarioTest(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.server = Server(self._folder.name)
        self.addCleanup(self.server.stop)
        self.channel = grpc.insecure_channel(self.server.address)
        self.addCleanup(self.channel.close)
        self.acme = Acme(self.channel)

    def test_seats_move_as_the_readme_says(self):
        acme = self.acme
        acme.create()
        revision = acme.apply(FACTS).result.revision
        self.assertEqual(acme.state_of("ana", revision), {"E3": "ACTIVE"})
        self.assertEqual(acme.state_of("bob"), {"E3": "ERROR"})
        self.assertEqual(acme.violations(), [("bob", ["COUNT_VIOLATION"])])
        self.assertEqual(acme.seats(), {"E3": (1, 1)})

        bought = acme.buy(2)
        self.assertEqual(acme.state_of("bob", bought), {"E3": "ACTIVE"})
        self.assertEqual(
            acme.changes_after(revision), (bought, [("E3", "ERROR", "ACTIVE", ["bob"])])
        )
        acme.buy(1)
        self.assertEqual(acme.state_of("bob"), {"E3": "ERROR"})
        acme.delete_user("ana")
        self.assertEqual(acme.state_of("bob"), {"E3": "ACTIVE"})
        self.assertEqual(acme.seats(), {"E3": (1, 0)})

    def test_a_plan_shows_what_happens_and_changes_nothing(self):
        acme = self.acme
        acme.create()
        before = acme.apply(FACTS).result.revision
        leave = {"member": {"group_id": "staff", "user_id": "bob", "added_at": at(1)}}
        planned = acme.apply([leave], validate_only=True)
        gained = {s.sku_id: (s.gained, s.lost) for s in planned.impact.skus}
        self.assertEqual(gained, {"E3": (1, 1)})
        self.assertEqual(acme.state_of("bob", before), {"E3": "ERROR"})
        acme.apply([leave], plan_token=planned.plan_token)
        self.assertEqual(acme.state_of("bob"), {"E3": "ACTIVE"})
        self.assertEqual(acme.state_of("ana"), {"E3": "ERROR"})

    def test_a_mistake_is_named_and_nothing_is_stored(self):
        acme = self.acme
        acme.create()
        with self.assertRaises(grpc.RpcError) as raised:
            acme.apply(FACTS + [member("nobody", 4)])
        self.assertEqual(raised.exception.code(), grpc.StatusCode.FAILED_PRECONDITION)
        details = dict(raised.exception.trailing_metadata())["grpc-status-details-bin"]
        self.assertIn(b"MISSING_REFERENCE", details)
        self.assertIn("nobody", raised.exception.details())
        with self.assertRaises(grpc.RpcError) as raised:
            acme.state_of("ana")
        self.assertEqual(raised.exception.code(), grpc.StatusCode.NOT_FOUND)

    def test_the_server_drains_when_told_to_end(self):
        self.acme.create()
        watch = scenario.module("watch_service").WatchLicensesRequest(
            parent=scenario.TENANT, bookmark_seconds=1
        )
        stream = self.acme.watch.WatchLicenses(watch, timeout=60)
        next(stream)
        self.assertEqual(self.server.stop(), 0)
        with self.assertRaises(grpc.RpcError) as raised:
            for _ in stream:
                pass
        self.assertEqual(raised.exception.code(), grpc.StatusCode.UNAVAILABLE)
        details = dict(raised.exception.trailing_metadata())["grpc-status-details-bin"]
        self.assertIn(b"NOT_SERVING", details)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as stubs:
        scenario.generate(os.environ["SEATWISE_PROTO_ROOTS"].split(":"), stubs)
        sys.argv[1:] = []
        unittest.main()
