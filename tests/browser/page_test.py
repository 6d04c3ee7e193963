#!/usr/bin/python3 -B
"""The page of `seatwise report html` as a file, and as `seatwise ui` serves it."""

import csv
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import unittest

SEATWISE = os.environ["SEATWISE"]
CONTOSO = os.environ["SEATWISE_CONTOSO"]
MARKUP = "</script><img src=x onerror=alert(1)>&amp;"
FABRIC = "a403ebcc-fae0-4ca2-8c8c-7a907fd6c235"  # All staff have it.
SECONDS = 60


class Tenant:
    """Contoso in a database of its own; one user's name is markup."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory()
        self.env = {
            "PATH": "/usr/bin:/bin",
            "SEATWISE_DB": os.path.join(self._folder.name, "db"),
            "SEATWISE_TENANT": "contoso",
        }
        self.run("import", CONTOSO, "--create")
        self.run("user", "update", "derek.owens", "--name", MARKUP)

    def path(self, name):
        return os.path.join(self._folder.name, name)

    def start(self, *arguments, **more):
        return subprocess.Popen(
            [SEATWISE, *arguments], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
        )

    def run(self, *arguments, code=0):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=SECONDS)
        assert process.returncode == code, (arguments, process.returncode, err)
        return out if code == 0 else err

    def close(self):
        self._folder.cleanup()


def data_of(page):
    """The JSON in a page."""
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1))


def cents(amount):
    """Of "4,381.50" as of "4381.5"."""
    return round(100 * float(str(amount).replace(",", "")))


class ReportTest(unittest.TestCase):
    def setUp(self):
        self.tenant = Tenant()
        self.addCleanup(self.tenant.close)

    def page(self, *flags):
        path = self.tenant.path("page.html")
        self.tenant.run("report", "html", path, *flags)
        with open(path, encoding="utf-8", newline="") as f:
            return f.read()

    def test_the_page_says_what_the_other_verbs_say(self):
        data = data_of(self.page())
        seats = json.loads(self.tenant.run("seats", "-o", "json"))
        self.assertEqual(
            {(row["id"], row["usable"], row["consumed"], row.get("waiting", 0), row.get("overrun", 0)) for row in data["seats"]},
            {(row["sku_id"], row["usable"], row["consumed"], row["waiting"], row["overrun"]) for row in seats},
        )
        causes = json.loads(self.tenant.run("violations", "--fixes", "-o", "json"))
        self.assertEqual(
            [(row["code"], row["users"], row["what"], row.get("commands")) for row in data["causes"]],
            [
                (row["violation"], row["users"], row["cause"], row["commands"])
                for row in sorted(causes, key=lambda row: -row["users"])
            ],
        )
        status = json.loads(self.tenant.run("status", "-o", "json"))
        self.assertEqual(data["tenant"]["users_with_errors"], status["users_with_errors"])
        self.assertEqual(len(data["users"]), status["users_with_errors"])
        rejected = json.loads(self.tenant.run("violations", "--by", "user", "-o", "json"))
        self.assertEqual({user["id"] for user in data["users"]}, {row["user_id"] for row in rejected})
        said = {
            (user["id"], license["sku_id"], code)
            for user in data["users"] for license in user["licenses"]
            for source in license["sources"] for code in source.get("codes", [])
        }
        self.assertEqual(said, {(row["user_id"], row["sku_id"], code) for row in rejected for code in row["violations"]})

    def test_the_page_says_what_the_reports_say(self):
        self.tenant.run("assign", FABRIC, "--user", "adrien.roche")
        data = data_of(self.page())

        def report(name, *flags):
            return json.loads(self.tenant.run("report", name, *flags, "-o", "json"))

        self.assertEqual(
            [(row["sku_id"], row["seats"], row.get("unused", 0), cents(row["cost"]), cents(row["unused_cost"]), row.get("currency", ""))
             for row in data["costs"]],
            [(row["sku_id"], row["seats"], row["unused_seats"], cents(row["cost"]), cents(row["unused_cost"]), row["currency"])
             for row in report("costs")],
        )
        self.assertEqual(
            {(row.get("group_id"), row["seats"], row.get("sole", 0), cents(row["cost"]), cents(row["sole_cost"])) for row in data["group_costs"]},
            {(row["group_id"], row["seats"], row["sole_seats"], cents(row["cost"]), cents(row["sole_cost"])) for row in report("costs", "--by", "group")},
        )
        self.assertEqual(data["cost_totals"], ["7,548.10 EUR, of which 332.62 EUR unused"])
        self.assertEqual(
            [(row["sku_id"], row.get("capacity", "unlimited"), row["consumed"], row.get("joined", 0), row["per_week"], bool(row.get("runs_out_at")))
             for row in data["forecasts"]],
            [(row["sku_id"], row["capacity"], row["consumed"], row["joined"], row["net_per_week"], bool(row["runs_out_at"]))
             for row in report("forecast")],
        )
        self.assertEqual(
            [(row["id"], row["renews_at"], row.get("losing", 0)) for row in data["renewals"]],
            [(row["subscription_id"], row["renews_at"], row["losing_users"]) for row in report("renewals")],
        )
        self.assertEqual(
            [(row["id"], row["sku_id"], row["groups"], row.get("plans", 0)) for row in data["double_assignments"]],
            [(row["user_id"], row["sku_id"], row["groups"], len(row["added_plan_ids"])) for row in report("double-assignments")],
        )
        self.assertEqual([(row["id"], row["sku_id"]) for row in data["redundant_assignments"]], [("adrien.roche", FABRIC)])
        self.assertEqual(
            [(row["id"], row["sku_id"]) for row in data["redundant_assignments"]],
            [(row["principal_id"], row["sku_id"]) for row in report("redundant-assignments")],
        )
        self.assertEqual(
            [(row["sku_id"], row["within_id"], row["users"], [user["id"] for user in row["sample"]]) for row in data["overlaps"]],
            [(row["sku_id"], row["within_sku_id"], row["users"], row["sample_user_ids"]) for row in report("overlapping-skus")],
        )
        self.assertEqual(
            [(row["id"], row["kind"], row["sku_id"], bool(row.get("direct"))) for row in data["blocked"]],
            [(row["user_id"], row["kind"], row["sku_id"], row["direct"]) for row in report("blocked-and-guests")],
        )
        self.assertTrue(data["blocked"])
        for name in ("costs", "group_costs", "forecasts", "renewals", "double_assignments", "redundant_assignments", "overlaps", "blocked"):
            self.assertEqual(data["more_" + name], 0)
            self.assertNotIn("open_" + name, data)

    def test_without_trials_the_page_says_that_nothing_was_looked_for(self):
        data = data_of(self.page("--no-fixes"))
        self.assertEqual(data["redundant_assignments"], [])
        self.assertTrue(data["open_redundant_assignments"])
        self.assertEqual(len(data["overlaps"]), 1)

    def test_a_name_with_markup_stays_text(self):
        page = self.page("--no-fixes")
        self.assertNotIn("<img", page)
        names = {user["id"]: user.get("name") for user in data_of(page)["users"]}
        self.assertEqual(names["derek.owens"], MARKUP)

    def test_very_long_names_make_no_very_large_page(self):
        folder = self.tenant.path("long")
        shutil.copytree(CONTOSO, folder)
        with open(os.path.join(folder, "users.csv"), encoding="utf-8", newline="") as f:
            rows = list(csv.reader(f))
        column = rows[0].index("display_name")
        for row in rows[1:]:
            row[column] += "<&> " * 5000
        os.remove(os.path.join(folder, "users.csv"))
        with open(os.path.join(folder, "users.csv"), "w", encoding="utf-8", newline="") as f:
            csv.writer(f).writerows(rows)
        self.tenant.run("import", folder, "--create", "--tenant", "long")
        page = self.page("--tenant", "long")
        self.assertLess(len(page.encode()), 5_000_000)
        data = data_of(page)
        self.assertTrue(data["cut"])
        self.assertGreater(len(data["users"]), 0)
        self.assertEqual(len(data["users"]) + data["more_users"], data["tenant"]["users_with_errors"])
        self.assertEqual(len(data["costs"]), 11, "a part that takes little is cut")
        self.assertFalse(data_of(self.page())["cut"])

    def test_what_cannot_be_written_is_said(self):
        path = self.tenant.path("none/page.html")
        self.assertIn(path, self.tenant.run("report", "html", path, code=1))
        self.assertIn("-o", self.tenant.run("report", "html", path, "-o", "csv", code=2))
        self.tenant.run("report", "html", path, "--tenant", "nobody", code=3)


class UiTest(unittest.TestCase):
    def setUp(self):
        self.tenant = Tenant()
        self.addCleanup(self.tenant.close)
        self.process = self.tenant.start("ui", "--no-fixes")
        self.addCleanup(self.stop)
        address = self.process.stdout.readline()
        match = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/\?token=[0-9a-f]{64})\n", address)
        self.assertTrue(match, address)
        self.port, self.opening = int(match.group(1)), match.group(2)

    def stop(self, by=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(by)
        _, err = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, err

    def ask(self, path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        self.addCleanup(connection.close)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read().decode()

    def cookie(self):
        answer, _ = self.ask(self.opening)
        self.assertEqual(answer.status, 200)
        cookie = answer.getheader("Set-Cookie")
        self.assertIn("; HttpOnly; SameSite=Strict; Path=/", cookie)
        return cookie.split(";")[0]

    def test_the_page_is_for_who_has_the_address_and_nobody_else(self):
        self.assertEqual(self.ask("/")[0].status, 403)
        self.assertEqual(self.ask(self.opening, Host="evil.example:%d" % self.port)[0].status, 403)
        cookie = self.cookie()
        self.assertEqual(self.ask(self.opening)[0].status, 403)
        answer, page = self.ask("/", Cookie=cookie)
        self.assertEqual(answer.status, 200)
        self.assertEqual(len(data_of(page)["seats"]), 12)
        self.assertEqual(self.ask("/", Cookie=cookie, Host="evil.example")[0].status, 403)
        self.assertEqual(self.ask("/", Cookie=cookie + "0")[0].status, 403)
        for name, value in {
            "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
        }.items():
            self.assertEqual(answer.getheader(name), value)
        self.assertIn("default-src 'none'", answer.getheader("Content-Security-Policy"))
        for method in ("POST", "PUT", "DELETE"):
            self.assertGreaterEqual(self.ask("/", method, Cookie=cookie)[0].status, 400)

    def test_it_is_live_and_explains_any_user(self):
        cookie = self.cookie()
        self.assertEqual(self.ask("/revision", Cookie=cookie)[1].strip(), "3")
        text = self.ask("/explain?user=priya.raman", Cookie=cookie)[1]
        self.assertIn("MCOPSTN1 is prohibited in IN", text)
        self.assertIn("Sales › Sales APAC", text)
        self.assertEqual(self.ask("/explain?user=nobody", Cookie=cookie)[0].status, 404)

    def test_ctrl_c_and_a_polite_end_stop_it_cleanly(self):
        code, err = self.stop()
        self.assertEqual(code, 0, err)
        again = self.tenant.start("ui", "--port", str(self.port))
        self.addCleanup(again.wait)
        self.assertIn(":%d/" % self.port, again.stdout.readline())
        again.send_signal(signal.SIGTERM)
        again.communicate(timeout=SECONDS)
        self.assertEqual(again.returncode, 0)


if __name__ == "__main__":
    unittest.main()
