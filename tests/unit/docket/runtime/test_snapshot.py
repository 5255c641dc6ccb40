"""Copies of one snapshot have ids, tokens, waits and credentials of their own."""

import json
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

HANDLER = """
import importlib, json, os, random, secrets, sys, uuid
function = importlib.import_module(sys.argv[1])
import snapshot_restore_py as hooks
from botocore.retries import standard
from docket.runtime.clock import new_id
from docket.table import client

def run(registered):
    for call, args, named in registered:
        call(*args, **named)

run(hooks.get_before_snapshot())
prepared = client.dynamodb.cache_info().currsize
connections = len(client.dynamodb()._endpoint.http_session._manager.pools)
backoff = standard.ExponentialBackoff()
state = random.getstate()

def copy():
    reading, writing = os.pipe()
    if os.fork() == 0:
        random.setstate(state)  # undoes the new seed of fork, because snapshots have none
        if "reset" in sys.argv[2:]:
            run(hooks.get_after_restore())
        values = {
            "id": new_id(),
            "token": secrets.token_hex(),
            "uuid": str(uuid.uuid4()),
            "wait": client.uniform(0, 1),
            "botocore's wait": backoff._random(),
            "credentials": client.dynamodb()._get_credentials().get_frozen_credentials().access_key,
        }
        os.write(writing, json.dumps(values).encode())
        os._exit(0)
    os.wait()
    return json.loads(os.read(reading, 100_000))

print(json.dumps({"prepared": prepared, "connections": connections, "copies": [copy(), copy()]}))
"""


class Credentials(BaseHTTPRequestHandler):
    """Lambda's endpoint of credentials: new ones for each call, which soon expire."""

    count = 0

    def do_GET(self):
        type(self).count += 1
        body = json.dumps(
            {
                "AccessKeyId": f"test-{self.count}",
                "SecretAccessKey": "test",
                "Token": "test",
                "Expiration": (datetime.now(UTC) + timedelta(minutes=5)).isoformat(),
            }
        ).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Print nothing."""


@pytest.fixture
def credentials_url():
    server = HTTPServer(("127.0.0.1", 0), Credentials)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def copies(credentials_url):
    """Copy a function's process twice after its imports, as SnapStart does."""

    def copies_of(module, *options):
        ended = subprocess.run(  # noqa: S603 - this file's program
            [sys.executable, "-c", HANDLER, module, *options],
            env={
                "PYTHONPATH": ".:layers/core/python:layers/analysis/python",
                "AWS_DEFAULT_REGION": "eu-central-1",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": credentials_url,
                "POWERTOOLS_SERVICE_NAME": "docket",
                "POWERTOOLS_METRICS_NAMESPACE": "Docket",
            },
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(ended.stdout)

    return copies_of


@pytest.mark.parametrize("module", ["functions.orders.create", "functions.auth.authorize"])
def test_copies_of_a_snapshot_differ_in_everything_random(copies, module):
    first, second = copies(module, "reset")["copies"]

    assert {name for name in first if first[name] == second[name]} == set()


def test_the_state_of_random_would_be_the_same_in_copies_without_a_new_seed(copies):
    """The copies of this test are true copies: without the hook the waits are the same."""
    first, second = copies("functions.orders.create")["copies"]

    assert {name for name in first if first[name] == second[name]} == {"wait", "botocore's wait"}


def test_clients_are_in_the_snapshot_without_connections(copies):
    snapshot = copies("functions.orders.create", "reset")

    assert snapshot["prepared"] == 1
    assert snapshot["connections"] == 0
