"""The scenario of the README, told by a client that has nothing but the protos.

It uses protoc and grpcio as Debian ships them and no line of this repository's own code.
"""

import importlib
import os
import subprocess
import sys

PROTOS = "seatwise/v1"
TENANT = "tenants/acme"


def generate(proto_roots, out):
    """Generates Python stubs of the API into the folder `out` and makes them importable."""
    files = []
    for root in proto_roots:
        for folder, _, names in os.walk(root):
            files += [os.path.join(folder, n) for n in names if n.endswith(".proto")]
    subprocess.run(
        ["protoc", "--plugin=protoc-gen-grpc_python=/usr/bin/grpc_python_plugin"]
        + ["--proto_path=" + root for root in proto_roots]
        + ["--python_out=" + out, "--grpc_python_out=" + out]
        + sorted(files),
        check=True,
    )
    sys.path.insert(0, out)


def module(name):
    """seatwise/v1/NAME.proto as its Python module, or its services as NAME_grpc."""
    stem, grpc, _ = name.partition("_grpc")
    return importlib.import_module("seatwise.v1." + stem + ("_pb2_grpc" if grpc else "_pb2"))


class Acme:
    """A tenant with two users, one group and one seat."""

    def __init__(self, channel):
        self.tenants = module("tenant_service_grpc").TenantServiceStub(channel)
        self.changes = module("change_service_grpc").ChangeServiceStub(channel)
        self.licenses = module("license_service_grpc").LicenseServiceStub(channel)
        self.reports = module("report_service_grpc").ReportServiceStub(channel)
        self.subscriptions = module("subscription_service_grpc").SubscriptionServiceStub(channel)
        self.users = module("user_service_grpc").UserServiceStub(channel)
        self.watch = module("watch_service_grpc").WatchServiceStub(channel)

    def create(self):
        tenant = module("tenant").Tenant(tenant_id="acme")
        tenant.settings.default_usage_location = "US"
        request = module("tenant_service").CreateTenantRequest(tenant=tenant)
        return self.tenants.CreateTenant(request, timeout=30)

    def apply(self, facts, **options):
        """Puts facts, given as keyword arguments of Fact; answers the response."""
        fact = module("fact")
        request = module("change_service").ApplyChangesRequest(parent=TENANT, **options)
        for given in facts:
            request.changes.append(fact.Change(put=fact.Fact(**given)))
        return self.changes.ApplyChanges(request, timeout=30)

    def state_of(self, user, revision=0):
        """SKU -> name of the license's state."""
        request = module("license_service").GetEffectiveLicensesRequest(
            name=TENANT + "/users/" + user, min_revision=revision
        )
        answer = self.licenses.GetEffectiveLicenses(request, timeout=30)
        state = module("license").EffectiveLicense.State
        return {license.sku_id: state.Name(license.state) for license in answer.licenses}

    def seats(self):
        """SKU -> (consumed, waiting)."""
        request = module("report_service").ListSeatUsageRequest(parent=TENANT)
        rows = self.reports.ListSeatUsage(request, timeout=30).rows
        return {r.seats.sku_id: (r.seats.consumed, r.seats.waiting) for r in rows}

    def violations(self):
        """(user, names of the codes) of each rejected item."""
        request = module("report_service").ListViolationsRequest(parent=TENANT)
        rows = self.reports.ListViolations(request, timeout=30).rows
        name = module("license").ViolationCode.Name
        return [(row.user_id, [name(code) for code in row.item.codes]) for row in rows]

    def buy(self, units):
        """Changes the units of the subscription; answers the revision."""
        service = module("subscription_service")
        request = service.UpdateSubscriptionRequest()
        request.subscription.name = TENANT + "/subscriptions/s1"
        request.subscription.units = units
        request.update_mask.paths.append("units")
        return self.subscriptions.UpdateSubscription(request, timeout=30).result.revision

    def delete_user(self, user):
        request = module("user_service").DeleteUserRequest(name=TENANT + "/users/" + user)
        return self.users.DeleteUser(request, timeout=30).result.revision

    def changes_after(self, revision):
        """The first (revision, events) after `revision`: (SKU, before, after, users) of each run."""
        request = module("watch_service").WatchLicensesRequest(parent=TENANT, after_revision=revision)
        state = module("license").EffectiveLicense.State
        runs = []
        stream = self.watch.WatchLicenses(request, timeout=30)
        for event in stream:
            if event.WhichOneof("event") != "changes":
                continue
            for run in event.changes.runs:
                before = state.Name(run.before.state) if run.HasField("before") else None
                after = state.Name(run.after.state) if run.HasField("after") else None
                runs.append((run.sku_id, before, after, list(run.user_ids)))
            if event.changes.complete:
                stream.cancel()
                return event.revision, runs
        raise AssertionError("the stream ended")
