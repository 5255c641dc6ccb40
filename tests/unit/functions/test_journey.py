"""The journey of `make demo` in process, where the AWS calls of its handlers are recorded."""

import json
import threading
from contextlib import contextmanager

import pytest
from werkzeug.serving import make_server
from werkzeug.test import Client

from docket.gateways import s3
from docket.gateways.object_keys import UPLOADS
from local.demo import journey
from local.stack import Endpoints
from tests import grants, http_api
from tests.fakes import signed


class Stage:
    """The HTTP API; before each request, the messages of S3 and Stripe are delivered."""

    def __init__(self, bucket, deliveries, stripe):
        self._bucket, self._deliveries, self._stripe = bucket, deliveries, stripe
        self._delivered = set()

    def __call__(self, environ, start_response):
        for version in self._uploads() - self._delivered:
            self._delivered.add(version)
            self._deliveries.run(s3.upload_of(*version))
        for event in self._events():
            if event.id not in self._delivered:
                self._delivered.add(event.id)
                self._deliver_event(json.dumps(event.to_dict()))
        return http_api.application(environ, start_response)

    def _uploads(self):
        listing = s3._s3().list_object_versions(Bucket=self._bucket.name, Prefix=UPLOADS)
        return {(item["Key"], item["VersionId"]) for item in listing.get("Versions", [])}

    def _events(self):
        events = self._stripe.sdk.v1.events.list({"limit": 100}).data
        return [event for event in events if event.type == "payment_intent.succeeded"]

    def _deliver_event(self, body):
        path = "/api/v1/payments/webhook"
        response = Client(http_api.application).post(
            path, data=body, headers=signed(body), content_type="application/json"
        )
        assert response.status_code == 200


@contextmanager
def served(application):
    """The base URL of a server of the application."""
    server = make_server("127.0.0.1", 0, application)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def endpoints_of(base, double, identity_provider):
    """The endpoints that the journey uses."""
    unused = dict.fromkeys(("api", "docs", "mail", "emulator", "table", "documents"), "")
    return Endpoints(
        site="https://docket.test",
        base=base,
        host="docket.test",
        stripe=double.url,
        stripe_publishable_key=double.publishable_key,
        identity_provider=identity_provider,
        queues={},
        dead_letters={},
        pid=0,
        started_ticks=0,
        supervisors=(),
        **unused,
    )


@pytest.mark.stripe_server
@pytest.mark.usefixtures("identity_provider")
def test_the_demonstration_completes_its_order(service, bucket, deliveries, stripe):
    with served(Stage(bucket, deliveries, stripe)) as base:
        summary = journey(endpoints_of(base, stripe.double, grants.identity()), print)

    assert summary["status"] == "completed"
    assert (summary["documents"], summary["pages"]) == (3, 4)
