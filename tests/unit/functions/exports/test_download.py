from datetime import timedelta

import pytest
import requests

from docket.runtime.clock import now
from functions.events import export_account
from functions.exports import download as download_export
from functions.exports import request as request_export
from tests.lambda_events import Context
from tests.table_state import open_session


def make_export(queues):
    """Deliver the messages of exports until none is left."""
    while records := queues["exports"].deliver():
        answer = export_account.handler({"Records": records}, Context(seconds=900))
        assert answer == {"batchItemFailures": []}


@pytest.fixture
def identity_provider(jwt_stage):
    """Only accounts in the table have these functions."""


@pytest.fixture
def download(call, session):
    def fetch(number=1, caller=session):
        return call(download_export, "GET", f"me/export/archives/{number}", caller=caller)

    return fetch


@pytest.fixture
def ready(call, session, queues, bucket):
    call(request_export, "POST", "me/export", caller=session)
    make_export(queues)


def test_an_archive_is_downloaded_by_its_address(ready, download):
    url = download().json["url"]
    reply = requests.get(url, timeout=5)

    assert "X-Amz-Expires=600" in url
    assert reply.content.startswith(b"PK")
    assert (
        reply.headers["Content-Disposition"]
        == f'attachment; filename="docket-{now():%Y-%m-%d}.zip"'
    )


def test_another_customer_gets_no_address(ready, session, download):
    eve = session | {"user_id": "eve", "session_id": open_session("eve").session_id}

    assert download(caller=eve).refusal == (404, "export_not_found")


def test_an_expired_archive_is_not_offered(ready, session, download, later):
    later(download_export, days=7, minutes=1)
    recent = session | {"verified_at": (now() + timedelta(days=7)).isoformat()}

    assert download(caller=recent).refusal == (404, "export_not_found")


def test_an_archive_that_does_not_exist_is_not_found(ready, download):
    assert download(2).refusal == (404, "export_not_found")
    assert download(0).status == 404


def test_an_export_that_is_being_made_has_no_archive(call, session, bucket, queues, download):
    call(request_export, "POST", "me/export", caller=session)

    assert download().refusal == (404, "export_not_found")


def test_an_address_needs_a_recent_confirmation(ready, session, download):
    old = session | {"verified_at": (now() - timedelta(minutes=16)).isoformat()}

    assert download(caller=old).refusal == (403, "reauthentication_required")
